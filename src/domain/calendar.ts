import { academicYearOf, type PlainDate, plainDate, plusDays } from './dates.ts'
import type { Term, YearGroup } from './return/item.ts'

/**
 * One term of one academic year. The terms of a year follow each other without a gap, so that every day of a holiday
 * belongs to the term before it.
 */
export type SchoolTerm = {
  readonly academicYear: number
  readonly term: Term
  readonly firstDay: PlainDate
  readonly lastDay: PlainDate
  /** Where the dates come from: what the page says to "why this date?". */
  readonly source: string
  /** A stand-in until the council's own calendar is given. */
  readonly isDefault: boolean
}

/** The three terms of an academic year, in order, as a council or a country sets them. */
export type Calendar = (academicYear: number) => readonly SchoolTerm[]

/** A day of the year that a rule names, in force from a day on until a later rule replaces it. */
type DatedRule<Value> = { readonly validFrom: PlainDate; readonly source: string; readonly value: Value }

const inForce = <Value>(rules: readonly DatedRule<Value>[], on: PlainDate): DatedRule<Value> => {
  const rule = rules.findLast(({ validFrom }) => validFrom <= on) ?? rules[0]
  if (!rule) throw new Error('a rule without data')
  return rule
}

/** The first days of the terms in England; a school's own dates are set by its council, trust or governors. */
const termsInEngland: readonly DatedRule<{
  readonly autumn: string
  readonly spring: string
  readonly summer: 'Easter Monday'
}>[] = [
  {
    validFrom: plainDate('2014-09-01'),
    source: 'School census attendance periods (DfE): to 31 December, to Easter Sunday, from Easter Monday on',
    value: { autumn: '09-01', spring: '01-01', summer: 'Easter Monday' },
  },
]

/** Until when a school follows what it sent of a year 11 or year 13 leaver, so that results can come from it. */
const leaverTails: readonly DatedRule<{ readonly yearGroups: readonly YearGroup[]; readonly until: string }>[] = [
  {
    validFrom: plainDate('2014-09-01'),
    source: 'Default of this service: results days are in August, reviews of marking end in September',
    value: { yearGroups: ['11', '13'], until: '09-30' },
  },
]

/** Easter Sunday of a year, by the Gregorian reckoning of Meeus, Jones and Butcher. */
export const easterSunday = (year: number): PlainDate => {
  const golden = year % 19
  const [century, inCentury] = [Math.floor(year / 100), year % 100]
  const moon = (19 * golden + century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 15) % 30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - moon - (inCentury % 4)) % 7
  const late = Math.floor((golden + 11 * moon + 22 * weekday) / 451)
  const month = Math.floor((moon + weekday - 7 * late + 114) / 31)
  const day = ((moon + weekday - 7 * late + 114) % 31) + 1
  return plainDate(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)
}

/** The terms in England where a council has given none of its own. */
export const defaultCalendar: Calendar = (academicYear) => {
  const { source, value } = inForce(termsInEngland, plainDate(`${academicYear}-09-01`))
  const autumn = plainDate(`${academicYear}-${value.autumn}`)
  const spring = plainDate(`${academicYear + 1}-${value.spring}`)
  const summer = plusDays(easterSunday(academicYear + 1), 1)
  const nextAutumn = plainDate(`${academicYear + 1}-${value.autumn}`)
  const term = (name: Term, firstDay: PlainDate, next: PlainDate): SchoolTerm => ({
    academicYear,
    term: name,
    firstDay,
    lastDay: plusDays(next, -1),
    source,
    isDefault: true,
  })
  return [term('autumn', autumn, spring), term('spring', spring, summer), term('summer', summer, nextAutumn)]
}

const around = (date: PlainDate, calendar: Calendar): readonly SchoolTerm[] => {
  const year = academicYearOf(date)
  return [year - 1, year, year + 1].flatMap(calendar)
}

const indexOfTerm = (terms: readonly SchoolTerm[], date: PlainDate): number =>
  terms.findLastIndex(({ firstDay }) => firstDay <= date)

const termAt = (terms: readonly SchoolTerm[], index: number): SchoolTerm => {
  const term = terms[index]
  if (!term) throw new Error('a calendar has three terms a year')
  return term
}

/** The term a day belongs to; a holiday belongs to the term before it. */
export const termOf = (date: PlainDate, calendar: Calendar = defaultCalendar): SchoolTerm => {
  const terms = around(date, calendar)
  return termAt(terms, indexOfTerm(terms, date))
}

/** The first day of a term of an academic year, named by its first year. */
export const firstDayOfTerm = (academicYear: number, term: Term, calendar: Calendar = defaultCalendar): PlainDate => {
  const terms = calendar(academicYear)
  return termAt(
    terms,
    terms.findIndex((one) => one.term === term),
  ).firstDay
}

/**
 * The last day on which a school follows what it sent of a child that left: the end of the next term, or 30 September
 * for a child that left in year 11 or 13. The year group is the one at leaving.
 */
export const tailEnd = (lastDay: PlainDate, yearGroup: YearGroup, calendar: Calendar = defaultCalendar): PlainDate => {
  const { value } = inForce(leaverTails, lastDay)
  if (value.yearGroups.includes(yearGroup)) return plainDate(`${academicYearOf(lastDay) + 1}-${value.until}`)
  const terms = around(lastDay, calendar)
  return termAt(terms, indexOfTerm(terms, lastDay) + 1).lastDay
}

/**
 * The earliest last day at a school whose tail still runs today: a place that ended before it is out of the school's
 * sight. The year group is the one at leaving.
 */
export const earliestLastDay = (
  today: PlainDate,
  yearGroup: YearGroup,
  calendar: Calendar = defaultCalendar,
): PlainDate => {
  const { value } = inForce(leaverTails, today)
  if (value.yearGroups.includes(yearGroup)) {
    const year = academicYearOf(today)
    return plainDate(`${today <= `${year}-${value.until}` ? year - 1 : year}-09-01`)
  }
  const terms = around(today, calendar)
  return termAt(terms, indexOfTerm(terms, today) - 1).firstDay
}

/** How a round's last day for answers is set: some weekdays after its as-at date, or a day the council names. */
export type CutOffRule = { readonly weekdaysAfter: number } | { readonly date: PlainDate }

/** A round's last day for answers, and the key of the sentence that says why. */
export type CutOff = {
  readonly date: PlainDate
  readonly because: 'weekdays_after_as_at' | 'date_set_by_council'
  readonly parameters: Readonly<Record<string, string | number>>
}

const isWeekday = (date: PlainDate): boolean => {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay()
  return day !== 0 && day !== 6
}

/** A day some weekdays later. Weekdays are Monday to Friday, bank holidays too. */
export const plusWeekdays = (from: PlainDate, weekdays: number): PlainDate => {
  let date = from
  for (let left = weekdays; left > 0; ) {
    date = plusDays(date, 1)
    if (isWeekday(date)) left -= 1
  }
  return date
}

/** The last day for answers that a rule gives for an as-at date. */
export const cutOffDate = (asAt: PlainDate, rule: CutOffRule): CutOff => {
  if ('date' in rule) return { date: rule.date, because: 'date_set_by_council', parameters: {} }
  const date = plusWeekdays(asAt, rule.weekdaysAfter)
  return { date, because: 'weekdays_after_as_at', parameters: { weekdays: rule.weekdaysAfter, asAt } }
}
