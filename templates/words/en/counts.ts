const small = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** A number as a sentence holds it: words to nine, digits with commas from ten. */
export const numberWords = (count: number): string => small[count] ?? figure(count)

/** A number in digits with commas: 4,588. */
export const figure = (count: number): string =>
  Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')

/** A counted thing in digits: '1 pupil', '12 pupils'. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${figure(number)} ${number === 1 ? one : many}`

const nth = new Intl.PluralRules('en-GB', { type: 'ordinal' })
const endings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' }

/** A place in a row: 2nd, 23rd, 111th. */
export const ordinal = (number: number): string => `${figure(number)}${endings[nth.select(number)] ?? 'th'}`

/** A counted thing in words: 'one pupil', 'no pupils'. */
export const countWords = (number: number, one: string, many = `${one}s`): string =>
  `${numberWords(number)} ${number === 1 ? one : many}`

/** The first letter of a sentence made a capital. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Things in a row: 'A', 'A and B', 'A, B and C'. */
export const list = (things: readonly string[]): string =>
  things.length < 2 ? (things[0] ?? '') : `${things.slice(0, -1).join(', ')} and ${things.at(-1)}`

/** A share of a base in whole per cent, never rounded up to 100 or down to 0; undefined where there is no base. */
export const percent = (part: number, base: number): number | undefined => {
  if (base === 0) return undefined
  if (part === base) return 100
  if (part === 0) return 0
  return Math.min(99, Math.max(1, Math.round((part / base) * 100)))
}

/** A size as a file list shows it: '41 KB'. */
export const fileSize = (bytes: number): string =>
  bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} KB`
    : `${(bytes / 1_000_000).toFixed(1).replace('.0', '')} MB`

/** Year groups as schools say them. */
export const yearGroupWords = (code: string | null): string => {
  if (code === null || code === '' || code === 'X') return 'year group not known'
  if (code === 'R') return 'Reception'
  if (/^N[12]$/.test(code)) return 'Nursery'
  if (/^E[12]$/.test(code)) return 'Early years'
  return `Year ${code}`
}
