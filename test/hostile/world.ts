import { writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { type Instant, type PlainDate, plusDays, plusMinutes, todayInLondon } from '../../src/domain/dates.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import { confirmReturn } from '../../src/intake/confirm-return.ts'
import { intakeScope, receiveReturn } from '../../src/intake/receive-return.ts'
import { returnSheet } from '../../src/returns/sheet.ts'
import type { NodeRuntime } from '../../src/runtime/node/open.ts'
import { addVirtualSchools } from '../../src/seed/demo.ts'
import { csvFile } from '../../src/seed/random.ts'
import { bringInRoll } from '../../src/seed/roll.ts'
import { importsOfDelivery } from '../../src/store/imports.ts'
import { personByEmail, startSession } from '../../src/store/people.ts'
import { openRound } from '../../src/store/rounds.ts'
import { schoolByUrn, virtualSchools } from '../../src/store/schools.ts'
import { hashOf, newSecret } from '../../src/web/secrets.ts'
import { makeUpn, seededRandom } from '../make.ts'

/** A child of the hostile world: whose, where and since when; its name is a word that stands nowhere else. */
export type Child = {
  readonly canary: string
  readonly council: '991' | '992' | '993'
  readonly urn: '900001' | '900002'
  readonly from: number
  readonly to?: number
  readonly confirmed?: false
  readonly careEnds?: readonly [number, string]
  readonly noDisclose?: true
}

export const children: readonly Child[] = [
  { canary: 'Qxonroll', council: '991', urn: '900001', from: -400 },
  { canary: 'Qxsecondcouncil', council: '992', urn: '900001', from: -400 },
  { canary: 'Qxthirdcouncil', council: '993', urn: '900001', from: -400 },
  { canary: 'Qxtomorrow', council: '991', urn: '900001', from: 1 },
  { canary: 'Qxyesterday', council: '991', urn: '900001', from: -400, to: -1 },
  { canary: 'Qxlongago', council: '991', urn: '900001', from: -900, to: -500 },
  { canary: 'Qxnever', council: '991', urn: '900002', from: -400 },
  { canary: 'Qxasserted', council: '991', urn: '900001', from: -400, confirmed: false },
  { canary: 'Qxcareended', council: '991', urn: '900001', from: -400, careEnds: [-1, 'returned_home'] },
  { canary: 'Qxsealed', council: '991', urn: '900001', from: -400, careEnds: [-30, 'adopted'] },
  { canary: 'Qxhidden', council: '991', urn: '900002', from: -400, noDisclose: true },
  { canary: 'Qxotherplace', council: '992', urn: '900002', from: -400 },
]

/** The people of the hostile world: who they are to whom. */
export const people = [
  ['lead1', 'designated_teacher', '900001', ['991', '992']],
  ['deputy1', 'deputy', '900001', ['991']],
  ['colleague1', 'colleague', '900001', ['991']],
  ['lead2', 'designated_teacher', '900002', ['991', '992']],
  ['lead3', 'designated_teacher', '900001', ['993']],
  ['head', 'head', null, ['991']],
  ['officer', 'officer', null, ['991']],
  ['handler', 'officer', null, ['991']],
  ['data', 'data_officer', null, ['991']],
  ['panel', 'panel_member', null, ['991']],
  ['finance', 'finance', null, ['991']],
  ['auditor', 'auditor', null, ['991']],
  ['admin', 'administrator', null, ['991']],
  ['worker', 'social_worker', null, ['991']],
  ['head2', 'head', null, ['992']],
  ['data3', 'data_officer', null, ['993']],
] as const

export type PersonName = (typeof people)[number][0]

const email = (name: string) => `${name}@people.example`

/** The canary of a child's answers: in its own row of its own school's return. */
export const answerCanary = (child: Child) => `Answer${child.canary}`

/** Builds the world through the real intake, with a return of each school sent and confirmed. */
export const buildWorld = async (runtime: NodeRuntime): Promise<void> => {
  const { db } = runtime
  const today = todayInLondon(runtime.now())
  const random = seededRandom(99)
  const codes = ['991', '992', '993'] as const
  await db.commit(
    addVirtualSchools(codes.map((laCode) => ({ laCode, name: `Council${laCode}`, mailbox: email(laCode) }))),
  )
  const numbers = new Map((await virtualSchools(db.query)).map((one) => [one.laCode, one.number]))
  const day = (days: number) => plusDays(today, days)
  for (const code of codes) {
    const number = numbers.get(code) ?? 0
    const own = children.filter(({ council }) => council === code)
    const pupils = (ended: boolean) =>
      csvFile('pupils.csv', [
        [
          'child_reference',
          'upn',
          'surname',
          'forename',
          'date_of_birth',
          'year_group',
          'care_first_day',
          'care_last_day',
          'care_end_reason',
          'no_disclose',
          'handled_by',
          'social_worker_name',
          'social_worker_email',
          'target_1',
        ],
        ...own
          .filter(({ careEnds }) => !ended || careEnds)
          .map((child) => [
            `Ref${child.canary}`,
            ended ? null : makeUpn(random),
            `Sur${child.canary}`,
            child.canary,
            '2013-05-06',
            '8',
            day(-1000),
            ended && child.careEnds ? day(child.careEnds[0]) : null,
            ended && child.careEnds ? child.careEnds[1] : null,
            child.noDisclose ? 'Y' : null,
            child.noDisclose ? email('handler') : null,
            `Worker${child.canary}`,
            child.canary === 'Qxonroll' ? email('worker') : null,
            `Target${child.canary}`,
          ]),
      ])
    await bringInRoll(
      runtime,
      number,
      csvFile('schools.csv', [
        ['urn', 'school_name', 'phase', 'la_code', 'country'],
        ['900001', 'First School', 'secondary', '991', 'England'],
        ['900002', 'Second School', 'secondary', '992', 'England'],
      ]),
    )
    await bringInRoll(
      runtime,
      number,
      csvFile('staff.csv', [
        ['email', 'name', 'role', 'urn'],
        ...people
          .filter(([, , , councils]) => councils.some((one) => one === code))
          .map(([name, role, urn]) => [email(name), name, role, urn]),
      ]),
    )
    await bringInRoll(runtime, number, pupils(false))
    await bringInRoll(
      runtime,
      number,
      csvFile('places.csv', [
        ['child_reference', 'urn', 'first_day', 'last_day', 'enrolment_status', 'confirmed_how'],
        ...own.map((child) => [
          `Ref${child.canary}`,
          child.urn,
          day(child.from),
          child.to === undefined ? null : day(child.to),
          'C',
          child.confirmed === false ? null : 'call',
        ]),
      ]),
    )
    await db.commit(
      openRound(db.query, {
        id: newPublicId(),
        virtualSchool: number,
        academicYear: 2026,
        term: 'autumn',
        asAt: day(-30),
        cutOff: day(9),
        cutOffRule: 'date_set_by_council',
        at: runtime.now(),
        by: null,
      }),
    )
  }
  const lately: NodeRuntime = { ...runtime, now: (): Instant => plusMinutes(runtime.now(), -60 * 24 * 2) }
  for (const [urn, lead, councils] of [
    ['900001', 'lead1', ['991', '992']],
    ['900001', 'lead3', ['993']],
    ['900002', 'lead2', ['991', '992']],
  ] as const)
    await sendReturn(
      lately,
      urn,
      lead,
      councils.map((code) => numbers.get(code) ?? 0),
      today,
    )
  for (const code of codes) {
    const ended = children.filter(({ council, careEnds }) => council === code && careEnds)
    if (ended.length === 0) continue
    await bringInRoll(
      runtime,
      numbers.get(code) ?? 0,
      csvFile('pupils.csv', [
        ['child_reference', 'care_last_day', 'care_end_reason'],
        ...ended.map((child) => [`Ref${child.canary}`, day(child.careEnds?.[0] ?? 0), child.careEnds?.[1] ?? null]),
      ]),
    )
  }
}

const sendReturn = async (
  runtime: NodeRuntime,
  urn: string,
  lead: string,
  virtualSchoolNumbers: readonly number[],
  today: PlainDate,
) => {
  const school = await schoolByUrn(runtime.db.query, today, urn)
  const person = await personByEmail(runtime.db.query, email(lead))
  if (!school || !person) throw new Error('the world lacks a school or its lead')
  const scope = intakeScope(runtime, school.number, virtualSchoolNumbers, person.number)
  const made = await returnSheet(runtime, scope, school, new Map(), person.number)
  if (!made) throw new Error('nobody is due')
  const rows = made.sheet.rows.map((row) => ({
    ...row,
    known: new Map([
      ...row.known,
      ['status', { state: 'given' as const, value: 'C' }] as const,
      ['answered_by_name', { state: 'given' as const, value: `Answer${row.forename}` }] as const,
    ]),
  }))
  const bytes = await writeReturnWorkbook({ ...made.sheet, rows })
  const received = await receiveReturn(
    runtime,
    { name: `${lead}.xlsx`, bytes },
    { school: school.number, virtualSchools: virtualSchoolNumbers, by: person.number, via: 'page' },
  )
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  for (const part of await importsOfDelivery(runtime.db.query, scope, received.delivery))
    await confirmReturn(runtime, scope, part, { by: person.number, part: 'school', warningsAccepted: true })
}

/** A session cookie for a person of the world. */
export const cookieFor = async (runtime: NodeRuntime, name: PersonName): Promise<string> => {
  const person = await personByEmail(runtime.db.query, email(name))
  const token = newSecret()
  const now = runtime.now()
  await runtime.db.commit([
    startSession(runtime.db.query, {
      tokenHash: await hashOf(token),
      id: newPublicId(),
      person: person?.number ?? 0,
      part: '',
      trusted: true,
      at: now,
      expiresAt: plusMinutes(now, 600),
    }),
  ])
  return `vsx-session=${token}`
}
