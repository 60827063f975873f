import type { Instant, PlainDate } from '../../../src/domain/dates.ts'
import type { Term } from '../../../src/domain/return/item.ts'

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const parts = (date: PlainDate) => ({
  year: Number(date.slice(0, 4)),
  month: months[Number(date.slice(5, 7)) - 1] ?? '',
  day: Number(date.slice(8, 10)),
  weekday: weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '',
})

/** A day with its weekday and no year, for dates near today: 'Friday 3 July'. */
export const nearDay = (date: PlainDate): string => {
  const { weekday, day, month } = parts(date)
  return `${weekday} ${day} ${month}`
}

/** A day with its weekday and year: 'Friday 3 July 2026'. */
export const wholeDay = (date: PlainDate): string => `${nearDay(date)} ${parts(date).year}`

/** A day with its year and no weekday: '3 July 2026'. */
export const day = (date: PlainDate): string => {
  const { day: number, month, year } = parts(date)
  return `${number} ${month} ${year}`
}

/** A day in the fewest letters that stay clear in a table: '3 Jul'. */
export const shortDay = (date: PlainDate): string => `${parts(date).day}\u00a0${parts(date).month.slice(0, 3)}`

/** The number of the day and the name of its month, parted for a diary's look. */
export const diaryDay = (date: PlainDate): { readonly number: number; readonly month: string } => ({
  number: parts(date).day,
  month: parts(date).month,
})

const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

const inLondon = (moment: Instant): { readonly date: PlainDate; readonly hour: number; readonly minute: string } => {
  const found = new Map(london.formatToParts(new Date(moment)).map((part) => [part.type, part.value]))
  const date = `${found.get('year')}-${found.get('month')}-${found.get('day')}` as PlainDate
  return { date, hour: Number(found.get('hour')), minute: found.get('minute') ?? '00' }
}

/** The time of a moment in London: '10.14am'. */
export const clock = (moment: Instant): string => {
  const { hour, minute } = inLondon(moment)
  return `${hour % 12 === 0 ? 12 : hour % 12}.${minute}${hour < 12 ? 'am' : 'pm'}`
}

/** The day of a moment in London, with its year: '3 July 2026'. */
export const dayOf = (moment: Instant): string => day(inLondon(moment).date)

/** A moment as a person would say it: 'Friday 3 July 2026, 10.14am'. */
export const momentWords = (moment: Instant): string => `${wholeDay(inLondon(moment).date)}, ${clock(moment)}`

/** A moment in few letters: '3 July 2026, 10.14am'. */
export const shortMoment = (moment: Instant): string => `${day(inLondon(moment).date)}, ${clock(moment)}`

/** A moment in the fewest letters that stay clear in a table: '3 Jul 2026, 10.14am'. */
export const briefMoment = (moment: Instant): string => {
  const { date } = inLondon(moment)
  return `${shortDay(date)}\u00a0${parts(date).year}, ${clock(moment)}`
}

/** An academic year as schools write it: '2025 to 2026'. */
export const academicYearWords = (firstYear: number): string => `${firstYear} to ${firstYear + 1}`

/** A round by its term and year: 'Summer return 2025 to 2026'. */
export const roundWords = (term: Term, firstYear: number): string =>
  `${termWords[term]} return ${academicYearWords(firstYear)}`

/** A round as a column holds it, by its term and the year that term falls in: 'Summer 2026'. */
export const shortRound = (term: Term, firstYear: number): string =>
  `${termWords[term]}\u00a0${term === 'autumn' ? firstYear : firstYear + 1}`

/** The names of the terms, as a heading begins. */
export const termWords: Readonly<Record<Term, string>> = { autumn: 'Autumn', spring: 'Spring', summer: 'Summer' }
