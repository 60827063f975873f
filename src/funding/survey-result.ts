import { interventions } from '../domain/funding/interventions.ts'
import { type Change, changeOf, ranked, type Share, sharesOf } from '../domain/funding/survey.ts'

/** The five answers to question 1, in their order. */
export const attainmentAnswers = ['large', 'noticeable', 'slight', 'none', 'negative'] as const

/** The four places of question 3, in their order. */
export const surveyBands = ['below', 'at', 'above', 'not_assessed'] as const

/** One school's answers as they are kept: an empty answer is a blank one. */
export type KeptAnswer = {
  readonly attainment: string
  readonly ranked: string
  readonly before: string | null
  readonly after: string | null
}

/** A survey's result: each question with how many answered it, which may be fewer than responded. */
export type SurveyResult = {
  readonly responded: number
  readonly attainment: { readonly answered: number; readonly shares: readonly (Share & { readonly answer: string })[] }
  readonly ranks: { readonly answered: number; readonly list: ReturnType<typeof ranked> }
  readonly bands: {
    readonly answered: number
    readonly before: number
    readonly after: number
    readonly rows: readonly {
      readonly band: (typeof surveyBands)[number]
      readonly before: Share
      readonly after: Share
      /** Of the rounded whole percents, as the survey of 2016 was published. */
      readonly change: Change
    }[]
  }
}

const wholePercent = (share: Share) => Math.round(share.hundredths / 100)

const countsIn = (text: string | null): readonly number[] | undefined => {
  if (text === null) return undefined
  const counts = JSON.parse(text) as readonly number[]
  return counts.length === surveyBands.length ? counts : undefined
}

const added = (lists: readonly (readonly number[])[]) =>
  surveyBands.map((_, at) => lists.reduce((sum, list) => sum + (list[at] ?? 0), 0))

/**
 * Puts a survey's answers together as the report of 2016 did (Wolverhampton, pupil premium plus, April 2016): shares of
 * those who answered, ranks by points for each place, and how children stood before and after.
 */
export const surveyResult = (answers: readonly KeptAnswer[]): SurveyResult => {
  const first = answers.filter(({ attainment }) => attainment !== '')
  const shares = sharesOf(attainmentAnswers.map((answer) => first.filter((one) => one.attainment === answer).length))
  const second = answers.map((one) => JSON.parse(one.ranked) as readonly string[]).filter((list) => list.length > 0)
  const both = answers.flatMap(({ before, after }) => {
    const [earlier, later] = [countsIn(before), countsIn(after)]
    return earlier && later ? [{ earlier, later }] : []
  })
  const before = sharesOf(added(both.map(({ earlier }) => earlier)))
  const after = sharesOf(added(both.map(({ later }) => later)))
  const none: Share = { count: 0, hundredths: 0 }
  const total = (of: readonly Share[]) => of.reduce((sum, { count }) => sum + count, 0)
  return {
    responded: answers.length,
    attainment: {
      answered: first.length,
      shares: attainmentAnswers.map((answer, at) => ({ answer, ...(shares[at] ?? none) })),
    },
    ranks: { answered: second.length, list: ranked(interventions, second) },
    bands: {
      answered: both.length,
      before: total(before),
      after: total(after),
      rows: surveyBands.map((band, at) => {
        const [earlier, later] = [before[at] ?? none, after[at] ?? none]
        return { band, before: earlier, after: later, change: changeOf(wholePercent(earlier), wholePercent(later)) }
      }),
    },
  }
}
