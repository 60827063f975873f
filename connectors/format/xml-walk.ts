import { SaxesParser } from 'saxes'
import { RefusedFile, refuse } from './refusal.ts'

/** An element of a document and where it stands in its text: enough to change it and leave the rest byte for byte. */
export type XmlElement = {
  /** Without its prefix. */
  readonly name: string
  /** The prefix with its colon; empty where there is none. */
  readonly prefix: string
  /** The names from the root to this element: 'worksheet/sheetData/row'. */
  readonly path: string
  readonly attributes: Readonly<Record<string, string>>
  /** Where its opening tag begins and ends; `empty` where that tag is all there is of it. */
  readonly start: number
  readonly inside: number
  readonly empty: boolean
}

/** The same element once it is closed: where its closing tag begins, and where it ends. */
export type ClosedElement = XmlElement & { readonly insideEnd: number; readonly end: number }

/** The deepest nesting and the most elements of a part that is changed in place. */
const limits = { depth: 40, elements: 3_000_000 } as const

const unreadable = () => new RefusedFile(refuse('FILE_NOT_MARKED'))

/** Walks a document's elements in their order. Refuses what is malformed, nested too deep or brings a DOCTYPE. */
export const walkXml = (
  text: string,
  opened: (element: XmlElement) => void,
  closed: (element: ClosedElement) => void = () => undefined,
): void => {
  const parser = new SaxesParser({ xmlns: false })
  const open: XmlElement[] = []
  let count = 0
  parser.on('error', () => {
    throw unreadable()
  })
  parser.on('doctype', () => {
    throw unreadable()
  })
  parser.on('opentag', ({ name: whole, attributes, isSelfClosing }) => {
    count += 1
    if (open.length >= limits.depth || count > limits.elements) throw unreadable()
    const colon = whole.indexOf(':')
    const name = whole.slice(colon + 1)
    const above = open.at(-1)
    const element: XmlElement = {
      name,
      prefix: whole.slice(0, colon + 1),
      path: above ? `${above.path}/${name}` : name,
      attributes,
      // No attribute of a well-formed document holds '<'.
      start: text.lastIndexOf('<', parser.position - 1),
      inside: parser.position,
      empty: isSelfClosing,
    }
    open.push(element)
    opened(element)
  })
  parser.on('closetag', () => {
    const element = open.pop()
    if (!element) throw unreadable()
    const end = parser.position
    closed({ ...element, end, insideEnd: element.empty ? end : text.lastIndexOf('<', end - 1) })
  })
  parser.write(text).close()
}

/** Every element at some paths, closed, in the order in which they begin. */
export const elementsAt = (text: string, paths: readonly string[]): readonly ClosedElement[] => {
  const wanted = new Set(paths)
  const found: ClosedElement[] = []
  walkXml(
    text,
    () => undefined,
    (element) => {
      if (wanted.has(element.path)) found.push(element)
    },
  )
  return found.sort((one, other) => one.start - other.start)
}

/** One change of a text: what stands from `from` to `to` becomes `text`. */
export type Splice = { readonly from: number; readonly to: number; readonly text: string }

/** A text with changes that do not overlap; what is put in at one place keeps its order and stands before what changes there. */
export const spliced = (text: string, splices: readonly Splice[]): string => {
  const pieces: string[] = []
  let at = 0
  for (const splice of splices.toSorted((one, other) => one.from - other.from || one.to - other.to)) {
    pieces.push(text.slice(at, splice.from), splice.text)
    at = splice.to
  }
  return [...pieces, text.slice(at)].join('')
}

/** An element's opening tag with some attributes set, and every other one as it was. */
export const tagWith = (text: string, element: XmlElement, set: Readonly<Record<string, string>>): string => {
  const tag = text.slice(element.start, element.inside)
  const left = new Map(Object.entries(set))
  const changed = tag.replace(/(\s)([^\s=<>"']+)(\s*=\s*)("[^"]*"|'[^']*')/g, (whole, space, name: string) => {
    const value = left.get(name)
    if (value === undefined) return whole
    left.delete(name)
    return `${space}${name}="${escapeXml(value)}"`
  })
  const more = [...left].map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join('')
  return changed.replace(/\s*\/?>$/, (end) => `${more}${end}`)
}

/** The change that puts text at the end of an element's inside; one that was empty is opened for it. */
export const appended = (text: string, element: ClosedElement, more: string): Splice =>
  element.empty
    ? {
        from: element.start,
        to: element.end,
        text: `${text.slice(element.start, element.inside).replace(/\s*\/>$/, '>')}${more}</${element.prefix}${element.name}>`,
      }
    : { from: element.insideEnd, to: element.insideEnd, text: more }

/** Text as it stands in XML, in an attribute too; what no XML may hold is left out. */
export const escapeXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/g, '')
    .replace(/(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
