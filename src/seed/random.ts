import { upnCheckLetter } from '../domain/identifiers.ts'

/** A stream of numbers below one, the same for the same seed. Not for secrets. */
export type Random = () => number

/** Makes the stream for a seed (mulberry32). */
export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** One of a list, each as likely as the next. */
export const pick = <Value>(random: Random, values: readonly Value[]): Value => {
  const value = values[Math.floor(random() * values.length)]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}

/** A whole number from and to inclusive. */
export const whole = (random: Random, from: number, to: number): number => from + Math.floor(random() * (to - from + 1))

/** A fictional UPN with its right check letter: an authority's code, four digits of a school, a year and a serial. */
export const fictionalUpn = (laCode: string, serial: number): string => {
  const twelve = `${laCode}${String(7000 + (serial % 900)).padStart(4, '0')}${String(10 + (serial % 12)).padStart(2, '0')}${String(serial % 1000).padStart(3, '0')}`
  return `${upnCheckLetter(twelve)}${twelve}`
}

/** Rows as a CSV file, each value quoted where it must be. */
export const csvFile = (name: string, rows: readonly (readonly (string | number | null)[])[]) => ({
  name,
  bytes: new TextEncoder().encode(
    rows
      .map((row) =>
        row
          .map((value) =>
            /[",\r\n]/.test(`${value ?? ''}`) ? `"${`${value}`.replaceAll('"', '""')}"` : `${value ?? ''}`,
          )
          .join(','),
      )
      .join('\r\n'),
  ),
})
