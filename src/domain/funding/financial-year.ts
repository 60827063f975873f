import { type Instant, type PlainDate, plainDate, todayInLondon } from '../dates.ts'

/** A financial year by the calendar year in which it begins: 2026 is April 2026 to March 2027. */
export type FinancialYear = number & { readonly __brand: 'FinancialYear' }

/** A financial year that the code itself knows by its first calendar year. */
export const financialYear = (first: number): FinancialYear => first as FinancialYear

/** The first and the last day of a financial year: 1 April and 31 March. */
export const daysOfFinancialYear = (year: FinancialYear): { readonly from: PlainDate; readonly to: PlainDate } => ({
  from: plainDate(`${year}-04-01`),
  to: plainDate(`${year + 1}-03-31`),
})

/** The financial year a day falls in. */
export const financialYearOf = (day: PlainDate): FinancialYear =>
  financialYear(Number(day.slice(0, 4)) - (day.slice(5) < '04-01' ? 1 : 0))

/** The financial year it is in London at a moment: summer time has begun when a year ends, or not. */
export const financialYearAt = (moment: Instant): FinancialYear => financialYearOf(todayInLondon(moment))
