import type { ContactKind, ContactOutcome } from '../../../src/domain/chasing.ts'
import type { PlainDate } from '../../../src/domain/dates.ts'
import type { Phase, Term } from '../../../src/domain/return/item.ts'
import { count, countWords, figure, list, sentence } from './counts.ts'
import { day, nearDay, shortDay, termWords } from './dates.ts'

const hours = (minutes: number): string => {
  const [whole, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (whole === 0) return `${rest} min`
  return rest === 0 ? `${whole} h` : `${whole} h ${rest} min`
}

/** How somebody spoke with a school. */
export const contactKindWords: Readonly<Record<ContactKind, string>> = {
  call: 'Call',
  visit: 'Visit',
  meeting: 'Meeting',
  email: 'E-mail',
}

/** What came of it. */
export const contactOutcomeWords: Readonly<Record<ContactOutcome, string>> = {
  spoke: 'Spoke with them',
  will_send: 'They will send it',
  needs_help: 'They need help',
  wrong_person: 'Not the right person any more',
  message: 'Left a message',
  no_answer: 'No answer',
}

/** The phases as a list is narrowed by them. */
export const phaseWords: Readonly<Record<Phase, string>> = {
  early_years: 'Early years',
  key_stage_1: 'Key stage 1',
  key_stage_2: 'Key stage 2',
  key_stage_3: 'Key stage 3',
  key_stage_4: 'Key stage 4',
  post_16: 'Post-16',
}

/** Words of the list of who owes a return, its calls and its reminders. */
export const callsWords = {
  title: 'Calls and reminders',
  heading: (owing: number, overdue: number, schools: number) => {
    if (owing === 0) return schools === 0 ? 'No school is asked for a return' : 'Every return is in'
    const owes = countWords(owing, 'school owes', 'schools owe')
    return sentence(
      overdue === 0
        ? `${owes} a return, none of them overdue`
        : overdue === owing
          ? `${owes} a return, ${owing === 1 ? '' : 'all '}overdue`
          : `${owes} a return, ${countWords(overdue, 'of them overdue', 'of them overdue')}`,
    )
  },
  nothing: 'Nothing is owed in a round that is open. Calls and visits can still be logged from a school’s page.',
  coverage: ' reached this term',
  coverageHidden: 'How many schools were reached',
  coverageBase: (reached: number, base: number, term: Term, from: PlainDate) =>
    `${figure(reached)} of ${count(base, 'school')} with a pupil of ours: a call, visit, meeting or e-mail that reached somebody since ${nearDay(from)}, the first day of the ${termWords[term].toLowerCase()} term. Reminders, messages and calls without an answer are not counted.`,
  coverageNone: 'No pupil of ours has a place at a school today.',
  cost: 'What it costs',
  costSays: (cost: {
    readonly contacts: number
    readonly timed: number
    readonly minutes: number
    readonly reminders: number
    readonly returns: number
  }) => {
    const timed = cost.timed === cost.contacts ? '' : ` (for ${figure(cost.timed)} of them)`
    const spent = cost.timed === 0 ? '' : `, ${hours(cost.minutes)} noted${timed}`
    const each =
      cost.returns === 0 || cost.timed === 0 ? '' : ` About ${hours(Math.round(cost.minutes / cost.returns))} a return.`
    return `This term: ${count(cost.contacts, 'contact')}${spent}, ${count(cost.reminders, 'reminder')}, ${count(cost.returns, 'return')} in.${each}`
  },
  actions: 'To do',
  actionsNone: 'Nothing was left to do.',
  actionDue: (owner: string, due: PlainDate, today: PlainDate) =>
    `${owner === '' ? '' : `${owner}, `}${due < today ? `was due ${nearDay(due)}` : due === today ? 'due today' : `due ${nearDay(due)}`}`,
  done: 'Done',
  doneFor: (school: string) => `at ${school}`,
  list: 'Schools, longest overdue first',
  area: 'Area',
  all: 'All',
  here: 'Here',
  elsewhere: 'Elsewhere',
  hereCell: 'here',
  state: 'State',
  overdue: 'Overdue',
  stage: 'Key stage',
  filter: 'Filter',
  noneFits: 'No school fits. Choose “All” to see every school that owes a return.',
  columns: {
    school: 'School',
    due: 'Due',
    owed: 'Owed',
    contact: 'Last contact',
    lead: 'Who leads',
    next: 'Next',
  },
  late: (days: number) => (days === 1 ? '1 day late' : `${days} days late`),
  dueOn: (date: PlainDate) => `Due ${shortDay(date)}`,
  extended: 'extended',
  reopened: 'open again',
  owed: (questions: number) => (questions === 1 ? 'question' : 'questions'),
  minutes: (minutes: number) => (minutes === 0 ? 'to confirm' : `about ${minutes} min`),
  never: 'None yet',
  reminded: (date: string) => `reminded ${date}`,
  noLead: 'Nobody',
  checked: (date: PlainDate) => `checked ${shortDay(date)}`,
  notChecked: 'not checked',
  nextWords: { lead: 'Name a lead', remind: 'Remind', call: 'Log a call' },
  shown: (shown: number, of: number) => `Showing ${shown} of ${of}.`,
  nextPage: (schools: number) => `Next ${schools}`,
  previousPage: 'Previous',
  remindThese: (schools: number) => (schools === 1 ? 'Remind this school' : `Remind these ${schools} schools`),
  remindSays: (aWeek: number) =>
    `One e-mail to each lead and deputy. It names no child. ${aWeek === 0 ? 'Reminders are off' : aWeek === 1 ? 'At most one a week to a school' : `At most ${aWeek} a week to a school`}, and each is logged. You see first who gets one.`,
  settings: 'How we remind',
  sentNote: (sent: number, not: number) =>
    `${sentence(countWords(sent, 'school is', 'schools are'))} reminded.${not === 0 ? '' : ` ${sentence(countWords(not, 'school', 'schools'))} had nothing sent: somebody was first, or it came in meanwhile.`}`,

  remindTitle: 'Remind',
  remindHeading: (goes: number, stays: number) =>
    goes === 0
      ? 'No school would be reminded'
      : `Remind ${countWords(goes, 'school')}?${stays === 0 ? '' : ` ${sentence(countWords(stays, 'gets', 'get'))} none.`}`,
  remindLead: 'One e-mail to each lead and deputy. It names no child, and each is logged.',
  remindGoes: 'They get an e-mail',
  remindStays: 'They get none',
  remindColumns: { school: 'School', to: 'To', due: 'Due', why: 'Why not' },
  why: {
    capped: (aWeek: number) =>
      aWeek === 0
        ? 'Reminders are off'
        : aWeek === 1
          ? 'Reminded this week already'
          : `Reminded ${aWeek} times this week`,
    no_lead: () => 'No lead or deputy is named',
    extension: () => 'Has a later date, which has not come',
    in: () => 'Is in already',
  },
  remindButton: (schools: number) => (schools === 1 ? 'Send one reminder' : `Send ${schools} reminders`),
  remindRead: 'Read it first',
  remindSubject: 'Subject',
  remindText: 'Text',
  leave: 'Send nothing',
  backToCalls: 'Calls and reminders',

  schoolTitle: (school: string) => `${school}: calls and contacts`,
  schoolHeading: (school: string) => school,
  who: 'Who answers',
  nobody: 'No lead is named.',
  nameLead: 'Name a lead',
  verified: (date: PlainDate, by: string) => `Contacts checked ${nearDay(date)}${by === '' ? '' : ` by ${by}`}.`,
  unverified: 'Nobody has checked these contacts yet.',
  checkedToday: 'Checked today: they are right',
  owedHere: 'What is owed',
  owedNothing: 'Nothing is owed in a round that is open.',
  owedRow: (round: string, due: PlainDate) => `${round}, due ${nearDay(due)}`,
  owedSays: (questions: number, minutes: number) =>
    questions === 0 ? 'Every answer is in, to confirm' : `${count(questions, 'question')}, about ${minutes} min`,
  laterDate: 'Give a later date',
  returns: 'Returns that came',
  returnsNone: 'None yet.',
  returnRow: (round: string, pupils: number, when: string) => `${round}: ${count(pupils, 'pupil')}, ${when}`,
  returnLate: (due: PlainDate) => `late, was due ${day(due)}`,
  withdrawn: 'withdrawn',
  log: 'Calls, visits, meetings and e-mails',
  logNone:
    'Nothing is logged yet. What you log stays with your virtual school: the school does not see it, nor does any other council.',
  logHead: (kind: ContactKind, date: PlainDate, minutes: number | null) =>
    `${contactKindWords[kind]}, ${day(date)}${minutes === null ? '' : `, ${hours(minutes)}`}`,
  logWith: (kind: ContactKind, withWhom: string) => (kind === 'meeting' ? `Attended: ${withWhom}` : `With ${withWhom}`),
  logBy: (by: string) => `Logged by ${by}`,
  logAction: (what: string, owner: string, due: PlainDate) =>
    `To do: ${what}${owner === '' ? '' : ` (${owner}, by ${nearDay(due)})`}`,
  logDone: (when: string, by: string) => `Done ${when}${by === '' ? '' : `, ${by}`}`,
  reminders: 'Reminders',
  remindersNone: 'None sent.',
  reminderRow: (when: string, recipients: number, by: string) =>
    `${when}, to ${count(recipients, 'person', 'people')}${by === '' ? ', by itself' : `, ${by}`}`,
  form: 'Log a call, visit, meeting or e-mail',
  kind: 'What it was',
  day: 'When',
  dayHint: 'For example, 10 7 2026',
  withWhom: 'With whom',
  withWhomHint: 'The name of somebody at the school; for a meeting, everybody who attended',
  said: 'What was said',
  saidHint:
    'Name no child, and write no initials or UPN: this is about the school. A child’s matters belong on the child’s page.',
  outcome: 'What came of it',
  minutesTaken: 'Minutes it took',
  minutesHint: 'Leave empty where you do not know',
  action: 'What is to be done next',
  actionHint: 'Leave empty where nothing is. Name no child.',
  owner: 'Who does it',
  actionBy: 'By when',
  choose: 'Choose',
  save: 'Log it',
  toMend: {
    kind: 'Choose what it was.',
    day: 'Give a day that exists, such as 10 7 2026.',
    future: 'Give today or an earlier day: it is logged once it has happened.',
    withWhom: 'Give the name of whom you spoke or tried to speak with.',
    outcome: 'Choose what came of it.',
    minutes: 'Give whole minutes, from 0 to 600.',
    upn: 'This holds a UPN. Take it out: the log names no child.',
    owner: 'Choose who does it.',
    actionBy: 'Give the day by which it is done.',
  },

  settingsTitle: 'How we remind',
  settingsHeading: (aWeek: number) =>
    aWeek === 0
      ? 'Nobody is reminded'
      : aWeek === 1
        ? 'A school is reminded once a week at most'
        : `A school is reminded ${aWeek} times a week at most`,
  settingsSince: (when: string, by: string, reason: string) =>
    `Set ${when}${by === '' ? '' : ` by ${by}`}: “${reason}”`,
  aWeek: 'Reminders a week to a school, at most',
  aWeekHint: 'From 0 (none) to 5',
  daysBefore: 'Remind by itself, days before the date due',
  daysBeforeHint: 'From 1 to 10; 0 for never. Each school once a round, and it counts towards the week.',
  settingsReason: 'Reason',
  settingsSave: 'Save',
  settingsToMend: {
    aWeek: 'Give a number from 0 to 5.',
    daysBefore: 'Give a number from 0 to 10.',
    reason: 'Give the reason: it stands beside the setting.',
  },
  to: (names: readonly string[]) => list(names),
} as const
