import type { Pence } from '../../../src/domain/funding/pence.ts'
import { pounds } from './money.ts'

/** Words of the council's pages about applications: the queue, the decision, the agenda. */
export const queueWords = {
  title: 'Pupil premium',
  heading: (toDecide: number, days: number) =>
    toDecide === 0
      ? 'Nothing waits for a decision'
      : `${toDecide} to decide, the oldest for ${days} ${days === 1 ? 'day' : 'days'}`,
  free: 'Allocated, free',
  promised: 'Promised',
  toPay: 'Approved, not paid',
  decision: 'Median days to decision',
  payment: 'Median days to payment',
  base: (count: number) => `of ${count}`,
  overCommitted: (amount: Pence) =>
    `${pounds(amount)} more is promised than is allocated. Nothing more can be approved from this fund and year until the allocation rises, something is taken back, or a promise is released. What was approved can still be paid.`,
  yearEnd: (days: number) =>
    `The financial year ends in ${days === 1 ? '1 day' : `${days} days`}: what has not arrived by 31 March may be lost.`,
  yearEndLink: 'See what is at risk',
  show: { open: 'To decide', asked: 'Waiting for the school', agreed: 'Agreed', ended: 'Declined or withdrawn' },
  showLegend: 'Show',
  go: 'Show',
  none: 'None.',
  columns: {
    reference: 'Reference',
    what: 'What',
    school: 'School',
    amount: 'Amount',
    waiting: 'Waiting',
    state: 'State',
    needs: 'Needs',
  },
  urgent: 'Urgent',
  days: (days: number) => `${days} ${days === 1 ? 'day' : 'days'}`,
  project: (children: number) => `Project, ${children} children`,
  needs: { officer: 'One officer', panel: 'A panel', second: 'A panel, two people' },
  agenda: 'Agenda',
  csv: 'As a CSV file',
  xlsx: 'As a workbook',
} as const

/** Words of the page on which an application is decided. */
export const decideWords = {
  back: 'Back to the queue',
  waiting: 'Waiting',
  needs: 'Needs',
  record: 'Open the record',
  left: (name: string, date: string) => `${name} left this school on ${date}.`,
  careEnded: (name: string, date: string) =>
    `${name} left care on ${date}. After that day no new money is for the child.`,
  before: 'Asked for before',
  beforeLine: (reference: string, what: string, amount: Pence, state: string) =>
    `${reference}: ${what}, ${pounds(amount)}, ${state.toLowerCase()}`,
  extract: 'Attainment for the child’s age, newest return',
  extractNone: 'No return says anything of attainment yet.',
  gateHeading: 'Before it is paid',
  gateSays: 'It can be paid without these. The school was shown them before it applied.',
  gateBlocks: 'It is not sent to finance before these are in. The days count as the council’s own.',
  pass: 'Pay without them',
  passWhy: 'Why?',
  passed: 'May be paid before everything is in.',
  heading: 'Decide',
  second: (amount: Pence, name: string) =>
    `${name} agreed ${pounds(amount)}. A second person agrees to the same amount, or to none.`,
  kinds: { approve: 'Agree', ask: 'Ask the school', defer: 'Put off', decline: 'Decline' },
  kindLegend: 'What do you decide?',
  amount: 'How much, £',
  amountHint: (asked: Pence) => `All or part of ${pounds(asked)}.`,
  payee: 'Who is paid?',
  payeeSchool: 'The school',
  day: 'Looked at again on',
  dayHint: 'Only where it is put off. For example 9 7 2026.',
  said: 'What the school is told',
  saidHint: 'The question, the reason, what is agreed. No names.',
  note: 'Note for those who decide',
  noteHint: 'The school never sees it.',
  decide: 'Decide',
  interest: 'You have an interest in this?',
  interestSays: 'Then you do not decide on it. Those who decide can see that you said so.',
  interestWhy: 'What is it?',
  interestDo: 'Say so',
  interests: 'Do not decide on it',
  interestLine: (name: string, said: string) => `${name}: ${said}`,
  payment: 'Payment',
  paymentLine: (reference: string, state: string, due: string) => `${reference}, ${state.toLowerCase()}, due by ${due}`,
  notePrefix: 'Note:',
  undo: 'Take the decision back',
  undoSays: 'As long as it has not been paid. Its money stands free again, and the application waits for a decision.',
  problems: {
    not_now: 'This cannot be decided now. Look at what happened.',
    has_interest: 'You have said that you have an interest in this: somebody else decides.',
    needs_panel: 'An amount like this is a panel’s to agree: a member of the panel or the head decides.',
    not_on_agenda: 'Put it on the agenda of a panel’s meeting first. Only what is urgent is decided without one.',
    same_person: 'You agreed to it already. Above this amount two different people agree.',
    reviewed_by_decider: 'You decided on it before. A review is somebody else’s.',
    amount:
      'Type an amount in pounds, such as 456.50: no more than was asked for, and for a second person the same as the first.',
    reason: 'Tell the school why, or what you ask.',
  },
  toMend: {
    kind: 'Choose what you decide.',
    day: 'Give a day to come, such as 9 7 2027.',
    why: 'Say why.',
    upn: 'This holds a UPN. Leave it out.',
  },
  beyond:
    'The allocation as it stands now does not reach, or somebody decided at the same moment. Nothing was changed. Look again.',
} as const

/** Words of the agenda of a panel. */
export const agendaWords = {
  title: 'Panel agenda',
  heading: (count: number, date: string | null) =>
    date === null ? 'No meeting is set' : `${count} on the agenda for ${date}`,
  meeting: (date: string) => `Meeting on ${date}`,
  toPut: 'Not on an agenda yet',
  toPutSays: 'Above what one officer decides.',
  none: 'Everything that needs a panel is on an agenda.',
  day: 'Day of the meeting',
  dayHint: 'For example 9 7 2026. The same day is the same meeting.',
  put: 'Put on the agenda',
  toMend: { nothing: 'Tick at least one application.', day: 'Give a day from today on, such as 9 7 2027.' },
  total: (amount: Pence) => `${pounds(amount)} asked for altogether`,
} as const

/** Words of the links between the pages about a council's money. */
export const fundingNavWords = {
  label: 'Pages about the fund',
  places: {
    queue: 'Applications',
    agenda: 'Agenda',
    runs: 'Pay runs',
    payments: 'Payments',
    settlements: 'Settlements',
    radar: 'Year end',
    impact: 'What it did',
    surveys: 'Surveys',
    incentives: 'GCSE incentive',
    ledger: 'Ledger',
    allocation: 'Allocation',
    rules: 'Rules',
  },
} as const

/** Words of the pages on which payments go to finance and come back paid. */
export const paymentWords = {
  title: 'Payments',
  heading: (toSend: Pence, count: number) =>
    count === 0
      ? 'Nothing to send to finance'
      : `${pounds(toSend)} to send to finance, ${count === 1 ? '1 payment' : `${count} payments`}`,
  setUp: 'Supplier set-up needed',
  setUpSays: 'These wait until finance has set the payee up. The days count as the council’s own.',
  setUpDo: 'Set up',
  toSend: 'To send to finance',
  send: (count: number) => `Send ${count === 1 ? '1 payment' : `${count} payments`}`,
  sendSays: 'Makes one file of them, by reference, payee and amount. No child is in it.',
  held: 'Wait for the virtual school',
  heldSays: 'The council’s own rule holds these back until something is in. The head can let them pass.',
  withFinance: 'With finance',
  batch: (date: string, count: number, total: Pence) =>
    `Sent ${date}: ${count === 1 ? '1 payment' : `${count} payments`}, ${pounds(total)}`,
  paid: 'Paid',
  paidUpload: 'What finance has paid',
  paidSays:
    'A CSV file or a workbook with the reference, the amount and the day of each payment. Each line is held against what was sent.',
  paidFile: 'Your file',
  paidDo: 'Read it',
  paidFiles: 'Files read before',
  fileLine: (name: string, date: string, by: string) => `${name}, ${date}${by === '' ? '' : `, ${by}`}`,
  columns: {
    reference: 'Reference',
    payee: 'Payee',
    amount: 'Amount',
    due: 'Due by',
    paidOn: 'Paid on',
    state: 'State',
    line: 'Line',
    result: 'Result',
  },
  late: 'late',
  results: {
    matched: 'Matched: paid',
    paid_before: 'Paid before',
    differs: 'The amount is another',
    unknown: 'No such reference',
    not_read: 'No amount or day',
    not_sent: 'Finance was not sent this',
  },
  reconciled: (matched: number, of: number) => `${matched} of ${of} lines matched`,
  missing: 'With finance, and not in the file',
  missingNone: 'Every payment that finance has is in the file.',
  same: 'This very file was read before.',
  noFile: 'Choose a file.',
  back: 'Back to payments',
  payee: 'Payee',
  payeeName: 'Name',
  payeeRoute: 'How it is paid',
  supplier: 'Supplier reference',
  supplierHint: 'As finance’s system knows it. Never a sort code or an account number.',
  costCode: 'Cost code',
  save: 'Save',
  addPayee: 'Add a payee that is no school',
  one: (reference: string) => `Payment ${reference}`,
  what: 'What happened',
  events: {
    sent_to_finance: 'Sent to finance',
    paid: 'Paid',
    returned: 'Came back',
    cancelled: 'Cancelled',
    gate_passed: 'May be paid before everything is in',
    used: 'Use reported',
  },
  of: (what: string, who: string) => `${what}, for ${who}`,
  returnHeading: 'Money came back',
  returnAmount: 'How much, £',
  returnDay: 'On which day?',
  returnWhy: 'Why?',
  returnDo: 'Note it',
  cancelHeading: 'Cancel it',
  cancelSays: 'Its money stands free again.',
  cancelDo: 'Cancel it',
  csv: 'As a CSV file',
  xlsx: 'As a workbook',
  toMend: {
    name: 'Give it a name.',
    route: 'Choose how it is paid.',
    bank: 'This looks like bank details. They have no place here: finance holds them.',
    amount: (most: Pence) => `Type an amount in pounds, up to ${pounds(most)}.`,
    day: 'Give a day up to today, such as 9 7 2026.',
    why: 'Say why.',
    upn: 'This holds a UPN. Leave it out.',
    nothing: 'Nothing is ready to be sent.',
  },
} as const

/** Words of the ledger. */
export const ledgerWords = {
  title: 'Ledger',
  heading: (free: Pence) => `${pounds(free)} free in all funds of this year`,
  pots: (fund: string, year: string) => `${fund}, ${year}`,
  potColumns: { fund: 'Fund and year' },
  week: (date: string) => `Week of ${date}`,
  weeks: 'Week by week',
  weeksSays: 'The last twelve weeks. Each line left one pot and entered another.',
  none: 'Nothing has moved.',
  columns: { at: 'When', what: 'Why', from: 'From', to: 'To', amount: 'Amount', of: 'Of' },
  close: 'Close a quarter',
  closeSays:
    'Notes what stands in each pot now, with what finance’s file and ours differ in. A quarter may be closed again.',
  fund: 'Fund and year',
  quarter: 'Quarter',
  quarters: { 1: 'April to June', 2: 'July to September', 3: 'October to December', 4: 'January to March' },
  said: 'What was found',
  closeDo: 'Close it',
  closed: 'Closed before',
  closedLine: (fund: string, year: string, quarter: string, date: string, by: string) =>
    `${fund}, ${year}, ${quarter}: closed ${date}${by === '' ? '' : ` by ${by}`}`,
  csv: 'As a CSV file',
  xlsx: 'As a workbook',
  toMend: {
    fund: 'Choose a fund and year.',
    quarter: 'Choose a quarter.',
    said: 'Say what was found, or that all agrees.',
    upn: 'This holds a UPN. Leave it out.',
  },
} as const
