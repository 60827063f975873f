import type { Instant, PlainDate } from './dates.ts'

/** A date that a virtual school set for one school in a round, with its reason. */
export type RoundDate = {
  readonly round: number
  readonly school: number
  readonly sequence: number
  readonly kind: 'extended' | 'reopened'
  readonly day: PlainDate
  readonly reason: string
  readonly at: Instant
  readonly by: string
}

/** A round as far as its dates go. */
type Dated = { readonly number: number; readonly cutOff: PlainDate; readonly closedAt: Instant | null }

/** When one school's answers to a round are due, why, and whether they are taken today. */
export type SchoolDates = {
  readonly due: PlainDate
  /** The extension that moved the date, newest first; null where the round's own date stands. */
  readonly extended: RoundDate | null
  /** The opening again that holds today; null where nobody opened it, or its last day has passed. */
  readonly reopened: RoundDate | null
  readonly open: boolean
  /** The number the next date set for this school would have. */
  readonly next: number
}

/**
 * Works out a school's dates in a round. An extension moves the date due; opening a closed round again does not: what
 * comes then is late, and is taken.
 */
export const datesFor = (round: Dated, dates: readonly RoundDate[], school: number, today: PlainDate): SchoolDates => {
  const own = dates
    .filter((one) => one.round === round.number && one.school === school)
    .sort((one, other) => one.sequence - other.sequence)
  const extended = own.findLast(({ kind }) => kind === 'extended') ?? null
  const reopened = own.findLast(({ kind }) => kind === 'reopened') ?? null
  const holds = round.closedAt !== null && reopened !== null && reopened.day >= today
  return {
    due: extended?.day ?? round.cutOff,
    extended,
    reopened: holds ? reopened : null,
    open: round.closedAt === null || holds,
    next: (own.at(-1)?.sequence ?? 0) + 1,
  }
}
