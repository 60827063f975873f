import type { Answers, Need } from './item.ts'

/** One pupil's row, as far as one question goes. */
export type TalliedRow = { readonly asked: ReadonlyMap<string, Need>; readonly answers: Answers }

/**
 * What came of one question over many pupils. Missing is a result: of those asked, whose answer is a value, not
 * assessed, not known, not in yet, or does not apply. The base is all of them but the last.
 */
export type Tally = {
  readonly base: number
  readonly values: ReadonlyMap<string, number>
  /** Of the base, those with a value. */
  readonly given: number
  readonly notAssessed: number
  /** Not known, to follow, or rather not said. */
  readonly notKnown: number
  readonly notIn: number
  /** Asked, and it does not apply: in no base. */
  readonly excluded: number
  /** The sum of the values, where they are whole numbers. */
  readonly sum: number
}

/** Tallies one question over many rows. */
export const tallyOf = (code: string, rows: readonly TalliedRow[]): Tally => {
  const values = new Map<string, number>()
  let [notAssessed, notKnown, notIn, excluded, sum, given] = [0, 0, 0, 0, 0, 0]
  for (const { asked, answers } of rows) {
    if (!asked.has(code)) continue
    const answer = answers.get(code)
    if (!answer || answer.state === 'cleared') notIn += 1
    else if (answer.state === 'not_applicable') excluded += 1
    else if (answer.state === 'not_assessed') notAssessed += 1
    else if (answer.state !== 'given') notKnown += 1
    else {
      given += 1
      values.set(answer.value ?? '', (values.get(answer.value ?? '') ?? 0) + 1)
      sum += /^\d+$/.test(answer.value ?? '') ? Number(answer.value) : 0
    }
  }
  return { base: given + notAssessed + notKnown + notIn, values, given, notAssessed, notKnown, notIn, excluded, sum }
}

/** Sessions of those pupils of whom both sums are held: a percentage is made from sums, never from percentages. */
export type Sessions = {
  readonly possible: number
  readonly attended: number
  readonly pupils: number
  /** Asked for, with one of the two sums not held. */
  readonly notHeld: number
  /** Of the pupils, those who missed a tenth of their sessions or more. */
  readonly persistent: number
}

const wholeOf = (answers: Answers, code: string): number | undefined => {
  const answer = answers.get(code)
  return answer?.state === 'given' && /^\d+$/.test(answer.value ?? '') ? Number(answer.value) : undefined
}

/** Attendance of many rows, from the sums of their sessions. */
export const sessionsOf = (rows: readonly TalliedRow[]): Sessions => {
  let [possible, attended, pupils, notHeld, persistent] = [0, 0, 0, 0, 0]
  for (const { asked, answers } of rows) {
    const [all, there] = [wholeOf(answers, 'sessions_possible'), wholeOf(answers, 'sessions_attended')]
    if (all !== undefined && there !== undefined && all > 0) {
      possible += all
      attended += there
      pupils += 1
      if (there * 10 <= all * 9) persistent += 1
    } else if (asked.has('sessions_possible')) notHeld += 1
  }
  return { possible, attended, pupils, notHeld, persistent }
}
