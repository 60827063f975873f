import type { Pence } from '../../../src/domain/funding/pence.ts'
import { pounds } from './money.ts'

/** Words of the radar of the end of the financial year. */
export const radarWords = {
  title: 'Year end',
  heading: (atRisk: Pence, days: number) => {
    const left = days === 1 ? '1 day' : `${days} days`
    return atRisk === 0 ? `Nothing is at risk, ${left} left` : `${pounds(atRisk)} at risk, ${left} left`
  },
  over: (year: string) => `Financial year ${year}`,
  lead: 'What has not arrived by 31 March may be lost to the children. Money that is approved and not paid by then has to be accounted for.',
  free: 'Free',
  committed: 'Promised',
  approved: 'Approved, not paid',
  paid: 'Paid',
  notReported: 'Paid, use not known',
  toDo: 'To do',
  none: 'Nothing is on its way.',
  actions: {
    plan_free: 'Plan what is still free',
    decide: 'Decide what waits',
    second: 'Find a second person for what one has agreed',
    set_up: 'Have finance set these suppliers up',
    let_pass: 'Chase what is missing before it is paid, or let it pass',
    send: 'Send these to finance',
    chase_finance: 'Ask finance about what is past its day',
    ask_use: 'Ask schools how it was used',
  },
  actionOf: (what: string, count: number, amount: Pence) => {
    const one = what === 'decide' || what === 'second' || what === 'ask_use' ? 'application' : 'payment'
    return `${count} ${count === 1 ? one : `${one}s`}, ${pounds(amount)}`
  },
  bySchool: 'By school',
  byChild: 'By child',
  lines: 'Each on its way',
  columns: {
    reference: 'Reference',
    school: 'School',
    child: 'Child',
    amount: 'Amount',
    stage: 'How far',
    risk: 'What keeps it',
    onTheWay: 'On its way',
    atRisk: 'At risk',
    notReported: 'Use not known',
  },
  stages: {
    committed: 'Promised',
    approved: 'Approved',
    with_finance: 'With finance',
    not_reported: 'Paid',
  },
  risks: {
    second: 'a second person',
    set_up: 'supplier set-up',
    held: 'something is not in yet',
    late: 'past its day',
    due_after: 'due after 31 March',
    not_reported: 'use not known',
  },
} as const

/** Words of what money did. */
export const impactWords = {
  title: 'What it did',
  heading: (met: number, of: number) => (of === 0 ? 'No use has been reported yet' : `${met} of ${of} targets met`),
  lead: 'Of the applications you agreed to and what you paid by entitlement. Each figure says of how many; a child may stand in several. A dash: no use has been reported yet.',
  interventions: 'By intervention',
  byEntitlement: 'Paid by entitlement',
  columns: {
    intervention: 'Intervention',
    granted: 'Agreed to',
    children: 'Children',
    agreed: 'Amount',
    spent: 'Spent',
    hours: 'Hours',
    met: 'Met',
    partly: 'Partly',
    notMet: 'Not met',
    tooEarly: 'Too early',
    base: 'Reported',
    perMet: 'Cost of a target met',
  },
  attainment: 'Attainment before and after',
  attainmentSays: (judgements: number, children: number) =>
    `${judgements} judgements of ${children} children that have one before the decision and one after it, from their termly returns: for the child’s age. Money is one of many reasons.`,
  attainmentNone: 'No child has a judgement before and one after a decision yet.',
  bandColumns: {
    band: 'For the child’s age',
    before: 'Before',
    after: 'After',
    points: 'Change in points',
    times: 'As a multiple',
  },
  bands: { below: 'Below', at: 'At', above: 'Above', not_assessed: 'Not assessed' },
  share: (count: number, hundredths: number) => `${count} (${(hundredths / 100).toFixed(1)}%)`,
  points: (points: number) => `${points > 0 ? '+' : points < 0 ? '−' : ''}${Math.abs(points / 100).toFixed(1)}`,
  times: (hundredths: number) => `× ${(hundredths / 100).toFixed(2)}`,
  membersCsv: 'For members and governors, small numbers held back (CSV)',
  membersXlsx: 'The same as a workbook',
  held: 'held back',
  notKnown: '–',
} as const

/** Words of what becomes of money when a child has moved or left care. */
export const settleWords = {
  title: 'Settlements',
  heading: (open: number) =>
    open === 0 ? 'Nothing is to be settled' : `${open === 1 ? '1 payment' : `${open} payments`} to settle`,
  lead: 'Approved or paid for a child who has left the school, or care, since. Your rules propose; you decide.',
  because: { moved: 'left the school', care_ended: 'left care' },
  who: (name: string, because: string, date: string) => `${name} ${because} on ${date}`,
  rules: {
    keep: 'Your rules: it stays.',
    recoup: 'Your rules: what is not spent comes back.',
    pro_rata: 'Your rules: what the days not there come to comes back.',
    transfer: 'Your rules: what is not spent goes on to the next school.',
  },
  paid: (amount: Pence, school: string, date: string) => `${pounds(amount)} to ${school} on ${date}`,
  onItsWay: (amount: Pence, school: string, withFinance: boolean) =>
    `${pounds(amount)} to ${school}, approved and ${withFinance ? 'with finance' : 'not sent to finance'}. Nothing is paid yet.`,
  spent: (amount: Pence) => `${pounds(amount)} is reported as spent.`,
  nothingSpent: 'No spending is reported: ask the school before you take it as unspent.',
  stays: (amount: Pence) => `${pounds(amount)} stays.`,
  back: (amount: Pence) => `${pounds(amount)} is to come back.`,
  onwards: (amount: Pence, school: string) => `${pounds(amount)} is to go on to ${school}.`,
  due: (amount: Pence) => `${pounds(amount)} would still be due.`,
  notDue: (amount: Pence) => `${pounds(amount)} would not.`,
  dueElsewhere: (amount: Pence, school: string) => `${pounds(amount)} would be due to ${school}.`,
  settled: (said: string) => `It stays: ${said}`,
  paidAllTheSame: (said: string) => `It is paid all the same: ${said}`,
  why: 'Why does it stay?',
  stay: 'It stays',
  whyPay: 'Why is it to be paid all the same?',
  pay: 'Pay it all the same',
  cancel: 'Cancel it',
  came: 'Note what came back',
  cameBack: (amount: Pence) => `${pounds(amount)} came back.`,
  passOn: (amount: Pence, school: string) => `Pay ${pounds(amount)} to ${school}`,
  passedOn: 'It was paid on to the next school.',
  open: 'To settle',
  done: 'Settled',
  toMend: { why: 'Say why.', upn: 'This holds a UPN. Leave it out.' },
} as const
