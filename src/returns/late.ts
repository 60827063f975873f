import { type Instant, type PlainDate, todayInLondon } from '../domain/dates.ts'

/** A submission as far as its time goes: `dueThen` is the date due as it stood when it came. */
type Sent = { readonly at: Instant; readonly dueThen: PlainDate }

/** Whether a submission came after its date due. An extension given afterwards does not change it. */
export const isLate = ({ at, dueThen }: Sent): boolean => todayInLondon(at) > dueThen

/** Whether a school's return was late: by the earliest submission that stands. */
export const wasLate = (standing: readonly Sent[]): boolean => {
  const first = standing.reduce<Sent | undefined>(
    (least, one) => (least && least.at <= one.at ? least : one),
    undefined,
  )
  return first !== undefined && isLate(first)
}
