import { type PlainDate, plainDate, plusDays } from './dates.ts'

/** How somebody of a virtual school spoke with a school. */
export const contactKinds = ['call', 'visit', 'meeting', 'email'] as const
export type ContactKind = (typeof contactKinds)[number]

/** What came of it. */
export const contactOutcomes = ['spoke', 'will_send', 'needs_help', 'wrong_person', 'message', 'no_answer'] as const
export type ContactOutcome = (typeof contactOutcomes)[number]

/** The outcomes by which nobody at the school was reached: they are no contact in the coverage of a term. */
export const unreached: readonly ContactOutcome[] = ['message', 'no_answer']

/** The Monday of a day's week: the weeks in which reminders are counted. */
export const weekOf = (day: PlainDate): PlainDate =>
  plusDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

/** How a virtual school reminds: at most so often a week to a school, and by itself so many weekdays before the date due. */
export type ReminderRule = {
  readonly aWeek: number
  /** 0 for never. */
  readonly daysBefore: number
}

type DatedReminderRule = ReminderRule & { readonly validFrom: PlainDate; readonly source: string }

/** What counts where a virtual school has set nothing, by the day from which it does. */
const reminderRules: readonly DatedReminderRule[] = [
  {
    validFrom: plainDate('2014-09-01'),
    source:
      'Default of this service: one a week. A school may be asked by several councils, none of which can see that; after one reminder a call does more than a second.',
    aWeek: 1,
    daysBefore: 0,
  },
]

/** The rule in force on a day where a virtual school has set none, with the reason for it. */
export const defaultReminderRule = (on: PlainDate): DatedReminderRule => {
  const rule = reminderRules.findLast(({ validFrom }) => validFrom <= on) ?? reminderRules[0]
  if (!rule) throw new Error('a rule without data')
  return rule
}

/** The most that a virtual school may set for itself. */
export const reminderLimits = { aWeek: 5, daysBefore: 10 } as const

/** A return this many days late is for a call, whatever reminders are left. */
export const callAfterDays = 7
