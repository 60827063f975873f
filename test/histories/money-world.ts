import { scopeFor } from '../../src/access/scope.ts'
import { type Instant, instant } from '../../src/domain/dates.ts'
import type { Scope } from '../../src/domain/scope.ts'
import { pick, type Random, randomFrom } from '../../src/seed/random.ts'
import {
  type Application,
  applicationById,
  eventsOfApplications,
  type HappenedEvent,
} from '../../src/store/applications.ts'
import { Conflict, type Db, type Statement } from '../../src/store/db.ts'
import { isOnAgenda } from '../../src/store/panel.ts'
import { schoolAsPayee } from '../../src/store/payees.ts'
import type { Payment } from '../../src/store/payments.ts'
import { statement } from '../../src/store/statement.ts'
import type { Model, ModelPayment } from './money-model.ts'

// The world that a random history of money is played in, beside its model.

export const fund = 'pupil_premium_plus' as const

/** An application as somebody saw it. */
export type Seen = {
  readonly application: Application
  readonly events: readonly HappenedEvent[]
  readonly onAgenda: boolean
  /** What the model knew when somebody looked. */
  readonly onAgendaInModel: boolean
}

/** A council's money in the store, its plain model, and what people have seen of it. */
export type World = {
  readonly db: Db
  readonly random: Random
  readonly model: Model
  readonly council: number
  readonly schools: readonly number[]
  readonly pupils: { number: number; school: number; inCare: boolean }[]
  readonly scope: Scope
  now: Instant
  next: number
  readonly tag: string
  /** Applications and payments as somebody saw them a while ago. */
  readonly seenApplications: Seen[]
  readonly seenPayments: Payment[]
}

/** A council with two schools, three children and nothing given yet; one school is set up to be paid. */
export const setUp = async (db: Db, seed: number, index: number): Promise<World> => {
  const random = randomFrom(seed)
  const council = 1000 + index
  const schools = [10_000 + index * 2, 10_001 + index * 2]
  const pupils = [0, 1, 2].map((at) => ({
    number: 100_000 + index * 3 + at,
    school: schools[at % 2] ?? 0,
    inCare: true,
  }))
  const now = instant(
    Date.parse(pick(random, ['2026-11-02T09:00:00Z', '2027-03-30T20:00:00Z', '2028-02-28T09:00:00Z'])),
  )
  await db.commit([
    statement('insert into virtual_school (number, id, la_code, name, mailbox) values (?, ?, ?, ?, ?)', [
      ...[
        council,
        `council${index}`,
        index.toString(36).padStart(3, '0'),
        `Council ${index}`,
        `c${index}@people.example`,
      ],
    ]),
    ...schools.map((number) =>
      statement('insert into school (number, id, first_urn) values (?, ?, ?)', [number, `s${number}`, `u${number}`]),
    ),
    ...pupils.map(({ number }) =>
      statement('insert into pupil (number, id, virtual_school_number, child_reference) values (?, ?, ?, ?)', [
        ...[number, `p${number}`, council, `r${number}`],
      ]),
    ),
    ...(index === 0
      ? [1, 2, 3, 4, 5].map((number) =>
          statement('insert into person (number, id, email) values (?, ?, ?)', [
            ...[number, `person${number}`, `person${number}@people.example`],
          ]),
        )
      : []),
    schoolAsPayee(council, { id: `payee${index}`, school: schools[0] ?? 0, name: 'Set up' }, now, null),
    statement("update payee set supplier_reference = 'V1' where id = ?", [`payee${index}`]),
  ])
  return {
    ...{ db, random, council, schools, pupils, now, next: 0, tag: `${index}` },
    model: {
      ...{ pots: new Map(), given: new Map(), applications: new Map(), payments: new Map(), entitled: new Set() },
      approvedRuns: 0,
    },
    scope: scopeFor(3, { kind: 'council', virtualSchool: council, role: 'head' }, now),
    seenApplications: [],
    seenPayments: [],
  }
}

/** An id that no other history has. */
export const newId = (world: World, kind: string) => {
  world.next += 1
  return `${kind}${world.tag}n${world.next}`
}

/** Commits, and says whether it happened. */
export const happened = async ({ db }: World, statements: readonly Statement[]): Promise<boolean> => {
  try {
    await db.commit(statements)
    return true
  } catch (problem) {
    if (problem instanceof Conflict) return false
    throw problem
  }
}

/** The same once, or by two people at the same moment: whether it happened, and whether no more than once. */
export const byOneOrTwo = async (world: World, statements: () => readonly Statement[]) => {
  const tries = world.random() < 0.3 ? 2 : 1
  const done = await Promise.all(Array.from({ length: tries }, () => happened(world, statements())))
  const times = done.filter(Boolean).length
  return { done: times > 0, twice: times > 1 }
}

/** Something that people do: what the store and the model make of it differently, or nothing. */
export type Step = (world: World) => Promise<string | undefined>

/** What differs, in words; nothing where it is the same. */
export const differs = (what: string, real: unknown, model: unknown) =>
  real === model ? undefined : `${what}: the store ${String(real)}, the model ${String(model)}`

/** An application as it is now. */
export const look = async (world: World, id: string) => {
  const application = await applicationById(world.db.query, world.scope, id)
  if (!application) throw new Error('an application is lost')
  const events = await eventsOfApplications(world.db.query, world.scope, [application.number])
  const onAgenda = await isOnAgenda(world.db.query, world.scope, application.number)
  const seen = { application, events, onAgenda, onAgendaInModel: world.model.applications.get(id)?.onAgenda ?? false }
  world.seenApplications.push(seen)
  return seen
}

/** A payment as the model begins it. */
export const modelPayment = (payment: Payment, application: string | null): ModelPayment => ({
  ...{ state: 'approved', events: 0, amount: payment.amount, returned: 0, year: payment.year },
  ...{ setUp: payment.supplierReference !== '', application },
})
