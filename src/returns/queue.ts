import { firstDayOfTerm, termOf } from '../domain/calendar.ts'
import { callAfterDays, defaultReminderRule, type ReminderRule, weekOf } from '../domain/chasing.ts'
import { daysBetween, type Instant, type PlainDate, todayInLondon } from '../domain/dates.ts'
import { phaseOf } from '../domain/return/ask.ts'
import { minutesFor } from '../domain/return/completeness.ts'
import type { Phase, Term } from '../domain/return/item.ts'
import type { SchoolDates } from '../domain/school-dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Runtime } from '../runtime.ts'
import { contactChecks, contactCosts, lastContacts } from '../store/contacts.ts'
import { type Appointed, peopleOfCouncil } from '../store/people.ts'
import { ownPupilsAtSchools } from '../store/pupils.ts'
import { reminderSetting, remindersSent } from '../store/reminders.ts'
import { roundsOpenToSome } from '../store/round-dates.ts'
import { type Round, submissionsOf } from '../store/rounds.ts'
import type { School } from '../store/schools.ts'
import { boardOf, type SchoolWithReturns } from './board.ts'
import type { ReturnStanding } from './due.ts'

/** What one school owes in one round that takes its answers today. */
export type Owed = {
  readonly round: Round
  readonly dates: SchoolDates
  readonly standing: ReturnStanding
  readonly questions: number
}

/** One school that owes a return, and what is known of the way to it. */
export type OwingSchool = {
  readonly school: School
  readonly here: boolean
  /** Most overdue first. */
  readonly owed: readonly Owed[]
  readonly questions: number
  readonly minutes: number
  /** Of the round longest overdue; 0 while nothing is. */
  readonly daysOverdue: number
  readonly phases: ReadonlySet<Phase>
  readonly lastContact: PlainDate | null
  readonly lead: Appointed | undefined
  readonly answering: readonly Appointed[]
  readonly checkedOn: PlainDate | null
  readonly remindedInWeek: number
  readonly remindedAt: Instant | null
  readonly reminder: ReminderStanding
  readonly next: 'lead' | 'remind' | 'call'
}

/** Whether a school can be reminded now, and why not. */
export type ReminderStanding = 'goes' | 'capped' | 'no_lead' | 'extension'

/** Everything owed to a virtual school today, and how far its contacts reach this term. */
export type Queue = {
  readonly schools: readonly OwingSchool[]
  readonly rule: ReminderRule
  readonly week: PlainDate
  readonly term: { readonly term: Term; readonly firstDay: PlainDate }
  /** Schools with a pupil of the council today, and those of them where somebody was reached this term. */
  readonly coverage: { readonly reached: number; readonly base: number }
  readonly cost: {
    readonly contacts: number
    readonly timed: number
    readonly minutes: number
    readonly reminders: number
    readonly returns: number
  }
}

const longestFirst = (one: OwingSchool, other: OwingSchool) =>
  other.daysOverdue - one.daysOverdue ||
  Number(one.here) - Number(other.here) ||
  (one.lastContact ?? '').localeCompare(other.lastContact ?? '') ||
  other.questions - one.questions ||
  one.school.name.localeCompare(other.school.name)

/** Owing schools of the viewer's virtual school: longest overdue first, then elsewhere, then longest without a contact. */
export const queueOf = async (runtime: Runtime, scope: Scope): Promise<Queue> => {
  const { query } = runtime.db
  const today = todayInLondon(runtime.now())
  const week = weekOf(today)
  const term = termOf(today)
  const since = firstDayOfTerm(term.academicYear, term.term)
  const rounds = await roundsOpenToSome(query, scope)
  const [boards, setting, contacts, checks, reminders, people, pupils, cost, submissions] = await Promise.all([
    Promise.all(rounds.map((round) => boardOf(runtime, scope, round))),
    reminderSetting(query, scope),
    lastContacts(query, scope),
    contactChecks(query, scope),
    remindersSent(query, scope, week, `${since}T00:00:00.000Z` as Instant),
    peopleOfCouncil(query, scope),
    ownPupilsAtSchools(query, scope),
    contactCosts(query, scope, since),
    submissionsOf(query, scope),
  ])
  const rule = setting ?? defaultReminderRule(today)
  const bySchool = new Map<number, (Owed & { readonly on: SchoolWithReturns })[]>()
  for (const { round, schools } of boards)
    for (const on of schools) {
      if (on.standing === 'submitted' || !on.dates.open) continue
      const questions = on.returns.reduce((sum, { completeness }) => sum + completeness.missing.length, 0)
      const owed = { round, dates: on.dates, standing: on.standing, questions, on }
      bySchool.set(on.school.number, [...(bySchool.get(on.school.number) ?? []), owed])
    }
  const schools = [...bySchool].flatMap(([number, owed]): OwingSchool[] => {
    const first = owed[0]
    if (!first) return []
    const { school, here } = first.on
    const answering = people.filter(
      (one) => one.school === number && (one.role === 'designated_teacher' || one.role === 'deputy'),
    )
    const lead = answering.find(({ role }) => role === 'designated_teacher')
    const sent = reminders.get(number)
    const inWeek = sent?.inWeek ?? 0
    const daysOverdue = Math.max(0, ...owed.map(({ dates }) => daysBetween(dates.due, today)))
    const reminder: ReminderStanding =
      answering.length === 0
        ? 'no_lead'
        : inWeek >= rule.aWeek
          ? 'capped'
          : owed.every(({ dates }) => dates.extended !== null && dates.due >= today)
            ? 'extension'
            : 'goes'
    const questions = owed.reduce((sum, one) => sum + one.questions, 0)
    return [
      {
        school,
        here,
        owed: owed.map(({ on: _, ...one }) => one).sort((one, other) => one.dates.due.localeCompare(other.dates.due)),
        questions,
        minutes: minutesFor(questions),
        daysOverdue,
        phases: new Set(owed.flatMap(({ on }) => on.returns.flatMap(({ due }) => phaseOf(due.yearGroup) ?? []))),
        lastContact: contacts.get(number)?.tried ?? null,
        lead,
        answering,
        checkedOn: checks.get(number)?.day ?? null,
        remindedInWeek: inWeek,
        remindedAt: sent?.last ?? null,
        reminder,
        next: reminder === 'no_lead' ? 'lead' : reminder === 'goes' && daysOverdue <= callAfterDays ? 'remind' : 'call',
      },
    ]
  })
  const withPupils = [...pupils.keys()]
  return {
    schools: schools.sort(longestFirst),
    rule,
    week,
    term: { term: term.term, firstDay: since },
    coverage: {
      reached: withPupils.filter((school) => (contacts.get(school)?.reached ?? '') >= since).length,
      base: withPupils.length,
    },
    cost: {
      ...cost,
      reminders: [...reminders.values()].reduce((sum, one) => sum + one.since, 0),
      returns: new Set(
        submissions
          .filter(({ state, at }) => state === 'published' && todayInLondon(at) >= since)
          .map(({ round, school }) => `${round}/${school}`),
      ).size,
    },
  }
}
