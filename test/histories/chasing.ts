import type { ReturnRow } from '../../connectors/termly-return/rows.ts'
import { scopeFor } from '../../src/access/scope.ts'
import { type Instant, plusDays, plusMinutes, todayInLondon } from '../../src/domain/dates.ts'
import { itemOf } from '../../src/domain/return/dictionary.ts'
import type { Scope } from '../../src/domain/scope.ts'
import { confirmReturn } from '../../src/intake/confirm-return.ts'
import { stageReturn } from '../../src/intake/receive-return.ts'
import { openReturns, withReferences } from '../../src/returns/due.ts'
import { saveTyped, wordingOf } from '../../src/returns/form.ts'
import { isLate } from '../../src/returns/late.ts'
import { queueOf } from '../../src/returns/queue.ts'
import { remindBeforeDue, remindSchool } from '../../src/returns/remind.ts'
import type { Runtime } from '../../src/runtime.ts'
import { seedRound } from '../../src/seed/round.ts'
import { actionDone, logContact } from '../../src/store/contacts.ts'
import { Conflict, type Statement } from '../../src/store/db.ts'
import { draftsInRounds } from '../../src/store/drafts.ts'
import { importById, importsOfDelivery } from '../../src/store/imports.ts'
import { personByEmail } from '../../src/store/people.ts'
import { setReminders } from '../../src/store/reminders.ts'
import { closeOpenRound, setRoundDate } from '../../src/store/round-dates.ts'
import { openRounds, submissionsOf } from '../../src/store/rounds.ts'
import { schoolByUrn, virtualSchools } from '../../src/store/schools.ts'
import { statement } from '../../src/store/statement.ts'

/** A school that owes a return, its lead, and an officer of the virtual school that asks. */
export type Owing = {
  readonly school: number
  readonly council: number
  readonly round: number
  readonly lead: { readonly number: number; readonly scope: Scope }
  readonly officer: { readonly number: number; readonly scope: Scope }
}

/** Fills a store with one round about one pupil, which the school has not answered. */
export const openOwing = async (runtime: Runtime): Promise<Owing> => {
  await seedRound(runtime, { pupils: 1, seed: 5 })
  const { query } = runtime.db
  const now = runtime.now()
  const council = (await virtualSchools(query))[0]?.number ?? 0
  const lead = (await personByEmail(query, 'd.okoro@ellerwick.example'))?.number ?? 0
  const officer = (await personByEmail(query, 'h.marsh@wendlemoor.example'))?.number ?? 0
  return {
    school: (await schoolByUrn(query, todayInLondon(now), '900001'))?.number ?? 0,
    council,
    round: (await openRounds(query))[0]?.number ?? 0,
    lead: { number: lead, scope: scopeFor(lead, { kind: 'school' }, now) },
    officer: {
      number: officer,
      scope: scopeFor(officer, { kind: 'council', virtualSchool: council, role: 'data_officer' }, now),
    },
  }
}

const at = (runtime: Runtime, now: Instant): Runtime => ({ ...runtime, now: () => now })

const mailCount = async ({ db }: Runtime): Promise<number> =>
  (
    await db.query
      .selectFrom('outbox')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
  ).count

/**
 * Two people press "Remind" at the same moment, week after week, and then press again. Gives what went wrong: unless one
 * mail goes out a week, one of the two is told, and the school is capped until Monday.
 */
export const remindTogether = async (
  runtime: Runtime,
  { council, officer }: Owing,
  times: number,
): Promise<readonly string[]> => {
  const wrong: string[] = []
  const by = { virtualSchool: council, by: officer.number, part: 'data_officer' }
  for (let time = 1; time <= times; time += 1) {
    const later = at(runtime, plusMinutes(runtime.now(), (time + 2) * 7 * 24 * 60))
    const scope = { ...officer.scope, today: todayInLondon(later.now()) }
    const queue = await queueOf(later, scope)
    const owing = queue.schools[0]
    if (!owing) return ['nobody owes']
    const before = await mailCount(later)
    const ordinal = owing.remindedInWeek + 1
    const both = await Promise.all([1, 2].map(() => remindSchool(later, queue, owing, ordinal, by)))
    if (both.sort().join(' ') !== 'meanwhile sent') wrong.push(`${time}: ${both.join(' ')}`)
    if ((await remindSchool(later, queue, owing, ordinal + 1, by)) !== 'meanwhile') wrong.push(`${time}: over the cap`)
    if ((await remindSchool(later, queue, owing, 0, by)) !== 'meanwhile') wrong.push(`${time}: before the first`)
    if ((await mailCount(later)) !== before + 1) wrong.push(`${time}: not one mail`)
    if ((await queueOf(later, scope)).schools[0]?.reminder !== 'capped') wrong.push(`${time}: not capped`)
  }
  return wrong
}

/** By itself nobody is reminded until a council sets it; then once, in the days before the date due. */
export const remindByItself = async (runtime: Runtime, { council, officer }: Owing): Promise<readonly number[]> => {
  const sent = [(await remindBeforeDue(runtime)).sent]
  const set = (version: number, daysBefore: number) =>
    setReminders(runtime.db.query, council, {
      ...{ version, aWeek: 1, daysBefore, reason: 'Tried out', at: runtime.now(), by: officer.number },
    })
  await runtime.db.commit([set(1, 2)])
  for (const days of [0, 8, 9, 10, 11])
    sent.push((await remindBeforeDue(at(runtime, plusMinutes(runtime.now(), days * 24 * 60)))).sent)
  await runtime.db.commit([set(2, 0)])
  return sent
}

const refused = async (runtime: Runtime, statements: readonly Statement[]): Promise<boolean> => {
  try {
    await runtime.db.commit(statements)
    return false
  } catch (problem) {
    if (problem instanceof Conflict) return true
    throw problem
  }
}

/** Two officers set a date, and two say that the same thing is done: of each pair one is told. */
export const setTogether = async (runtime: Runtime, owing: Owing): Promise<readonly number[]> => {
  const { query } = runtime.db
  const { school, round, council, officer } = owing
  const now = runtime.now()
  const date = (days: number) =>
    setRoundDate(query, {
      ...{ round, school, sequence: 1, kind: 'extended', day: plusDays(todayInLondon(now), days) },
      ...{ reason: 'New to the post', at: now, by: officer.number },
    })
  const dates = await Promise.all([12, 13].map((days) => refused(runtime, [date(days)])))
  await runtime.db.commit(
    logContact(query, {
      ...{ id: 'contactcontactcontactcont' as never, virtualSchool: council, school, kind: 'call' as const },
      ...{ day: todayInLondon(now), minutes: 5, withWhom: 'Dana Okoro', said: '', outcome: 'spoke' as const },
      ...{ at: now, by: officer.number },
      action: { what: 'Send the link again', owner: officer.number, due: todayInLondon(now) },
    }),
  )
  const done = await Promise.all(
    [1, 2].map(() => refused(runtime, [actionDone('contactcontactcontactcont', now, officer.number)])),
  )
  return [dates, done].map((pair) => pair.filter(Boolean).length)
}

const rowFor = (reference: string, hours: string): ReturnRow => ({
  number: 1,
  at: {},
  reference: { raw: reference, at: {} },
  upn: null,
  council: null,
  surname: null,
  forename: null,
  dateOfBirth: null,
  findings: [],
  answers: [{ item: 'hours_offered', raw: hours, state: 'given', value: hours, at: {} }],
})

/**
 * The school sends while an officer closes the round, again and again. Gives what went wrong: unless the return is in or
 * stays as it was, nothing is taken once the round is closed, drafts are kept, and all goes in, late or not by the date
 * due, once the round is open again for the school.
 */
export const closeTogether = async (runtime: Runtime, owing: Owing, times: number): Promise<readonly string[]> => {
  const wrong: string[] = []
  const { query } = runtime.db
  const { school, council, round, lead, officer } = owing
  const item = itemOf('child_view_words')
  const returns = async () => withReferences(runtime.db, lead.scope, await openReturns(query, lead.scope))
  if (!item) return ['no such question']
  for (let time = 1; time <= times; time += 1) {
    const one = (await returns())[0]
    if (!one) return [...wrong, `${time}: nobody is due`]
    const received = await stageReturn(
      runtime,
      { name: 'own.csv', bytes: new TextEncoder().encode(String(time)) },
      { edition: '1', rows: [rowFor(one.reference, String(10 + (time % 20)))], findings: [] },
      { school, virtualSchools: [council], by: lead.number, via: 'page' },
    )
    if (received.outcome === 'refused') return [...wrong, received.finding.code]
    const part = (await importsOfDelivery(query, lead.scope, received.delivery))[0]
    if (!part) return [...wrong, 'not staged']
    const confirm = () =>
      confirmReturn(runtime, lead.scope, part, { by: lead.number, part: 'school', warningsAccepted: true })
    const close = () => refused(runtime, closeOpenRound(round, runtime.now()))
    const [sent, , ...closings] = await Promise.all([confirm(), undefined, close(), close()])
    if (closings.filter(Boolean).length !== 1) wrong.push(`${time}: closed by both or by nobody`)
    const state = (await importById(query, lead.scope, part.id))?.state
    if (state !== (sent.outcome === 'submitted' ? 'published' : 'staged')) wrong.push(`${time}: left ${state}`)
    if (state === 'staged' && (await confirm()).outcome === 'submitted') wrong.push(`${time}: taken by a closed round`)
    const typed = (raw: string) => ({
      typed: [
        {
          item: item.code,
          raw,
          base: wordingOf(one, item, new Map()).version,
          shown: wordingOf(one, item, new Map()).shown,
        },
      ],
      affirm: false,
    })
    // The page was made while the round was open: what it saves meets the round as it is now.
    const stale = await saveTyped(runtime, lead.scope, async () => one, new Map(), typed(`Late ${time}`)).catch(
      (problem: unknown) => (problem instanceof Conflict ? { outcome: 'refused' as const } : Promise.reject(problem)),
    )
    if (stale.outcome !== 'refused') wrong.push(`${time}: a closed round saves`)
    const again = await stageReturn(
      runtime,
      { name: 'again.csv', bytes: new TextEncoder().encode(`again ${time}`) },
      { edition: '1', rows: [rowFor(one.reference, '9')], findings: [] },
      { school, virtualSchools: [council], by: lead.number, via: 'page' },
    )
    if (again.outcome !== 'refused' || again.finding.code !== 'ROUND_CLOSED')
      wrong.push(`${time}: a closed round reads`)
    const drafts = await draftsInRounds(query, lead.scope, [round], [one.due.pupil])
    await runtime.db.commit([
      setRoundDate(query, {
        ...{ round, school, sequence: 100 + time, kind: 'reopened', day: lead.scope.today, reason: 'Flooded' },
        ...{ at: runtime.now(), by: officer.number },
      }),
    ])
    const open = (await returns())[0]
    if (!open) wrong.push(`${time}: not open again`)
    else {
      const saved = await saveTyped(runtime, lead.scope, async () => (await returns())[0], new Map(), {
        typed: [
          {
            ...{ item: item.code, raw: `Draft ${time}` },
            ...{ base: wordingOf(open, item, new Map()).version, shown: wordingOf(open, item, new Map()).shown },
          },
        ],
        affirm: false,
      })
      if (saved.outcome !== 'saved' || saved.changed !== 1) wrong.push(`${time}: nothing saved once open again`)
    }
    if ((await draftsInRounds(query, lead.scope, [round], [one.due.pupil])).length < drafts.length)
      wrong.push(`${time}: drafts lost`)
    if (state === 'staged' && (await confirm()).outcome !== 'submitted') wrong.push(`${time}: does not go in later`)
    await runtime.db.commit([
      statement('update round set closed_at = null where number = ?', [round]),
      statement("delete from round_date where round_number = ? and kind = 'reopened'", [round]),
    ])
  }
  return wrong
}

/** What the submissions of a school say of themselves: late by the date due when each came. */
export const lateness = async ({ db }: Runtime, { lead }: Owing): Promise<readonly boolean[]> =>
  (await submissionsOf(db.query, lead.scope)).map(isLate)
