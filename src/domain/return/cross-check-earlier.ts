import type { PlainDate } from '../dates.ts'
import type { Severity } from '../finding.ts'
import type { Answers, Term } from './item.ts'

/** Every rule that looks from one pupil's answers to what the school published before. Its words go by this code. */
export type EarlierCheckCode = 'ATTAINMENT_FELL' | 'TOTAL_WENT_DOWN'

/** One answer that the school published about the same pupil in an earlier round. */
export type EarlierAnswer = {
  readonly item: string
  readonly value: string
  readonly asAt: PlainDate
  readonly academicYear: number
  readonly term: Term
}

/** What is said beside what was said, the item it is of, and in which round it was said before. */
export type EarlierCheck = {
  readonly code: EarlierCheckCode
  readonly severity: Severity
  readonly items: readonly string[]
  readonly parameters: Readonly<Record<string, string | number>>
}

/** Against what is expected for age, in steps; the two standards below the curriculum stand on the lowest. */
const steps: readonly (readonly string[])[] = [['pre_key_stage', 'engagement_model'], ['below'], ['at'], ['above']]

const twoSteps = 2

const stepOf = (band: string): number | undefined => {
  const step = steps.findIndex((bands) => bands.includes(band))
  return step < 0 ? undefined : step
}

/** Judgements against what is expected for age. */
export const isBand = (item: string): boolean => item.endsWith('_band')

/** Counts of the year to date at one school: within an academic year they only grow. */
export const growingTotals: readonly string[] = [
  'sessions_possible',
  'sessions_attended',
  'early_hours_offered',
  'early_hours_attended',
]

const given = (answers: Answers, item: string): string | undefined => {
  const answer = answers.get(item)
  return answer?.state === 'given' ? (answer.value ?? undefined) : undefined
}

const found = (code: EarlierCheckCode, before: EarlierAnswer, now: string): EarlierCheck => ({
  code,
  severity: 'warning',
  items: [before.item],
  parameters: { before: before.value, now, term: before.term, academicYear: before.academicYear },
})

const newest = (earlier: readonly EarlierAnswer[]): EarlierAnswer | undefined =>
  earlier.reduce<EarlierAnswer | undefined>((last, one) => (last && last.asAt >= one.asAt ? last : one), undefined)

const attainmentFell = (answers: Answers, earlier: readonly EarlierAnswer[]): readonly EarlierCheck[] =>
  [...answers.keys()].filter(isBand).flatMap((item) => {
    const now = given(answers, item)
    const before = newest(earlier.filter((one) => one.item === item))
    if (now === undefined || !before) return []
    const [from, to] = [stepOf(before.value), stepOf(now)]
    return from !== undefined && to !== undefined && from - to >= twoSteps
      ? [found('ATTAINMENT_FELL', before, now)]
      : []
  })

const totalWentDown = (
  answers: Answers,
  earlier: readonly EarlierAnswer[],
  academicYear: number,
): readonly EarlierCheck[] =>
  growingTotals.flatMap((item) => {
    const now = given(answers, item)
    const highest = earlier
      .filter((one) => one.item === item && one.academicYear === academicYear)
      .reduce<EarlierAnswer | undefined>(
        (most, one) => (most && Number(most.value) >= Number(one.value) ? most : one),
        undefined,
      )
    return now !== undefined && highest && Number(now) < Number(highest.value)
      ? [found('TOTAL_WENT_DOWN', highest, now)]
      : []
  })

/**
 * What does not fit with the school's earlier returns, each with both values: to check, never to mend. Judgements are
 * compared with the last that was published, totals with the highest of the same academic year.
 */
export const earlierChecks = (
  answers: Answers,
  { earlier, academicYear }: { readonly earlier: readonly EarlierAnswer[]; readonly academicYear: number },
): readonly EarlierCheck[] => [...attainmentFell(answers, earlier), ...totalWentDown(answers, earlier, academicYear)]
