import type { UseOutcome } from '../../../src/domain/funding/application.ts'
import type { FinancialYear } from '../../../src/domain/funding/financial-year.ts'
import type { FundCode } from '../../../src/domain/funding/funds.ts'
import { type Intervention, interventions, type Purpose } from '../../../src/domain/funding/interventions.ts'
import type { Cause, Pot } from '../../../src/domain/funding/ledger.ts'
import type { Pence } from '../../../src/domain/funding/pence.ts'
import type { MoneyStanding } from '../../../src/domain/funding/standing.ts'
import type { PaymentRoute } from '../../../src/domain/funding/states.ts'

/** An amount of money as people read it: £1,234.50, and always with its pence. */
export const pounds = (amount: Pence): string =>
  `${amount < 0 ? '−' : ''}£${(Math.abs(amount) / 100).toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`

/** Where money stands: for the school that asked, and for the council. */
export const trackWords = {
  standing: {
    draft: 'Draft',
    waiting: 'Being decided',
    question: 'Waiting for you',
    second: 'Being decided',
    declined: 'Not agreed',
    withdrawn: 'Withdrawn',
    approved: 'Agreed',
    set_up: 'Agreed, supplier to be set up',
    agreed: 'Agreed, going to finance',
    with_finance: 'With finance',
    paid: 'Paid',
    reported: 'Paid and reported',
    cancelled: 'Cancelled',
  },
  councilStanding: {
    draft: 'Draft',
    waiting: 'To decide',
    question: 'Waiting for the school',
    second: 'Second person needed',
    declined: 'Declined',
    withdrawn: 'Withdrawn',
    approved: 'Agreed',
    set_up: 'Supplier set-up needed',
    agreed: 'To send to finance',
    with_finance: 'With finance',
    paid: 'Paid, use not reported',
    reported: 'Paid and reported',
    cancelled: 'Cancelled',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<MoneyStanding, string>>>>

/** What a fund is called. */
export const fundWords: Readonly<Record<FundCode, string>> = {
  pupil_premium_plus: 'Pupil Premium Plus',
  early_years_pupil_premium: 'Early years pupil premium',
  post_16_premium: 'Post-16 Pupil Premium Plus',
  pupil_development_grant: 'Pupil Development Grant',
  personal_education_allowance: 'Personal education allowance',
}

/** A financial year as people say it. */
export const financialYearWords = (year: FinancialYear): string => `April ${year} to March ${year + 1}`

/** What money is asked for, in the words of the 2016 survey. */
export const interventionWords: Readonly<Record<Intervention, string>> = {
  one_to_one_tuition: 'One-to-one tuition',
  small_group_tuition: 'Small-group tuition',
  teaching_assistant: 'Teaching assistant',
  learning_mentor: 'Learning mentor',
  ict_equipment: 'ICT equipment',
  other_equipment: 'Other equipment',
  out_of_school_learning: 'Out-of-school learning',
  staff_training: 'Staff training',
  therapeutic: 'Therapeutic support',
  off_site: 'Off-site or alternative provision',
  literacy_numeracy: 'Literacy or numeracy programme',
  specialist_assessment: 'Specialist assessment',
  other: 'Something else',
}

/** What a line of cost is for. */
export const purposeWords: Readonly<Record<Purpose, string>> = {
  staff_time: 'Somebody’s time',
  equipment: 'Equipment',
  books_software: 'Books or software',
  activity: 'An activity',
  assessment: 'An assessment',
  training: 'Training',
  trip: 'A trip',
  uniform: 'Uniform',
  transport: 'Transport',
  base_cost: 'What the school pays for everybody',
  other: 'Something else',
}

/** An intervention as it is stored: one of the thirteen by its words, a council's own by its name; words for none yet. */
export const interventionNamed = (stored: string): string =>
  interventions.some((one) => one === stored) ? interventionWords[stored as Intervention] : stored || 'Not said yet'

/** How a target stood when the use was reported. */
export const outcomeWords: Readonly<Record<UseOutcome, string>> = {
  met: 'Target met',
  partly: 'Partly met',
  not_met: 'Not met',
  too_early: 'Too early to say',
}

/** Where money stands in the ledger. */
export const potWords: Readonly<Record<Pot, string>> = {
  grant: 'Grant',
  allocated: 'Allocated, free',
  retained: 'Top-slice',
  committed: 'Promised',
  approved: 'Approved, not paid',
  paid: 'Paid',
  returned: 'Given back',
  carried: 'Carried over',
}

/** Why money moved. */
export const causeWords: Readonly<Record<Cause, string>> = {
  allocation: 'Allocation',
  allocation_cut: 'Allocation cut',
  top_slice: 'Top-slice',
  commitment: 'Agreed by one of two',
  release: 'Not agreed after all',
  approval: 'Approved',
  approval_undone: 'Taken back',
  payment: 'Paid',
  give_back: 'Given back',
  carry_over: 'Carried',
}

/** How money reaches its payee. */
export const routeWords: Readonly<Record<PaymentRoute, string>> = {
  journal: 'Internal journal',
  bacs: 'BACS through payables',
  invoice: 'Invoice or order',
  direct: 'Commissioned directly',
}

/** Words of files about money. */
export const exportWords = {
  payments: 'Payments',
  applications: 'Applications',
  ledger: 'Ledger',
  reference: 'Reference',
  council: 'Virtual school',
  school: 'School',
  fund: 'Fund',
  year: 'Financial year',
  payee: 'Payee',
  supplier: 'Supplier reference',
  costCode: 'Cost code',
  route: 'Route',
  amount: 'Amount in pounds',
  returned: 'Came back, in pounds',
  state: 'State',
  dueOn: 'Due by',
  paidOn: 'Paid on',
  intervention: 'Intervention',
  kind: 'Kind',
  kinds: { child: 'One child', project: 'School project' },
  asked: 'Asked for, in pounds',
  agreed: 'Agreed, in pounds',
  urgent: 'Urgent',
  yes: 'Yes',
  no: 'No',
  sentOn: 'Sent',
  decidedOn: 'Decided',
  at: 'When',
  from: 'From',
  to: 'To',
  cause: 'Why',
  application: 'Application',
  payment: 'Payment',
  noChild: 'No child is named.',
} as const
