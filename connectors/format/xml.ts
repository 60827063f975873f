import { SaxesParser } from 'saxes'
import { type Refusal, RefusedFile, refuse } from './refusal.ts'
import { xmlText } from './xml-text.ts'

/** Where an element begins. */
export type XmlPlace = { readonly line: number; readonly column: number }

/**
 * What its reader takes of an element: the elements in it ('group'; a 'unit' is a group that is counted by itself, such
 * as one pupil), its text ('text'), or nothing: with all that is in it, it is blanked in the copy that is kept.
 */
export type XmlVerdict = 'unit' | 'group' | 'text' | 'nothing' | Refusal

/** What a connector does with the elements of a file; nothing is called for what stands inside an element not read. */
export type XmlReader = {
  readonly open: (name: string, place: XmlPlace) => XmlVerdict
  readonly attribute: (name: string) => void
  /** Text between elements, where only spaces belong. */
  readonly strayText: (place: XmlPlace) => void
  /** An element that is read has ended; `text` is empty where it holds elements. */
  readonly close: (text: string) => Refusal | undefined
}

/** The most a document may hold: what is counted counts within one unit, not over the file. */
export type XmlLimits = {
  readonly depth: number
  readonly attributes: number
  readonly unitNodes: number
  readonly unitCharacters: number
  /** The longest run of text, comment or attribute. */
  readonly run: number
}

/** A part of the copy that may be kept: of one unit, by its number in the document, or with 0 of what stands around units. */
export type KeptPart = { readonly unit: number; readonly bytes: Uint8Array }

/** A document being read. */
export type XmlStream = {
  /**
   * Reads the next bytes, and gives the copy of them that may be kept, in UTF-8 and in order: it may lag behind by one
   * element, and a unit that has not ended is given part by part.
   */
  readonly push: (bytes: Uint8Array) => readonly KeptPart[] | Refusal
  readonly end: () => readonly KeptPart[] | Refusal
}

const namesRefused: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** The five entities every document has; nothing else may be named, and nothing is inherited. */
const entities: Record<string, string> = Object.assign(Object.create(null), {
  amp: '&',
  gt: '>',
  lt: '<',
  quot: '"',
  apos: "'",
})

/** As much of a document as is parsed in one step: limits are looked at between steps. */
const stepBytes = 65_536

/**
 * Reads XML as a stream, well-formed and without a document type: everything is text, and memory does not grow with the
 * file. Any document type or entity of its own is refused before the parser sees it.
 */
export const readXml = (reader: XmlReader, limits: XmlLimits): XmlStream => {
  const parser = new SaxesParser()
  parser.ENTITIES = entities
  const text = xmlText()
  const copy = keptCopy()
  const modes: ('group' | 'text')[] = []
  let depth = 0
  let notReadFrom = 0
  let collected = ''
  let nameEnd = 0
  let attributes = 0
  let lastEnd = 0
  let unitNodes = 0
  let unitStart = 0
  let unitDepth = 0
  let units = 0
  let seen = 0
  let tail = ''

  const place = (): XmlPlace => ({ line: parser.line, column: parser.column })
  const stop = (code: string, parameters: Readonly<Record<string, string | number>> = {}): never => {
    const at = place()
    throw new RefusedFile(refuse(code, { ...parameters, ...at }, { line: at.line }))
  }
  const ended = () => {
    lastEnd = parser.position
  }

  parser.on('error', ({ message }) => stop(/declaration/i.test(message) ? 'XML_DECLARATION' : reasonOf(message)))
  parser.on('doctype', () => stop('XML_DOCTYPE'))
  parser.on('xmldecl', () => {
    copy.blank(parser.position)
    ended()
  })
  parser.on('opentagstart', ({ name }) => {
    const { position } = parser
    depth += 1
    unitNodes += 1
    attributes = 0
    nameEnd = position - 1
    if (depth > limits.depth) stop('XML_TOO_DEEP', { limit: limits.depth })
    if (namesRefused.has(name)) stop('XML_NAME')
    if (unitNodes > limits.unitNodes) stop('XML_TOO_MANY_NODES', { limit: limits.unitNodes })
    if (notReadFrom > 0) return
    const verdict = reader.open(name, place())
    if (typeof verdict === 'object') throw new RefusedFile(verdict)
    if (verdict === 'nothing') {
      copy.keep(nameEnd - name.length - 1)
      notReadFrom = depth
      return
    }
    if (verdict === 'unit') {
      unitNodes = 0
      unitStart = position
      unitDepth = depth
      units += 1
      copy.keep(nameEnd - name.length - 1)
      copy.cut(units)
    }
    if (verdict === 'text') collected = ''
    modes.push(verdict === 'text' ? 'text' : 'group')
  })
  parser.on('attribute', ({ name }) => {
    attributes += 1
    if (attributes > limits.attributes) stop('XML_TOO_MANY_ATTRIBUTES', { limit: limits.attributes })
    if (namesRefused.has(name)) stop('XML_NAME')
    if (notReadFrom === 0) reader.attribute(name)
  })
  parser.on('opentag', ({ isSelfClosing }) => {
    if (notReadFrom === 0 && attributes > 0) {
      copy.keep(nameEnd)
      copy.blank(parser.position - (isSelfClosing ? 2 : 1))
    }
    ended()
  })
  const characters = (value: string, tail: number) => {
    if (notReadFrom > 0 || modes.length === 0) return
    if (modes[modes.length - 1] === 'text') {
      collected += value
      return
    }
    if (!/\S/.test(value)) return
    reader.strayText(place())
    copy.keep(lastEnd)
    copy.blank(parser.position - tail)
  }
  // Text is told when the '<' that ends it has been read; a CDATA section when its own end has.
  parser.on('text', (value) => characters(value, 1))
  parser.on('cdata', (value) => {
    characters(value, 0)
    if (notReadFrom === 0) copy.keep(parser.position)
    ended()
  })
  const remark = (opening: string, left: number) => () => {
    if (notReadFrom === 0) copy.blankFrom(opening, parser.position + left)
    lastEnd = parser.position + left
  }
  // A comment is told before the '>' that closes it has been read.
  parser.on('comment', remark('<!--', 1))
  parser.on('processinginstruction', remark('<?', 0))
  parser.on('closetag', () => {
    if (notReadFrom === 0) {
      const mode = modes.pop()
      const refusal = reader.close(mode === 'text' ? collected : '')
      if (refusal) throw new RefusedFile(refusal)
      collected = ''
      if (depth === unitDepth) {
        copy.keep(parser.position)
        copy.cut(0)
        unitDepth = 0
      }
    } else if (notReadFrom === depth) {
      copy.blank(parser.position)
      notReadFrom = 0
    }
    depth -= 1
    ended()
  })

  makeFast(parser)

  const take = (raw: string) => {
    // A document type is refused before the parser reads it; it may begin where the last step ended.
    if (/<!(?:doctype|entity)/i.test(tail + raw)) stop('XML_DOCTYPE')
    tail = raw.slice(-8)
    seen += raw.length
    copy.add(raw)
    parser.write(raw)
    if (seen - lastEnd > limits.run) stop('XML_RUN_TOO_LONG', { limit: limits.run })
    if (seen - unitStart > limits.unitCharacters) stop('XML_UNIT_TOO_LARGE', { limit: limits.unitCharacters })
    if (notReadFrom > 0) copy.blankAll()
    else copy.keep(lastEnd)
  }
  const guarded = (run: () => void): readonly KeptPart[] | Refusal => {
    try {
      run()
      return copy.give()
    } catch (thrown) {
      if (thrown instanceof RefusedFile) return thrown.refusal
      throw thrown
    }
  }
  return {
    push: (bytes) =>
      guarded(() => {
        for (let at = 0; at < bytes.length; at += stepBytes) take(text.decode(bytes.subarray(at, at + stepBytes)))
      }),
    end: () =>
      guarded(() => {
        take(text.end())
        parser.close()
        copy.keep(lastEnd)
        copy.blankAll()
      }),
  }
}

/**
 * Each handler is a property added under a computed name, and past seven of them V8 keeps the parser as a dictionary:
 * every look at a character is then four times as dear. It makes an object fast again that becomes a prototype.
 */
const makeFast = (parser: object): void => void Object.create(parser)

const encoder = new TextEncoder()

const reasonOf = (message: string): string => (/entity/i.test(message) ? 'XML_ENTITY' : 'XML_NOT_WELL_FORMED')

/**
 * The copy of a document that may be kept, by position in its text: what has been looked at is kept or blanked, in
 * order; what has not been looked at waits.
 */
const keptCopy = () => {
  let waiting = ''
  let base = 0
  let made = ''
  let unit = 0
  let parts: KeptPart[] = []
  /** Characters that have been settled before they came. */
  let owed = 0
  const move = (to: number, as: (raw: string) => string) => {
    if (to <= base) return
    const length = to - base
    owed = Math.max(0, length - waiting.length)
    made += as(waiting.slice(0, length)) + ' '.repeat(owed)
    waiting = waiting.slice(length)
    base = to
  }
  const same = (raw: string) => raw
  const settle = () => {
    if (made !== '') parts.push({ unit, bytes: encoder.encode(made) })
    made = ''
  }
  return {
    add: (raw: string) => {
      waiting += raw.slice(owed)
      owed -= Math.min(owed, raw.length)
    },
    keep: (to: number) => move(to, same),
    blank: (to: number) => move(to, blanked),
    blankAll: () => move(base + waiting.length, blanked),
    /** Blanks from where `opening` first stands in what waits: what stands before it is kept. */
    blankFrom: (opening: string, to: number) => {
      const at = waiting.indexOf(opening)
      if (at >= 0) move(base + at, same)
      move(to, blanked)
    },
    /** What follows belongs to a unit, by its number, or with 0 to none. */
    cut: (next: number) => {
      settle()
      unit = next
    },
    give: (): readonly KeptPart[] => {
      settle()
      const given = parts
      parts = []
      return given
    },
  }
}

/** One space for each character, so that lines and columns stay where they were. */
const blanked = (raw: string): string =>
  raw.replace(/[^\r\n]+/g, (run) => ' '.repeat(run.length - (run.match(/[\ud800-\udbff]/g)?.length ?? 0)))
