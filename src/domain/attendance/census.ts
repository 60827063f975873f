import { easterSunday } from '../calendar.ts'
import { type PlainDate, plainDate, plusDays } from '../dates.ts'

/** The terms by which a school census is named; in autumn it has a second period, for the half term before summer. */
export const censusTerms = ['spring', 'summer', 'autumn', 'autumn-second'] as const
export type CensusTerm = (typeof censusTerms)[number]

/** Days that a total is of, from the first to the last, with where they come from. */
export type CensusPeriod = { readonly firstDay: PlainDate; readonly lastDay: PlainDate; readonly source: string }

type Edge =
  | { readonly yearsBefore: 0 | 1; readonly monthDay: string }
  | 'Easter Sunday'
  | 'Easter Monday'
  | 'Sunday before the spring bank holiday'
  | 'spring bank holiday'

/** Absence is collected one term in arrears. A later rule goes in front of those that it replaces. */
const rules: readonly {
  readonly validFrom: number
  readonly source: string
  readonly periods: Readonly<Record<CensusTerm, readonly [Edge, Edge]>>
}[] = [
  {
    validFrom: 2014,
    source: 'Pupil absence statistics: methodology (DfE), table 6, periods of the school census',
    periods: {
      spring: [
        { yearsBefore: 1, monthDay: '08-01' },
        { yearsBefore: 1, monthDay: '12-31' },
      ],
      summer: [{ yearsBefore: 0, monthDay: '01-01' }, 'Easter Sunday'],
      autumn: ['Easter Monday', 'Sunday before the spring bank holiday'],
      'autumn-second': ['spring bank holiday', { yearsBefore: 0, monthDay: '07-31' }],
    },
  },
]

/** Years in which the spring bank holiday was not the last Monday in May: royal jubilees. */
const movedBankHoliday: Readonly<Record<number, string>> = { 2012: '2012-06-04', 2022: '2022-06-02' }

const springBankHoliday = (year: number): PlainDate => {
  const moved = movedBankHoliday[year]
  if (moved !== undefined) return plainDate(moved)
  const last = plainDate(`${year}-05-31`)
  return plusDays(last, -((weekdayOf(last) + 6) % 7))
}

/** 0 is Sunday. */
const weekdayOf = (day: PlainDate): number => new Date(`${day}T00:00:00Z`).getUTCDay()

const dayOf = (edge: Edge, year: number): PlainDate => {
  if (edge === 'Easter Sunday') return easterSunday(year)
  if (edge === 'Easter Monday') return plusDays(easterSunday(year), 1)
  const holiday = springBankHoliday(year)
  if (edge === 'spring bank holiday') return holiday
  if (edge === 'Sunday before the spring bank holiday') return plusDays(holiday, -(weekdayOf(holiday) || 7))
  return plainDate(`${year - edge.yearsBefore}-${edge.monthDay}`)
}

/** The days whose sessions a school census counts; undefined before the first rule that is known. */
export const censusPeriod = (term: CensusTerm, year: number): CensusPeriod | undefined => {
  const rule = rules.find(({ validFrom }) => validFrom <= year)
  if (!rule) return undefined
  const [first, last] = rule.periods[term]
  return { firstDay: dayOf(first, year), lastDay: dayOf(last, year), source: rule.source }
}

/** Reads a census as it is named on the command line and in forms: 'spring-2026', 'autumn-second-2026'. */
export const censusNamed = (name: string): CensusPeriod | undefined => {
  const parts = /^([a-z-]+)-(\d{4})$/.exec(name)
  const term = censusTerms.find((one) => one === parts?.[1])
  return term && censusPeriod(term, Number(parts?.[2]))
}

/** How many censuses a person may choose from: two years of them. */
const recentOnes = 8

/** The censuses whose days are over, the latest first. */
export const recentCensuses = (
  today: PlainDate,
): readonly (CensusPeriod & { readonly term: CensusTerm; readonly year: number })[] => {
  const thisYear = Number(today.slice(0, 4))
  return [thisYear + 1, thisYear, thisYear - 1, thisYear - 2]
    .flatMap((year) =>
      censusTerms.flatMap((term) => {
        const period = censusPeriod(term, year)
        return period && period.lastDay <= today ? [{ ...period, term, year }] : []
      }),
    )
    .sort((one, other) => (one.lastDay < other.lastDay ? 1 : -1))
    .slice(0, recentOnes)
}
