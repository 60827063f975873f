import type { ApplicationState, PaymentState } from './states.ts'

/** Where asked-for money stands, as its school follows it; each says who has it. */
export const moneyStandings = [
  'draft',
  'waiting',
  'question',
  'second',
  'declined',
  'withdrawn',
  'approved',
  'set_up',
  'agreed',
  'with_finance',
  'paid',
  'reported',
  'cancelled',
] as const
export type MoneyStanding = (typeof moneyStandings)[number]

/** How far along the five steps (asked, decided, with finance, paid, use reported) a standing is: the step it is at now. */
export const stepAt: Readonly<Record<MoneyStanding, number>> = {
  draft: 0,
  waiting: 1,
  question: 1,
  second: 1,
  declined: 1,
  withdrawn: 1,
  approved: 2,
  set_up: 2,
  agreed: 2,
  with_finance: 2,
  cancelled: 2,
  paid: 4,
  reported: 5,
}

/** Whether money has stopped on its way. */
export const hasStopped = (standing: MoneyStanding): boolean =>
  standing === 'declined' || standing === 'withdrawn' || standing === 'cancelled'

/**
 * Where an application and its payment stand together. A payment whose payee has no supplier
 * reference yet waits for finance to set it up. For
 * who sees no payments it is `unseen`, and what was approved is told no further.
 */
export const standingOf = (
  application: ApplicationState | null,
  payment: { readonly state: PaymentState; readonly supplierReference: string } | 'unseen' | null,
  isReported: boolean,
): MoneyStanding => {
  if (application !== null && application !== 'approved') return application
  if (payment === 'unseen') return 'approved'
  if (!payment) return 'agreed'
  switch (payment.state) {
    case 'cancelled':
      return 'cancelled'
    case 'paid':
      return isReported ? 'reported' : 'paid'
    case 'with_finance':
      return 'with_finance'
    case 'approved':
      return payment.supplierReference === '' ? 'set_up' : 'agreed'
  }
}
