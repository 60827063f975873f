import { zipSync } from 'fflate'
import { type Refusal, RefusedFile, refuse, refusing } from './refusal.ts'
import { whyNoWorkbook, xlsxLimits } from './xlsx.ts'
import { appended, type ClosedElement, elementsAt, escapeXml, spliced } from './xml-walk.ts'
import { readZip } from './zip.ts'

/**
 * A workbook taken apart to be changed in place: every part by its name, of which only what is set anew differs when it
 * is packed again. A library that reads a workbook and writes it back loses what it does not know.
 */
export type WorkbookParts = {
  readonly has: (name: string) => boolean
  /** A part's text; refuses a part that is not there or not UTF-8. */
  readonly text: (name: string) => string
  readonly set: (name: string, text: string) => void
  /** A name that no part has yet, such as 'xl/comments2.xml'. */
  readonly free: (before: string, after: string) => string
  readonly pack: () => Uint8Array
}

const unmarkable = () => new RefusedFile(refuse('FILE_NOT_MARKED'))

/** Takes a workbook apart, changes it, and packs it again; gives the one plain reason where that cannot be done. */
export const changedWorkbook = (bytes: Uint8Array, change: (parts: WorkbookParts) => void): Uint8Array | Refusal => {
  const why = whyNoWorkbook(bytes)
  if (why) return why
  const opened = readZip(bytes, () => true, xlsxLimits.zip)
  if (opened.outcome === 'refused') return opened
  return refusing(() => {
    const parts = openParts(opened.parts)
    change(parts)
    return parts.pack()
  }, refuse('FILE_NOT_MARKED'))
}

const openParts = (opened: ReadonlyMap<string, Uint8Array>): WorkbookParts => {
  const parts = new Map(opened)
  const names = new Map([...parts.keys()].map((name) => [name.toLowerCase(), name]))
  const nameOf = (name: string) => names.get(name.toLowerCase()) ?? name
  return {
    has: (name) => names.has(name.toLowerCase()),
    text: (name) => {
      const part = parts.get(nameOf(name))
      if (!part) throw unmarkable()
      return new TextDecoder('utf-8', { fatal: true }).decode(part)
    },
    set: (name, text) => {
      parts.set(nameOf(name), new TextEncoder().encode(text))
      names.set(name.toLowerCase(), nameOf(name))
    },
    free: (before, after) => {
      let number = 1
      while (names.has(`${before}${number}${after}`.toLowerCase())) number += 1
      return `${before}${number}${after}`
    },
    // A fixed day: the same file and findings give the same bytes.
    pack: () => zipSync(Object.fromEntries(parts), { level: 6, mtime: new Date(2000, 0, 1) }),
  }
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const relationshipsSpace = 'http://schemas.openxmlformats.org/package/2006/relationships'

/** The part that says what another part is related to. */
const relationsOf = (part: string) => part.replace(/([^/]+)$/, '_rels/$1.rels')

/** The part that a relation's target names, seen from the part that names it. */
const resolved = (part: string, target: string): string => {
  if (target.startsWith('/')) return target.slice(1)
  const folders = part.split('/').slice(0, -1)
  for (const step of target.split('/')) {
    if (step === '..') folders.pop()
    else if (step !== '.') folders.push(step)
  }
  return folders.join('/')
}

/** What a part is related to: by id, with the last word of the relation's kind. */
export const relations = (parts: WorkbookParts, part: string) => {
  const name = relationsOf(part)
  if (!parts.has(name)) return []
  return elementsAt(parts.text(name), ['Relationships/Relationship']).map(({ attributes }) => ({
    id: attributes['Id'] ?? '',
    kind: (attributes['Type'] ?? '').replace(/^.*\//, ''),
    target: attributes['TargetMode'] === 'External' ? '' : resolved(part, attributes['Target'] ?? ''),
  }))
}

/** Relates a part to another and gives the relation's id. */
export const relate = (parts: WorkbookParts, part: string, kind: string, target: string): string => {
  const taken = new Set(relations(parts, part).map(({ id }) => id))
  let number = 1
  while (taken.has(`vsx${number}`)) number += 1
  const id = `vsx${number}`
  const name = relationsOf(part)
  const text = parts.has(name) ? parts.text(name) : `${declaration}<Relationships xmlns="${relationshipsSpace}"/>`
  const root = only(text, 'Relationships')
  const type = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}`
  const relation = `<${root.prefix}Relationship Id="${id}" Type="${type}" Target="/${escapeXml(target)}"/>`
  parts.set(name, spliced(text, [appended(text, root, relation)]))
  return id
}

/** The one element at a path; a part without it is not changed. */
export const only = (text: string, path: string): ClosedElement => {
  const [found] = elementsAt(text, [path])
  if (!found) throw unmarkable()
  return found
}

/** Adds a part of a content type to the workbook, or puts another text in its place. */
export const addPart = (parts: WorkbookParts, name: string, type: string, text: string): void => {
  parts.set(name, text)
  const types = '[Content_Types].xml'
  const list = parts.text(types)
  const root = only(list, 'Types')
  parts.set(
    types,
    spliced(list, [
      appended(list, root, `<${root.prefix}Override PartName="/${escapeXml(name)}" ContentType="${type}"/>`),
    ]),
  )
}
