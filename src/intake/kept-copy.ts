import type { Piece } from '../../connectors/connector.ts'

type KeptPart = Piece<unknown, unknown>['kept'][number]

const lineFeed = 10

/** Nothing of a row but its line breaks, so that places in what follows stay on their lines. */
const lineBreaksOf = (bytes: Uint8Array): Uint8Array => {
  let count = 0
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) count += 1
  return new Uint8Array(count).fill(lineFeed)
}

/**
 * The copy of a file of which only some rows may be kept: takes its parts as they are read, and gives what stands around
 * rows, the rows that are `kept`, and of every other row nothing but its line breaks. A row's parts wait until it is
 * decided.
 */
export const keptRows = () => {
  let waiting: readonly KeptPart[] = []
  return (parts: readonly KeptPart[], decided: ReadonlyMap<number, boolean>): readonly Uint8Array[] => {
    const all = [...waiting, ...parts]
    const open = all.findIndex(({ unit }) => unit > 0 && !decided.has(unit))
    const ready = open < 0 ? all : all.slice(0, open)
    waiting = open < 0 ? [] : all.slice(open)
    return ready.map(({ unit, bytes }) => (unit === 0 || decided.get(unit) ? bytes : lineBreaksOf(bytes)))
  }
}
