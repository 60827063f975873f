/** A day without a time or zone, 'YYYY-MM-DD': birthdays, sessions, places, care periods. */
export type PlainDate = string & { readonly __brand: 'PlainDate' }

/** A moment in UTC, 'YYYY-MM-DDTHH:mm:ss.sssZ': when something happened. */
export type Instant = string & { readonly __brand: 'Instant' }

const daysInMonth = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** Reads 'YYYY-MM-DD'; undefined when it is not a day that exists. */
export const parsePlainDate = (text: string): PlainDate | undefined => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!parts) return undefined
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  return text as PlainDate
}

/** A day that the code itself knows to exist; throws when it does not. */
export const plainDate = (text: string): PlainDate => {
  const date = parsePlainDate(text)
  if (!date) throw new Error('not a day that exists')
  return date
}

/**
 * Reads a day as a person in the United Kingdom types it: 14/07/2026, 14-7-2026, 14.7.26, 14 July 2026 or 2026-07-14.
 * A two-digit year is read as 20YY. Undefined when it is not a day that exists.
 */
export const parseTypedDate = (text: string): PlainDate | undefined => {
  const trimmed = text.trim().replace(/(\d)(st|nd|rd|th)\b/i, '$1')
  const iso = parsePlainDate(trimmed.slice(0, 10))
  if (iso && /^\d{4}-\d{2}-\d{2}([T ]00:00(:00(\.000)?)?Z?)?$/.test(trimmed)) return iso
  const numeric = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$/.exec(trimmed)
  const worded = /^(\d{1,2})[ -]([a-z]{3,9})[ -,]+(\d{4}|\d{2})$/i.exec(trimmed)
  const match = numeric ?? worded
  if (!match) return undefined
  const month = numeric
    ? Number(match[2])
    : months.findIndex((name) => name.startsWith((match[2] ?? '').toLowerCase())) + 1
  const year = match[3]?.length === 2 ? `20${match[3]}` : match[3]
  return parsePlainDate(`${year}-${String(month).padStart(2, '0')}-${match[1]?.padStart(2, '0')}`)
}

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

/** The moment a JavaScript clock shows, as text. */
export const instant = (milliseconds: number): Instant => new Date(milliseconds).toISOString() as Instant

/** A moment some minutes later (or, negative, earlier). */
export const plusMinutes = (from: Instant, minutes: number): Instant => instant(Date.parse(from) + minutes * 60_000)

/** Whole minutes from one moment to a later one. */
export const minutesBetween = (from: Instant, to: Instant): number =>
  Math.floor((Date.parse(to) - Date.parse(from)) / 60_000)

const london = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The day it is in Europe/London at a moment: what every rule here means by "today". */
export const todayInLondon = (now: Instant): PlainDate => plainDate(london.format(new Date(now)))

/** A day some days later (or, negative, earlier). */
export const plusDays = (date: PlainDate, days: number): PlainDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10) as PlainDate

/** Whole days from one day to another; negative when the second is earlier. */
export const daysBetween = (from: PlainDate, to: PlainDate): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

/** The academic year a day falls in, named by its first year: 1 September 2026 to 31 August 2027 is 2026. */
export const academicYearOf = (date: PlainDate): number => Number(date.slice(0, 4)) - (date.slice(5) < '09-01' ? 1 : 0)
