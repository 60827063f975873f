/** Where an application stands: a draft is the school's own; `second` has one of the two people it needs. */
export const applicationStates = [
  'draft',
  'waiting',
  'question',
  'second',
  'approved',
  'declined',
  'withdrawn',
] as const
export type ApplicationState = (typeof applicationStates)[number]

/** What can happen to an application. */
export type ApplicationEvent =
  | 'sent'
  | 'asked'
  | 'answered'
  | 'deferred'
  | 'seconded'
  | 'approved'
  | 'declined'
  | 'withdrawn'
  | 'review_asked'
  | 'undone'
  | 'gate_passed'
  | 'used'
  | 'told'

/** Who may make an event happen to an application that stands somewhere, and where it stands then. */
export type Step = { readonly by: 'school' | 'council'; readonly to: ApplicationState }

const steps: Readonly<Record<ApplicationState, Partial<Readonly<Record<ApplicationEvent, Step>>>>> = {
  draft: { sent: { by: 'school', to: 'waiting' }, withdrawn: { by: 'school', to: 'withdrawn' } },
  waiting: {
    asked: { by: 'council', to: 'question' },
    deferred: { by: 'council', to: 'waiting' },
    seconded: { by: 'council', to: 'second' },
    approved: { by: 'council', to: 'approved' },
    declined: { by: 'council', to: 'declined' },
    withdrawn: { by: 'school', to: 'withdrawn' },
  },
  question: {
    answered: { by: 'school', to: 'waiting' },
    approved: { by: 'council', to: 'approved' },
    seconded: { by: 'council', to: 'second' },
    declined: { by: 'council', to: 'declined' },
    withdrawn: { by: 'school', to: 'withdrawn' },
  },
  second: {
    approved: { by: 'council', to: 'approved' },
    asked: { by: 'council', to: 'question' },
    declined: { by: 'council', to: 'declined' },
    withdrawn: { by: 'school', to: 'withdrawn' },
    // Who promised first turns out to have an interest.
    undone: { by: 'council', to: 'waiting' },
  },
  approved: {
    gate_passed: { by: 'council', to: 'approved' },
    used: { by: 'school', to: 'approved' },
    undone: { by: 'council', to: 'waiting' },
  },
  declined: { review_asked: { by: 'school', to: 'waiting' } },
  withdrawn: {},
}

/** The step an event makes from a state; undefined where it cannot happen there. */
export const stepOf = (state: ApplicationState, event: ApplicationEvent): Step | undefined =>
  event === 'told' ? { by: 'council', to: state } : steps[state][event]

/** Where a payment stands. */
export const paymentStates = ['approved', 'with_finance', 'paid', 'cancelled'] as const
export type PaymentState = (typeof paymentStates)[number]

/** What can happen to a payment. */
export type PaymentEvent = 'sent_to_finance' | 'paid' | 'returned' | 'cancelled' | 'gate_passed' | 'used'

/** From where each thing can happen to a payment, and where the payment stands then. */
export const paymentSteps: Readonly<
  Record<PaymentEvent, { readonly from: readonly PaymentState[]; readonly to: PaymentState }>
> = {
  gate_passed: { from: ['approved'], to: 'approved' },
  sent_to_finance: { from: ['approved'], to: 'with_finance' },
  paid: { from: ['with_finance'], to: 'paid' },
  returned: { from: ['paid'], to: 'paid' },
  used: { from: ['paid'], to: 'paid' },
  cancelled: { from: ['approved', 'with_finance'], to: 'cancelled' },
}

/** How money reaches its payee: inside the council, through its payables, on an invoice or order, or paid by the virtual school itself. */
export const paymentRoutes = ['journal', 'bacs', 'invoice', 'direct'] as const
export type PaymentRoute = (typeof paymentRoutes)[number]
