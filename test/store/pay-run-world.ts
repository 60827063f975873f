import { scopeFor } from '../../src/access/scope.ts'
import { type Instant, todayInLondon } from '../../src/domain/dates.ts'
import { financialYearAt } from '../../src/domain/funding/financial-year.ts'
import type { FundCode } from '../../src/domain/funding/funds.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import type { CouncilRole } from '../../src/domain/scope.ts'
import { proposeLines } from '../../src/funding/pay-run.ts'
import { type FundingRules, usualFundingRules } from '../../src/funding/rules.ts'
import type { Db } from '../../src/store/db.ts'
import { setAllocation } from '../../src/store/funding-rules.ts'
import { approvedRuns, approveRun, proposeRun, type RunLine } from '../../src/store/pay-runs.ts'
import { statement } from '../../src/store/statement.ts'

export const noon = '2026-11-02T12:00:00.000Z' as Instant
export const today = todayInLondon(noon)
export const autumn = { academicYear: 2026, term: 'autumn', on: today } as const
export const base: FundingRules = { ...usualFundingRules, model: { kind: 'base', aTerm: pence(100_00) } }
export const upTo = (more: object): FundingRules => ({
  ...usualFundingRules,
  model: {
    ...{ kind: 'plan', needs: 'held', amount: { kind: 'up_to', most: pence(600_00) } },
    ...{ paysNextTerm: false, springFirstHalf: false, plansAYear: null, ...more },
  },
})

/** A place: the school by its place in the council's list, its first and last day; whether it is confirmed, as the main one. */
type Place = {
  readonly at: number
  readonly from?: string
  readonly to?: string
  readonly confirmed?: boolean
  readonly status?: string
}
type Child = {
  readonly yearGroup?: string
  readonly care?: readonly (readonly [from: string, to: string | null])[]
  readonly places?: readonly Place[]
  readonly noDisclose?: boolean
}

/** A store of which pay runs are made, with what makes councils, proposals and approvals in it. */
export const payRunWorld = () => {
  let db: Db
  let next = 0
  const begin = async (open: () => Promise<Db>) => {
    db = await open()
    await db.commit([statement("insert into person (number, id, email) values (1, 'runner', 'runner@people.example')")])
  }

  /** A council with two schools, some children and an allocation. */
  const council = async (children: readonly Child[], given = 100_000_00, fund: FundCode = 'pupil_premium_plus') => {
    next += 1
    const number = 600 + next
    const of = { virtualSchool: number, fund, year: financialYearAt(noon) }
    const schools = [number * 10, number * 10 + 1] as const
    const numbered = children.map((child, at) => ({ ...child, number: number * 10_000 + at }))
    const rows = (of: readonly (readonly unknown[])[]) => JSON.stringify(of)
    const value = (count: number) => Array.from({ length: count }, (_, at) => `value ->> ${at}`).join(', ')
    const places = numbered.flatMap((child) =>
      (child.places ?? [{ at: 0 }]).map((place) => ({
        ...{ pupil: child.number, school: schools[place.at], from: place.from ?? '2025-09-01', to: place.to ?? null },
        ...{ status: place.status ?? 'current', confirmed: place.confirmed ?? true },
      })),
    )
    await db.commit([
      statement('insert into virtual_school (number, id, la_code, name, mailbox) values (?, ?, ?, ?, ?)', [
        ...[number, `run-vs${number}`, String(number), `Council ${number}`, `run${number}@people.example`],
      ]),
      ...schools.map((school) =>
        statement('insert into school (number, id, first_urn) values (?, ?, ?)', [
          school,
          `rs${school}`,
          `ru${school}`,
        ]),
      ),
      statement(
        `insert into pupil (number, id, virtual_school_number, child_reference) select ${value(4)} from json_each(?)`,
        [rows(numbered.map((child) => [child.number, `run-p${child.number}`, number, `r${child.number}`]))],
      ),
      statement(
        `insert into pupil_detail (pupil_number, attribute, value, import_number, row_number)
         select ${value(3)}, 1, 1 from json_each(?)`,
        [rows(numbered.map((child) => [child.number, 'year_group', child.yearGroup ?? '7']))],
      ),
      statement(
        `insert into care_period (pupil_number, first_day, last_day, import_number, row_number)
         select ${value(3)}, 1, 1 from json_each(?)`,
        [
          rows(
            numbered.flatMap((child) =>
              (child.care ?? [['2025-01-01', null] as const]).map((days) => [child.number, ...days]),
            ),
          ),
        ],
      ),
      statement(
        `insert into place (pupil_number, school_number, first_day, last_day, enrolment_status, import_number, row_number)
         select ${value(5)}, 1, 1 from json_each(?)`,
        [rows(places.map((one) => [one.pupil, one.school, one.from, one.to, one.status]))],
      ),
      statement(
        `insert into place_confirmation (pupil_number, school_number, first_day, how, at)
         select ${value(3)}, 'call', '${noon}' from json_each(?)`,
        [rows(places.filter(({ confirmed }) => confirmed).map((one) => [one.pupil, one.school, one.from]))],
      ),
      statement(
        `insert into pupil_guard (pupil_number, kind, at, reason)
         select ${value(1)}, 'no_disclose', '${noon}', '' from json_each(?)`,
        [rows(numbered.filter(({ noDisclose }) => noDisclose).map((child) => [child.number]))],
      ),
      ...setAllocation(
        of,
        {
          ...{ sequence: 1, standing: 'provisional', amount: pence(given), rate: null, heads: null, at: noon },
          ...{ source: 'a letter', before: pence(0) },
        },
        1,
      ),
    ])
    const as = (role: CouncilRole) => scopeFor(1, { kind: 'council', virtualSchool: number, role }, noon)
    return { number, of, fund, schools, head: as('head'), as, pupil: (at: number) => number * 10_000 + at }
  }
  type Council = Awaited<ReturnType<typeof council>>

  const propose = (own: Council, rules: FundingRules, of: object = {}) =>
    proposeLines(db.query, own.head, rules, { fund: own.fund, ...autumn, ...of })
  const keep = async (own: Council, lines: readonly RunLine[]) => {
    next += 1
    const id = `run-${next}`
    const run = { id, academicYear: 2026, term: 'autumn', on: today, rulesFrom: today, rulesVersion: 1 } as const
    await db.commit(proposeRun(own.of, run, lines, noon, 1))
    return id
  }
  const approve = async (own: Council, id: string, lines: readonly RunLine[]) => {
    const statements = approveRun(
      own.of,
      { id, dueOn: today, approvedBefore: await approvedRuns(db.query, own.head, own.fund) },
      lines.flatMap((line, at) =>
        line.amount > 0 && line.school !== null ? [{ ...line, school: line.school, id: `${id}-${at}` }] : [],
      ),
      own.schools.map((school) => ({ id: `${id}-y${school}`, school, name: 'School' })),
      noon,
      1,
    )
    await db.commit(statements)
    return statements.length
  }
  const says = (own: Council, lines: readonly RunLine[]) =>
    lines.map(
      ({ pupil, part, school, amount, why }) =>
        `${pupil - own.pupil(0)} ${part} ${school === null ? why : `${own.schools.indexOf(school)} ${amount}`}`,
    )

  return {
    begin,
    council,
    propose,
    keep,
    approve,
    says,
    get db() {
      return db
    },
  }
}

/** The store of pay runs and what makes something in it. */
export type PayRunWorld = ReturnType<typeof payRunWorld>
