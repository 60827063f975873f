import type { PlainDate } from '../../../src/domain/dates.ts'
import type { PlanDue, PlanRule, PlanState } from '../../../src/domain/plan.ts'
import { count, figure, ordinal } from './counts.ts'
import { day, termWords } from './dates.ts'

/** How a plan stands, in a word. */
export const planStateWords: Readonly<Record<PlanState, string>> = {
  in_date: 'In date',
  overdue: 'Overdue',
  first_to_come: 'First plan to come',
  not_known: 'Not known',
}

const units: Readonly<Record<PlanRule['unit'], (number: number) => string>> = {
  weekdays: (number) => `${count(number, 'weekday')} after`,
  days: (number) => `${count(number, 'day')} after`,
  term_ends: (number) =>
    number === 0
      ? 'by the end of the term of'
      : number === 1
        ? 'by the end of the term after'
        : `by the end of the ${ordinal(number)} term after`,
}

const triggers = { care_began: 'care began', plan_held: 'the last meeting' } as const

/** A rule as a sentence has it: '20 weekdays after care began'. */
export const planRuleWords = (rule: Pick<PlanRule, 'count' | 'unit' | 'after'>): string =>
  `${units[rule.unit](rule.count)} ${triggers[rule.after]}`

/** Why a plan is due when it is. */
export const planWhy = (due: PlanDue): string =>
  due.because.kind === 'set'
    ? `${day(due.date)} is the day the council set.`
    : `${day(due.date)} is ${planRuleWords(due.because.rule)}, ${day(due.because.from)}. This rule holds from ${day(due.because.rule.validFrom)}: ${due.because.rule.source}. Weekdays are Monday to Friday, bank holidays too.`

/** Words of plans (PEPs): where each stands, why it is due when it is, and a council's own rules. */
export const planWords = {
  heading: 'Plan (PEP)',
  last: 'Last meeting',
  next: 'Next, by',
  notKnown: 'not known',
  why: 'Why this date?',
  terms: 'By term',
  held: (date: PlainDate) => `held ${day(date)}`,
  due: (date: PlainDate) => `due ${day(date)}`,
  submitted: (date: PlainDate) => `submitted ${day(date)}`,
  rated: (rating: string, by: string | null, on: PlainDate | null) =>
    `rated ${rating}${by ? ` by ${by}` : ''}${on ? ` on ${day(on)}` : ''}`,
  nothing: 'nothing held yet',
  section: (when: string, receipt: string) => `School’s section in with the return, ${when}, receipt ${receipt}`,
  term: (term: keyof typeof termWords, year: number) => `${termWords[term]} ${term === 'autumn' ? year : year + 1}`,
  source: (file: string | null, by: string, when: string) => {
    if (file === null) return `Typed by ${by === '' ? 'an officer' : by}, ${when}`
    return file === ''
      ? `From the council’s record, ${when}`
      : `From ${file}, ${by === '' ? '' : `sent by ${by}, `}${when}`
  },
  shown: 'Shown to you by the council. You are not asked for these dates.',
  change: 'Say where the plan stands',
  inbox: 'Plans (PEPs) coming up',
  inboxSays: 'Shown by the councils; nothing to fill in here. The print for the meeting is on each pupil’s page.',
  inboxRow: (council: string, date: PlainDate) => `${council}, next meeting by ${day(date)}`,
  formLine: (date: PlainDate | null, held: PlainDate | null) =>
    `Plan (PEP): ${held ? `last held ${day(held)}` : 'no meeting known'}, ${date ? `next by ${day(date)}` : 'next day not known'}. Shown by the council, not asked.`,
  figure: (inDate: number, base: number) => `${figure(inDate)} of ${figure(base)} plans in date`,
  figureRest: (overdue: number, first: number, notKnown: number) =>
    `${figure(overdue)} overdue, ${figure(first)} waiting for a first plan in time, ${figure(notKnown)} not known`,
  figureNone: 'No plans: no pupils are in this round.',
  rules: 'When a plan is due',
  rulesTitle: 'When plans (PEPs) are due',
  rulesLead:
    'Each date is worked out from the rule in force on the day it counts from, and says so. A day you type or bring in for one child stands above the rule.',
  rulesColumns: { rule: 'Due', from: 'In force from', source: 'Where it comes from' },
  usual: 'Usual, until you set your own',
  own: 'Your own',
  setOwn: 'Set your own rule',
  after: 'Counts from',
  afters: { care_began: 'The day care began', plan_held: 'The last meeting' },
  count: 'How many',
  unit: 'Of what',
  unitNames: { weekdays: 'Weekdays', days: 'Days, weekends too', term_ends: 'Ends of terms (0: the same term)' },
  validFrom: 'In force from',
  validFromHint: 'For example, 1 9 2026',
  sourceLabel: 'Where it comes from',
  sourceHint: 'Your policy and its date: shown to whoever asks “why this date?”',
  setButton: 'Set the rule',
  backToRounds: 'All rounds',
  isSection: 'This return is the school’s section of the plan (PEP): a return that comes in closes it.',
  isNotSection: 'This return is not counted as the school’s section of the plan (PEP).',
  makeSection: 'Count it as the plan’s school section',
  unmakeSection: 'Do not count it any more',
  toMend: {
    after: 'Choose what the rule counts from.',
    count: 'Give a whole number, from 0 to 400.',
    unit: 'Choose what to count.',
    validFrom: 'Give a day that exists, such as 1 9 2026.',
    source: 'Say where the rule comes from.',
    nothing: 'Fill in what is known: a day, or how the plan was rated.',
    toCome: 'this day is still to come. Give the day once it has been.',
    upn: 'This holds a UPN. Take it out: schools read where a rule comes from.',
  },
} as const
