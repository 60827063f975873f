import { plainDate } from '../../src/domain/dates.ts'
import { emptyApplication } from '../../src/domain/funding/application.ts'
import { financialYearAt } from '../../src/domain/funding/financial-year.ts'
import type { Pot } from '../../src/domain/funding/ledger.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import type { CouncilRole } from '../../src/domain/scope.ts'
import { usualFundingRules } from '../../src/funding/rules.ts'
import { csvFile } from '../../src/seed/random.ts'
import { bringInRoll } from '../../src/seed/roll.ts'
import { applicationHappens, beginApplication, giveReference } from '../../src/store/application-steps.ts'
import { setAllocation, setFundingRules } from '../../src/store/funding-rules.ts'
import { putOnAgenda } from '../../src/store/panel.ts'
import { personByEmail } from '../../src/store/people.ts'
import { statement } from '../../src/store/statement.ts'
import { smallPeople, smallWorld } from '../small-world.ts'
import { browserFor } from './browser.ts'

const fund = 'pupil_premium_plus' as const

/** The people who decide and pay in the world of money; `teacher` works at the school and sits on the panel, `deputy` is an officer too. */
export const moneyPeople = {
  ...smallPeople,
  member: 'member@small.example',
  other: 'other@small.example',
  teacher: 'teacher@small.example',
  deputy: 'deputy@small.example',
  finance: 'finance@small.example',
} as const
type PersonOfMoney = keyof typeof moneyPeople

/** One council with money, a panel and finance, and one school with three pupils whose applications have been sent. */
export const moneyWorld = async () => {
  const world = await smallWorld(
    ['Alder', 'Birch', 'Cedar'].map((surname) => ({ surname, year: '5', born: '2016-10-01' })),
  )
  const { runtime, council, school } = world
  const { db } = runtime
  const urn = '900070'
  await bringInRoll(
    runtime,
    council,
    csvFile('staff.csv', [
      ['email', 'name', 'role', 'urn'],
      [smallPeople.lead, 'Lee Small', 'designated_teacher', urn],
      [smallPeople.officer, 'Olu Small', 'officer', null],
      [smallPeople.data, 'Dee Small', 'data_officer', null],
      [smallPeople.head, 'Hal Small', 'head', null],
      [moneyPeople.member, 'Mem Small', 'panel_member', null],
      [moneyPeople.other, 'Ola Small', 'panel_member', null],
      [moneyPeople.teacher, 'Tea Small', 'deputy', urn],
      [moneyPeople.teacher, 'Tea Small', 'panel_member', null],
      [moneyPeople.deputy, 'Dep Small', 'deputy', urn],
      [moneyPeople.deputy, 'Dep Small', 'officer', null],
      [moneyPeople.finance, 'Fin Small', 'finance', null],
    ]),
  )
  const of = { virtualSchool: council, fund, year: financialYearAt(runtime.now()) }
  await db.commit(
    setAllocation(
      of,
      {
        ...{ sequence: 1, standing: 'final', amount: pence(50_000_00), rate: null, heads: null },
        ...{ source: 'a letter', at: runtime.now(), before: pence(0) },
      },
      world.by,
    ),
  )
  const person = async (name: PersonOfMoney) => (await personByEmail(db.query, moneyPeople[name]))?.number ?? 0
  const as = (name: PersonOfMoney, role?: CouncilRole) =>
    browserFor(runtime, moneyPeople[name], role ? `council:${council}:${role}` : 'school')
  const pupils = await db.query.selectFrom('pupil').select('number').orderBy('number').execute()

  /** An application of the school for its first pupil, sent by somebody and on today's agenda; its public id. */
  const asked = async (amount: number, by: PersonOfMoney = 'lead'): Promise<string> => {
    const [id, at, sender] = [newPublicId(), runtime.now(), await person(by)]
    await db.commit([
      ...beginApplication(
        {
          ...{ id, virtualSchool: council, school: school.number, fund, kind: 'child' },
          ...{ typed: JSON.stringify(emptyApplication), pupils: [pupils[0]?.number ?? 0] },
        },
        at,
        sender,
      ),
      statement("update application set asked = ?, intervention = 'other' where id = ?", [amount, id]),
      giveReference(id, of.year, at),
      ...applicationHappens({ id, events: 0 }, { event: 'sent' }, { state: 'waiting' }, at, sender),
    ])
    const { number } = await db.query
      .selectFrom('application')
      .select('number')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const today = world.scope().today
    await db.commit(putOnAgenda(council, { id: newPublicId(), day: today }, [number], at, await person('head')))
    return id
  }

  const applicationRow = (id: string) =>
    db.query.selectFrom('application').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const decide = async (
    name: PersonOfMoney,
    role: CouncilRole,
    id: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<Response> =>
    (await as(name, role)).post(`/funding/applications/${id}/decide`, {
      ...{ seen: String((await applicationRow(id)).events), kind: 'approve', said: '', note: '', payee: '', day: '' },
      ...fields,
    })
  const paymentsFor = async (id: string) =>
    db.query
      .selectFrom('payment')
      .selectAll()
      .where('application_number', '=', (await applicationRow(id)).number)
      .execute()
  let version = 0
  /** From now on the council asks for a plan's meeting before it pays, or warns of it. */
  const setGate = async (plan: 'warn' | 'block') => {
    version += 1
    const rules = JSON.stringify({ ...usualFundingRules, gate: { ...usualFundingRules.gate, plan } })
    const from = plainDate('2026-04-01')
    await db.commit([
      setFundingRules(
        { council, validFrom: from, version, rules, source: 'the board', at: runtime.now() },
        await person('head'),
      ),
    ])
  }
  /** What stands in a pot of this year. */
  const pot = async (name: Pot) =>
    (await db.query.selectFrom('pot_balance').select('amount').where('pot', '=', name).executeTakeFirst())?.amount ?? 0
  return { ...world, of, person, as, asked, decide, applicationRow, paymentsFor, pot, setGate }
}
