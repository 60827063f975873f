import { type PlainDate, parsePlainDate, plainDate, plusDays } from '../../domain/dates.ts'
import type { Pence } from '../../domain/funding/pence.ts'
import { type PaymentModel, proposeTo } from './model.ts'
import { type Retained, splitBy } from './retained.ts'

type Due = {
  /** The last day, as month and day, for who is looked after when the year begins; from January on it is of the year's end. */
  readonly by: string
  /** Days after care began, for who comes later. */
  readonly within: number
}

/** The day by which a first payment of a financial year is due for a child who came into care on a day. */
export const openingDueOn = ({ by, within }: Due, careFrom: PlainDate, year: number): PlainDate => {
  const of = by < '04-01' ? year + 1 : year
  const last = parsePlainDate(`${of}-${by}`) ?? plainDate(`${of}-02-28`)
  const after = plusDays(careFrom, within)
  return after > last ? after : last
}

/**
 * Pays once a financial year: by a day early in it, or within some days after a child came into care later. What is
 * needed beyond goes by application.
 */
export const openingPayment = (rule: Due & { readonly retained: Retained; readonly amount: Pence }): PaymentModel => ({
  split: splitBy(rule.retained),
  propose: (child, run) => {
    const paid = child.paid.some(({ part, year }) => part === 'opening' && year === run.year)
    return [
      paid
        ? { pays: false, part: 'opening', why: 'already_paid' }
        : proposeTo({ ...child, paid: [] }, run, 'opening', () => rule.amount),
    ]
  },
})
