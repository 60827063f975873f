import type { PaidLine } from '../../connectors/paid-file/rows.ts'
import { type PlainDate, todayInLondon } from '../domain/dates.ts'
import type { PaidResult, ReconciledLine } from '../store/paid-files.ts'
import type { Payment } from '../store/payments.ts'

/** What became of each line of finance's file, and the payments it pays. */
export type Reconciled = {
  readonly lines: readonly ReconciledLine[]
  readonly paid: readonly { readonly payment: Payment; readonly line: ReconciledLine }[]
}

const resultOf = (
  line: PaidLine,
  payment: Payment | undefined,
  seen: ReadonlySet<string>,
  today: PlainDate,
): PaidResult => {
  // A day to come is no day on which something was paid.
  if (line.amount === null || line.paidOn === null || line.paidOn > today) return 'not_read'
  if (!payment || payment.state === 'cancelled') return 'unknown'
  // Nor is one before anybody had approved it.
  if (line.paidOn < todayInLondon(payment.approvedAt)) return 'not_read'
  if (payment.state === 'paid' || seen.has(payment.id)) return 'paid_before'
  if (payment.state === 'approved') return 'not_sent'
  return payment.amount === line.amount ? 'matched' : 'differs'
}

/**
 * Holds finance's file against the payments it was sent, line by line. Only a line that names a payment with finance by
 * its reference, with the very amount, pays it; the second line for the same payment does not.
 */
export const reconcile = (read: readonly PaidLine[], payments: readonly Payment[], today: PlainDate): Reconciled => {
  const byReference = new Map(payments.map((payment) => [payment.reference.toUpperCase(), payment]))
  const seen = new Set<string>()
  const paid: { payment: Payment; line: ReconciledLine }[] = []
  const lines = read.map((line): ReconciledLine => {
    const payment = byReference.get(line.reference)
    const result = resultOf(line, payment, seen, today)
    const reconciled = {
      line: line.line,
      reference: line.reference,
      amount: line.amount,
      day: line.paidOn,
      result,
    }
    if (payment && result === 'matched') {
      seen.add(payment.id)
      paid.push({ payment, line: reconciled })
    }
    return reconciled
  })
  return { lines, paid }
}
