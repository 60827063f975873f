import { type Instant, type PlainDate, todayInLondon } from '../domain/dates.ts'

/** A submission as far as its time goes: `dueThen` is the date due as it stood when it came. */
type Sent = { readonly at: Instant; readonly dueThen: PlainDate }

/** Whether a submission came after its date due. An extension given afterwards does not change it. */
export const isLate = ({ at, dueThen }: Sent): boolean => {
  // London is never more than an hour ahead of UTC: only on the very day does the clock there decide.
  const day = at.slice(0, 10)
  return day === dueThen ? todayInLondon(at) > dueThen : day > dueThen
}

/** Whether a school's return was late: by the earliest submission that stands. */
export const wasLate = (standing: readonly Sent[]): boolean => {
  const first = standing.reduce<Sent | undefined>(
    (least, one) => (least && least.at <= one.at ? least : one),
    undefined,
  )
  return first !== undefined && isLate(first)
}
