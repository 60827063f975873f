import type { CoachCheck } from '../../../src/domain/funding/application.ts'
import type { Pence } from '../../../src/domain/funding/pence.ts'
import type { ApplicationEvent } from '../../../src/domain/funding/states.ts'
import { pounds } from './money.ts'

/** Words of the pages on which a school asks for money and follows it. */
export const moneyWords = {
  title: 'Money',
  over: (year: string) => `Financial year ${year}`,
  heading: (onItsWay: Pence, questions: number) => {
    const question = questions === 1 ? 'one question to answer' : `${questions} questions to answer`
    if (onItsWay > 0) return `${pounds(onItsWay)} on its way${questions > 0 ? `, ${question}` : ''}`
    return questions > 0 ? question.charAt(0).toUpperCase() + question.slice(1) : 'Nothing is on its way'
  },
  onItsWay: 'On its way',
  beingDecided: 'Being decided',
  paidThisYear: 'Paid this year',
  toReport: 'Use still to report',
  payments: (count: number) => `${count} ${count === 1 ? 'payment' : 'payments'}`,
  requests: (count: number) => `${count} ${count === 1 ? 'request' : 'requests'}`,
  track: 'Track my money',
  steps: 'Five steps: asked, decided, with finance, paid, use reported',
  none: 'You have not asked for money yet.',
  ask: 'Ask for money',
  drafts: 'Drafts',
  draftOf: (date: string) => `Begun ${date}`,
  finish: 'Finish the draft',
  from: (council: string) => `from ${council}`,
  project: (children: number) => `A project for ${children} children`,
  projectOf: (children: number) => `${children} ${children === 1 ? 'child' : 'children'}, one project`,
  oneLeft: 'A child you no longer follow',
  since: (date: string, days: number) =>
    days === 0 ? `since today, ${date}` : `since ${date}, ${days === 1 ? '1 day' : `${days} days`}`,
  paidOn: (date: string, reference: string) => `${date}, remittance ${reference}`,
  by: (date: string, name: string) => (name === '' ? date : `${date}, by ${name}`),
  asks: (said: string) => `They ask: ${said}`,
  answer: 'Answer',
  dueBy: (date: string) => `Due in your account by ${date}.`,
  dueLate: (date: string) => `It was due by ${date}. The council can see that it is late.`,
  setUp: 'The council has to set your school up as a supplier first. It knows, and these days count as its own.',
  deferredTo: (date: string) => `It is looked at again on ${date}.`,
  deciding: {
    panelOn: (council: string, date: string) => `It is on the agenda of ${council}’s panel on ${date}.`,
    officer: (council: string) => `An officer of ${council} decides.`,
    panel: (council: string, meets: string) =>
      `${council}’s panel decides${meets === '' ? '' : `: it meets ${meets}`}.`,
  },
  held: (council: string, missing: readonly string[]) =>
    `${council} does not pay before ${missing.length === 1 ? 'this is' : 'these are'} in: ${missing.join('; ')}. Then it goes to finance.`,
  reportUse: 'Report how it was used',
  nothingMore: 'Nothing more to do.',
  reviewBy: (date: string) => `You may ask for a review, by somebody else, until ${date}.`,
  look: 'Look at it',
  remittances: 'Remittances',
  remittancesSays: 'For the bursar: each payment by its reference. No child is named.',
  reference: 'Reference',
  payer: 'From',
  amount: 'Amount',
  state: 'Where it stands',
  due: 'Paid on, or due by',
  returned: (amount: Pence) => `${pounds(amount)} came back`,
  csv: 'As a CSV file',
  xlsx: 'As a workbook',
} as const

/** Words of a payment that nobody had to ask for. */
export const paidWords = {
  heading: (what: string, who: string) => `${what}, for ${who}`,
  says: (council: string) =>
    `${council} pays this by its own rules, without an application. Nothing has to be asked for.`,
  left: (council: string) =>
    `The child is no longer at your school, or no longer looked after. ${council} settles what becomes of the money.`,
  cameBack: 'Came back',
} as const

/** Words of choosing whom money is asked for. */
export const askWords = {
  title: 'Ask for money',
  heading: 'Whom is it for?',
  says: 'Tick one child, or several of the same council for one project. You can apply now even if a return or a plan is still to come.',
  begin: 'Begin',
  none: 'You have no pupils that a council looks after today, so there is nobody to ask for.',
  toMend: {
    nobody: 'Tick at least one child.',
    several: 'Tick children of one council only. Each council decides on its own money.',
    most: 'Tick at most 30 children for one project.',
    funds:
      'Tick children of one fund only: before Reception, from Reception to year 11, or from year 12. Ask for the others apart.',
  },
  back: 'Back to money',
} as const

/** Words of the form of an application. */
export const applicationWords = {
  title: (council: string) => `Ask ${council} for money`,
  over: (fund: string) => fund,
  heading: (what: string, who: string) => `${what} for ${who}`,
  asking: (amount: Pence, council: string) => `Asking ${council} for ${pounds(amount)}`,
  saved: 'Saved. Nothing is sent until you press Send.',
  children: 'For',
  parts: { why: 'What is needed, and what will change', how: 'What the money does', cost: 'What it costs' },
  fields: {
    need: 'What does the child need?',
    needHint: 'From the plan (PEP). Write “he”, “she” or “the child”, no names.',
    baseline: 'Where is the child now?',
    baselineHint: 'Something you can measure again, such as 11 of 25 on fractions.',
    baselineOn: 'When was that measured?',
    target: 'What will have changed?',
    measure: 'How will you measure it?',
    targetOn: 'When will you measure it?',
    targetOnHint: 'Most schools allow 10 to 12 weeks. For example 19 2 2027.',
    dateHint: 'For example 18 5 2026.',
    owner: 'Who at your school sees to it?',
    ownerHint: 'A role, such as head of maths.',
    intervention: 'What support is it?',
    interventionEmpty: 'Choose',
    provider: 'Who gives it?',
    providerHint: 'A firm, a charity or your own staff.',
    hours: 'How many hours altogether?',
    schoolPays: 'What does your school pay of it?',
    schoolPaysHint: 'In pounds. Leave empty for nothing.',
    urgent: 'It cannot wait: a place at school is at risk, or the child is new to care',
    urgentWhy: 'Why can it not wait?',
    anyway: 'If you send it as it is: why?',
    anywayHint: 'Only where something above is still to finish.',
  },
  line: (at: number) => `Cost ${at}`,
  lineFields: { what: 'What', purpose: 'Kind', quantity: 'How many', each: 'Price of one, £', amount: 'Comes to, £' },
  purposeEmpty: 'Choose',
  save: 'Save and check',
  send: 'Send',
  withdraw: 'Withdraw it',
  discard: 'Throw this draft away',
  discardSays: (council: string) => `${council} has not seen it. What you typed cannot be brought back.`,
  leave: 'Back to money',
  coach: (good: number, of: number) => `Before you send: ${good} of ${of} checks are good`,
  good: 'Good',
  finish: 'To finish',
  checks: {
    need: { good: 'It says what is needed', finish: 'Say what the child needs' },
    baseline: {
      good: 'The target says where the child is now',
      finish: 'Say where the child is now, and what will have changed',
    },
    measure: { good: 'It says how you will measure it', finish: 'Say how you will measure it' },
    date: { good: 'It has a date', finish: 'It needs a date' },
    owner: { good: 'Somebody sees to it', finish: 'Say who sees to it' },
    intervention: { good: 'It says what it is', finish: 'Choose what support it is' },
    costs: { good: 'The costs add up', finish: 'The costs do not add up yet' },
    purpose: { good: 'It is something the money can be used for', finish: 'Say what each cost is for' },
    readable: { good: 'Every day and number can be read', finish: 'A day or a number cannot be read' },
    not_before: { good: 'No other request for this in this term', finish: 'This was asked for in this term already' },
  } satisfies Readonly<Record<CoachCheck, { readonly good: string; readonly finish: string }>>,
  details: {
    line_differs: (line: number, comesTo: Pence, says: Pence) =>
      `Cost ${line} comes to ${pounds(comesTo)}. The line says ${pounds(says)}.`,
    line_unread: (line: number) => `Cost ${line} needs an amount in pounds, such as 38 or 456.50.`,
    line_unnamed: (line: number) => `Say what cost ${line} is.`,
    unread: {
      day: (typed: string) => `“${typed}” is no day of the calendar. Type one such as 19 2 2027, or leave it empty.`,
      number: (typed: string) => `“${typed}” is no number. Type one such as 12 or 10.5, or leave it empty.`,
      pounds: (typed: string) => `“${typed}” is no amount in pounds. Type one such as 38 or 456.50, or leave it empty.`,
    },
    nothing_asked: 'Put in at least one cost that your school does not pay itself.',
    school_pays_unread:
      'What your school pays is no amount in pounds. Type one such as 38 or 456.50, or leave it empty.',
    date_past: 'The day is past, or today.',
    excluded: (line: number, purpose: string, council: string) =>
      `Cost ${line}: ${council} does not pay for ${purpose.toLowerCase()}.`,
    purpose_missing: (line: number) => `Choose a kind for cost ${line}.`,
    asked_before: (references: string) => `See ${references}.`,
  },
  stops: 'It cannot be sent before this is done.',
  mayAnyway: 'It may be sent with a reason.',
  gate: (council: string) => `Before ${council} can pay`,
  gateItems: {
    return: 'The newest return',
    plan: 'A plan (PEP) meeting this term',
    use: 'How money paid before this term was used',
  },
  gateInline: {
    return: 'the newest return',
    plan: 'a plan (PEP) meeting this term',
    use: 'how money paid before this term was used',
  },
  isIn: 'In',
  notIn: 'Not in yet',
  gateToDo: 'See what is due',
  gateApply: 'You can apply now.',
  gateUrgent: 'If a school place is at risk, say so: nothing is held up.',
  gateSays: (council: string) => `${council} asks for these before it pays, and can pay without them.`,
  gateWaits: (council: string) =>
    `${council} does not pay before these are in, unless somebody there decides otherwise.`,
  decides: (council: string) => `How ${council} decides`,
  upTo: (amount: Pence) => `Up to ${pounds(amount)}: one officer.`,
  panel: (amount: Pence, meets: string) => `Above ${pounds(amount)}: a panel${meets === '' ? '' : `, ${meets}`}.`,
  second: (amount: Pence) => `Above ${pounds(amount)}: two people.`,
  median: (days: number) =>
    days === 0
      ? 'It has usually decided on the same day.'
      : `It has usually taken ${days} ${days === 1 ? 'day' : 'days'} to decide.`,
  policy: 'In its own words',
  policyLink: 'Its policy',
  toMend: {
    stops: 'Finish what is marked before you send it.',
    left: 'Nobody this is for is at your school and in care today: no new money can be asked for.',
    anyway: 'Some things are still to finish. Finish them, or say why you send it as it is.',
    urgentWhy: 'Say why it cannot wait.',
    upn: 'This holds a UPN. Leave it out: the council knows whom it is for.',
    meanwhile:
      'This draft was changed meanwhile, by somebody else at your school or by you in another window. What you typed is below: press the button again to keep it instead.',
    long: 'This is too long. 2,000 characters are the most.',
  },
} as const

/** Words of files added as evidence. */
export const evidenceWords = {
  heading: 'Files',
  add: 'Add a file',
  says: 'A picture or a PDF, up to 5 MB: an invoice, a register, a certificate. Where a picture was taken is removed from it. Leave out what shows other children.',
  do: 'Add it',
  line: (date: string, by: string, kilobytes: number) => `${date}${by === '' ? '' : `, ${by}`}, ${kilobytes} KB`,
  toMend: {
    none: 'Choose a file.',
    big: 'This file is too big. 5 MB are the most.',
    kind: 'This is neither a PDF nor a picture (.pdf, .png, .jpg), or it is not whole.',
    again: 'This very file is there already, or there are ten files, which are the most.',
  },
} as const

/** Words of an application that has been sent, for the school. */
export const sentWords = {
  reference: 'Reference',
  asked: 'Asked for',
  agreed: 'Agreed',
  sent: 'Sent',
  what: 'What was sent',
  comesTo: 'Comes to',
  history: 'What happened',
  events: {
    sent: 'Sent',
    asked: 'The council asks',
    answered: 'The school answers',
    deferred: 'Put off',
    seconded: 'Agreed by one of two people',
    approved: 'Agreed',
    declined: 'Not agreed',
    withdrawn: 'Withdrawn',
    review_asked: 'A review is asked for',
    undone: 'Taken back',
    gate_passed: 'May be paid before everything is in',
    used: 'Use reported',
    told: 'Social worker told',
  } satisfies Readonly<Record<ApplicationEvent, string>>,
  partly: (agreed: Pence, asked: Pence) => `${pounds(agreed)} of ${pounds(asked)}`,
  answerHeading: 'The council asks',
  answer: 'Your answer',
  sendAnswer: 'Send the answer',
  reviewHeading: 'Ask for a review',
  reviewSays: (date: string) => `Somebody who has not decided on it looks at it again. You may ask until ${date}.`,
  review: 'What should be looked at again?',
  askReview: 'Ask for a review',
  withdrawHeading: 'Withdraw it',
  withdrawSays: 'Nothing is decided or paid on it any more. What was sent stays on record.',
  withdrawWhy: 'Why?',
  useHeading: 'How was it used?',
  spent: 'Spent, £',
  hoursGiven: 'Hours given',
  outcome: 'How does the target stand?',
  measured: 'Where is the child now?',
  measuredHint: (before: string) => (before === '' ? 'The same measure as before.' : `Before: ${before}`),
  useSaid: 'What else should the council know?',
  sendUse: 'Report the use',
  useSays: 'You may report again later: the newest counts, the earlier ones stay.',
  uses: 'How it was used',
  useHours: (hours: number) => `${hours} hours`,
  lessSchool: (amount: Pence) => `less ${pounds(amount)} from the school`,
  useLine: (spent: Pence, outcome: string) => `${pounds(spent)} spent. ${outcome}.`,
  toMend: {
    answer: 'Write an answer.',
    why: 'Say why.',
    spent: 'Say what was spent, in pounds, such as 456.50.',
    spentMost: (agreed: Pence) =>
      `No more than ${pounds(agreed)} was agreed. Put what your school paid beyond it in words.`,
    hours: 'Say the hours as a number, such as 12 or 10.5, or leave it empty.',
    outcome: 'Choose how the target stands.',
    measured: 'Say where the child is now.',
  },
} as const
