import { dividePence, pence } from './pence.ts'

/** An answer's count with its share of those who answered, in hundredths of a percent. */
export type Share = { readonly count: number; readonly hundredths: number }

/**
 * Shares of counts in hundredths of a percent, so rounded that they add up to 100.00: the largest remainders are rounded
 * up. Empty shares where nobody answered. Source: the 2016 survey of pupil premium plus, question 1.
 */
export const sharesOf = (counts: readonly number[]): readonly Share[] => {
  if (counts.every((count) => count === 0)) return counts.map((count) => ({ count, hundredths: 0 }))
  // A hundred percent is divided as money is: without loss.
  const parts = dividePence(pence(100_00), counts)
  return counts.map((count, at) => ({ count, hundredths: parts[at] ?? 0 }))
}

/** How a figure moved from before to after: in points, relative to before, and as a multiple; the last two have no meaning from nothing. */
export type Change = {
  readonly points: number
  /** In tenths of a percent of what it was, rounded half away from nothing. */
  readonly relativeTenths: number | null
  /** In hundredths, rounded half up. */
  readonly multipleHundredths: number | null
}

/** The change from one figure to another, each in whole percent or whole numbers of children. */
export const changeOf = (before: number, after: number): Change => {
  const points = after - before
  if (before === 0) return { points, relativeTenths: null, multipleHundredths: null }
  const rounded = (numerator: number) => Math.sign(numerator) * Math.round(Math.abs(numerator) / before)
  return {
    points,
    relativeTenths: rounded(points * 1000),
    multipleHundredths: Math.round((after * 100) / before),
  }
}

/** What an answer to a survey is worth when ranks are put together: a first of so many counts most. */
export type RankMethod = 'borda'

/**
 * Ranks put together: each answer that names choices in order gives the first as many points as there are choices, the
 * next one less, and what it does not name none. Choices by points, then by first places, then as they stand.
 */
export const ranked = (
  choices: readonly string[],
  answers: readonly (readonly string[])[],
): readonly {
  readonly choice: string
  readonly points: number
  readonly firsts: number
  readonly method: RankMethod
}[] =>
  choices
    .map((choice, order) => ({
      order,
      choice,
      points: answers.reduce((sum, answer) => {
        const at = answer.indexOf(choice)
        return sum + (at < 0 ? 0 : choices.length - at)
      }, 0),
      firsts: answers.filter((answer) => answer[0] === choice).length,
    }))
    .sort((one, other) => other.points - one.points || other.firsts - one.firsts || one.order - other.order)
    .map(({ choice, points, firsts }) => ({ choice, points, firsts, method: 'borda' }))
