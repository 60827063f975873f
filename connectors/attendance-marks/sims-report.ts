import { hasTextAt, indexOfText } from '../format/bytes.ts'
import { type Refusal, RefusedFile, refuse } from '../format/refusal.ts'
import { readXml } from '../format/xml.ts'
import type { MarksLine } from './rows.ts'

const root = 'SuperStarReport'

/** The most a report may hold: it is read whole. */
const limits = { depth: 4, attributes: 20, unitNodes: 200, unitCharacters: 20_000, run: 5_000 } as const
const mostRecords = 400_000

/** Whether the bytes begin a report of SIMS: <SuperStarReport>, with one <Record> a line. */
export const isSimsReport = (bytes: Uint8Array): boolean => {
  const at = indexOfText(bytes.subarray(0, 2000), `<${root}`)
  return at >= 0 && !hasTextAt(bytes, 'PK', 0)
}

/** A column's heading out of an element's name: a space is written _x0020_ there. */
const headingOf = (name: string): string =>
  name.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** Reads a report as lines: the headings it uses first, then a line for each record, with the line it begins at. */
export const readSimsReport = (
  bytes: Uint8Array,
): { readonly outcome: 'read'; readonly lines: readonly MarksLine[] } | Refusal => {
  const headings: string[] = []
  const records: { readonly line: number; readonly cells: string[] }[] = []
  const path: string[] = []
  const reader = readXml(
    {
      open: (name, place) => {
        path.push(name)
        if (path.length === 1) return name === root ? 'group' : refuse('FILE_NOT_RECOGNISED', { kind: 'xml' })
        if (path.length === 2) {
          if (name !== 'Record') {
            path.pop()
            return 'nothing'
          }
          if (records.length >= mostRecords) return refuse('FILE_TOO_MANY_ROWS', { limit: mostRecords })
          records.push({ line: place.line, cells: [] })
          return 'unit'
        }
        return 'text'
      },
      attribute: () => undefined,
      strayText: () => undefined,
      close: (text) => {
        const name = path.pop() ?? ''
        const record = records.at(-1)
        if (path.length === 2 && record) {
          const heading = headingOf(name)
          const known = headings.indexOf(heading)
          record.cells[known < 0 ? headings.push(heading) - 1 : known] = text.trim()
        }
        return undefined
      },
    },
    limits,
  )
  try {
    for (const part of [reader.push(bytes), reader.end()])
      if ('outcome' in part && part.outcome === 'refused') return part
  } catch (thrown) {
    if (thrown instanceof RefusedFile) return thrown.refusal
    throw thrown
  }
  const lines = records.map(({ line, cells }) => ({
    line,
    cells: Array.from({ length: headings.length }, (_, at) => cells[at] ?? ''),
  }))
  return { outcome: 'read', lines: [{ line: 1, cells: headings }, ...lines] }
}
