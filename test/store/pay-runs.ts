import { beforeAll, describe, expect, test } from 'vitest'
import { scopeFor } from '../../src/access/scope.ts'
import { type Instant, plainDate, todayInLondon } from '../../src/domain/dates.ts'
import { financialYear, financialYearAt } from '../../src/domain/funding/financial-year.ts'
import type { FundCode } from '../../src/domain/funding/funds.ts'
import { pence, sumOf } from '../../src/domain/funding/pence.ts'
import type { CouncilRole } from '../../src/domain/scope.ts'
import { openingDueDays, proposeLines, sameLines } from '../../src/funding/pay-run.ts'
import { type FundingRules, usualFundingRules } from '../../src/funding/rules.ts'
import { Conflict, type Db } from '../../src/store/db.ts'
import { setAllocation } from '../../src/store/funding-rules.ts'
import { gateOfEntitlements } from '../../src/store/gates.ts'
import { move, potBalances, potStillHolds } from '../../src/store/movements.ts'
import {
  approvedRuns,
  approveRun,
  linesOfRun,
  payRunById,
  payRunsOf,
  proposeAgain,
  proposeRun,
  type RunLine,
  schoolsOfRun,
} from '../../src/store/pay-runs.ts'
import { cancelPayment, isPaid, sendToFinance } from '../../src/store/payment-steps.ts'
import { paymentsOf, pupilsOfPayments } from '../../src/store/payments.ts'
import { requestInPlans } from '../../src/store/run-children.ts'
import { paymentsToSettle } from '../../src/store/settlements.ts'
import { statement } from '../../src/store/statement.ts'

const noon = '2026-11-02T12:00:00.000Z' as Instant
const today = todayInLondon(noon)
const autumn = { academicYear: 2026, term: 'autumn', on: today } as const
const base: FundingRules = { ...usualFundingRules, model: { kind: 'base', aTerm: pence(100_00) } }
const upTo = (more: object): FundingRules => ({
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

/** What pay runs must be on every engine, from the roll to the payment. */
export const describePayRuns = (name: string, open: () => Promise<Db>) => {
  describe(`pay runs on ${name}`, () => {
    let db: Db
    let next = 0
    beforeAll(async () => {
      db = await open()
      await db.commit([
        statement("insert into person (number, id, email) values (1, 'runner', 'runner@people.example')"),
      ])
    })

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

    test('who is in care with a confirmed place is paid for, once; for everybody else it says why not', async () => {
      const own = await council([
        {},
        { places: [{ at: 0, confirmed: false }] },
        {
          places: [
            { at: 0, to: '2026-10-30' },
            { at: 1, from: '2026-11-02' },
          ],
        },
        { care: [['2025-01-01', '2026-11-02']] },
        { care: [['2025-01-01', '2026-11-01']] },
        { care: [['2026-11-03', null]] },
        { care: [['2026-11-02', null]] },
        // A short break within a longer order: two periods that overlap.
        {
          care: [
            ['2025-01-01', null],
            ['2026-10-30', '2026-11-05'],
          ],
        },
        { yearGroup: '12' },
        { yearGroup: 'N2' },
      ])
      const lines = await propose(own, base)
      expect(says(own, lines)).toEqual([
        ...[
          '0 base 0 10000',
          '1 base no_place',
          '2 base 1 10000',
          '3 base 0 10000',
          '6 base 0 10000',
          '7 base 0 10000',
        ],
      ])
    })

    test('a child whom nobody may disclose is in the head’s run, and in nobody else’s lines', async () => {
      const own = await council([{ noDisclose: true }, {}])
      const id = await keep(own, await propose(own, base))
      expect(await linesOfRun(db.query, own.head, id)).toHaveLength(2)
      expect(await linesOfRun(db.query, own.as('officer'), id)).toHaveLength(1)
      expect(await linesOfRun(db.query, own.as('finance'), id)).toHaveLength(0)
      // Finance sees what is paid to which school.
      expect(await schoolsOfRun(db.query, own.as('finance'), id)).toEqual([
        { school: own.schools[0], payments: 2, total: 200_00 },
      ])
      expect(await payRunById(db.query, own.as('finance'), id)).toMatchObject({ total: 200_00, lines: 2 })
      const other = await council([{}])
      expect(await payRunById(db.query, other.head, id)).toBeUndefined()
      expect(await schoolsOfRun(db.query, other.head, id)).toEqual([])
    })

    test('a child at two schools: the main one is paid, or both by their days in the term, to the penny', async () => {
      const own = await council([
        {
          places: [
            { at: 0, from: '2026-09-01' },
            { at: 1, from: '2026-10-01', status: 'subsidiary' },
          ],
        },
        { places: [{ at: 1, status: 'S' }] },
      ])
      expect(says(own, await propose(own, base))).toEqual(['0 base 0 10000', '1 base 1 10000'])
      const byDays: FundingRules = { ...base, dual: 'by_days' }
      const lines = await propose(own, byDays)
      // 122 days from 1 September to 31 December, and 92 from 1 October.
      expect(says(own, lines)).toEqual(['0 base 0 5701', '0 base 2 1 4299', '1 base 1 10000'])
      // A run for a term that was over before the child came to either has no days to share by: each counts the same.
      const before = await propose(own, byDays, { academicYear: 2025, term: 'summer' })
      expect(says(own, before).slice(0, 2)).toEqual(['0 base 0 5000', '0 base 2 1 5000'])
      await approve(own, await keep(own, lines), lines)
      expect(says(own, await propose(own, byDays))).toEqual(['0 base already_paid', '1 base already_paid'])
      expect(says(own, await propose(own, base))).toEqual(['0 base already_paid', '1 base already_paid'])
    })

    test('of two schools one gives its share back: it is proposed again, and never more than the whole', async () => {
      const atBoth = {
        places: [
          { at: 0, from: '2026-09-01' },
          { at: 1, from: '2026-10-01', status: 'subsidiary' },
        ],
      }
      const byDays = (model: FundingRules['model']): FundingRules => ({ ...base, dual: 'by_days', model })
      const takeBack = async (own: Council, part: string, amount: number) => {
        const payment = (await paymentsOf(db.query, own.head)).find((one) => one.part === part && one.amount === amount)
        if (!payment) throw new Error('no payment')
        await db.commit(cancelPayment(payment, payment, 'why', noon, 1))
      }
      for (const kind of ['base', 'opening'] as const) {
        const model =
          kind === 'base' ? { kind, aTerm: pence(100_00) } : { kind, amount: pence(100_00), by: '05-31', within: 31 }
        const own = await council([atBoth, { places: [{ at: 0 }] }])
        const rules = byDays(model)
        const whole = { ...rules, dual: 'main' } as const
        const settled = async (by = rules) => says(own, await propose(own, by))
        const first = await propose(own, rules)
        await approve(own, await keep(own, first), first)
        await takeBack(own, `${kind} 2`, 42_99)
        const again = await propose(own, rules)
        expect(says(own, again)).toEqual([`0 ${kind} 2 1 4299`, `1 ${kind} already_paid`])
        expect(await settled(whole)).toEqual([`0 ${kind} already_paid`, `1 ${kind} already_paid`])
        await approve(own, await keep(own, again), again)
        expect(await settled()).toEqual([`0 ${kind} already_paid`, `1 ${kind} already_paid`])
        await takeBack(own, kind, 57_01)
        expect(await settled(whole)).toEqual([`0 ${kind} 0 5701`, `1 ${kind} already_paid`])
        // An opening payment is the year's, in whichever term its share was paid; a base is paid every term.
        const spring = says(own, await propose(own, whole, { term: 'spring' }))
        expect(spring[0]).toBe(kind === 'base' ? '0 base 0 10000' : '0 opening 0 5701')
      }
      // Whoever was paid the whole at one school gets no share of it at another that came later.
      const own = await council([{}])
      const first = await propose(own, base)
      await approve(own, await keep(own, first), first)
      await db.commit([
        statement(
          `insert into place (pupil_number, school_number, first_day, enrolment_status, import_number, row_number)
           values (?, ?, '2026-10-01', 'S', 1, 1)`,
          [own.pupil(0), own.schools[1]],
        ),
        statement(
          `insert into place_confirmation (pupil_number, school_number, first_day, how, at)
           values (?, ?, '2026-10-01', 'call', ?)`,
          [own.pupil(0), own.schools[1], noon],
        ),
      ])
      for (const aTerm of [100_00, 120_00])
        expect(says(own, await propose(own, byDays({ kind: 'base', aTerm: pence(aTerm) })))).toEqual([
          '0 base already_paid',
        ])
    })

    test('what a plan asks for is typed of the plan that pays: in the term, or the term before', async () => {
      const own = await council([{}, {}])
      const plans = [0, 1].flatMap((at) =>
        (['2025 summer', '2026 autumn'] as const).map((of) => {
          const [academicYear, term] = of.split(' ')
          return [own.pupil(at), Number(academicYear), term, term === 'summer' ? '2026-06-10' : '2026-10-14']
        }),
      )
      await db.commit([
        statement(
          `insert into plan_status (pupil_number, academic_year, term, held_on, import_number, row_number)
           select value ->> 0, value ->> 1, value ->> 2, value ->> 3, 1, 1 from json_each(?)`,
          [JSON.stringify(plans)],
        ),
      ])
      const next = await propose(own, upTo({ paysNextTerm: true }))
      expect(next.map(({ academicYear, term, why }) => `${academicYear} ${term} ${why}`)).toEqual([
        ...['2025 summer nothing_requested', '2025 summer nothing_requested'],
      ])
      expect((await propose(own, upTo({}))).map(({ term }) => term)).toEqual(['autumn', 'autumn'])
      const request = (at: number, amount: number | null, signedOff = false) => ({
        ...{ pupil: own.pupil(at), academicYear: 2025, term: 'summer' as const, signedOff },
        amount: amount === null ? null : pence(amount),
      })
      await db.commit(requestInPlans([request(0, 400_00), request(1, 9_000_00)], noon, 1))
      expect(says(own, await propose(own, upTo({ paysNextTerm: true })))).toEqual(['0 plan 0 40000', '1 plan 0 60000'])
      // Typed again: the newest counts, and an amount may be taken back.
      await db.commit(requestInPlans([request(0, 250_50, true), request(1, null)], noon, 1))
      expect(says(own, await propose(own, upTo({ paysNextTerm: true })))).toEqual([
        ...['0 plan 0 25050', '1 plan nothing_requested'],
      ])
      expect(says(own, await propose(own, upTo({ paysNextTerm: true, needs: 'signed_off' })))).toEqual([
        ...['0 plan plan_not_adequate', '1 plan plan_not_adequate'],
      ])
    })

    test('in spring a plan pays to the day its first half ends, and by the rate that the council itself was given', async () => {
      const own = await council([{}, {}])
      const plans = ['2026-02-17', '2026-02-18'].map((heldOn, at) => [own.pupil(at), heldOn])
      const of = { ...own.of, year: financialYear(2025) }
      const said = { sequence: 1, standing: 'final', amount: pence(4000_00), heads: 2, source: 'a letter' } as const
      await db.commit([
        statement(
          `insert into plan_status (pupil_number, academic_year, term, held_on, import_number, row_number)
           select value ->> 0, 2025, 'spring', value ->> 1, 1, 1 from json_each(?)`,
          [JSON.stringify(plans)],
        ),
        ...setAllocation(of, { ...said, rate: pence(2000_00), at: noon, before: pence(0) }, 1),
      ])
      const half = upTo({ springFirstHalf: true, amount: { kind: 'part', of: 2 } })
      const run = { academicYear: 2025, term: 'spring', on: plainDate('2026-03-10') }
      expect(says(own, await propose(own, half, run))).toEqual(['0 plan 0 100000', '1 plan plan_too_late'])
    })

    test('a fund that pays by the hour has no rate for a child to share out', async () => {
      const own = await council([{ yearGroup: 'N2' }], 5_000_00, 'early_years_pupil_premium')
      expect(
        says(own, await propose(own, { ...usualFundingRules, model: { kind: 'flat', amount: pence(5_00) } })),
      ).toEqual(['0 flat rate_by_hour'])
      expect(says(own, await propose(own, base))).toEqual(['0 base 0 10000'])
    })

    test('what changes after a proposal makes it another; a settled run is not proposed again', async () => {
      const own = await council([{}, {}])
      const before = await propose(own, base)
      const id = await keep(own, before)
      expect(sameLines(await propose(own, base), await linesOfRun(db.query, own.head, id))).toBe(true)
      await db.commit([
        statement('update care_period set last_day = ? where pupil_number = ?', ['2026-11-01', own.pupil(1)]),
        statement('update place set last_day = ? where pupil_number = ?', ['2026-11-01', own.pupil(0)]),
      ])
      const now = await propose(own, base)
      expect(says(own, now)).toEqual(['0 base no_place'])
      expect(sameLines(now, before)).toBe(false)
      await db.commit(proposeAgain(id, own.of.year, now))
      await approve(own, id, now)
      await expect(db.commit(proposeAgain(id, own.of.year, before))).rejects.toBeInstanceOf(Conflict)
      await expect(approve(own, id, now)).rejects.toBeInstanceOf(Conflict)
      expect(await paymentsOf(db.query, own.head)).toHaveLength(0)
    })

    test('a run that is proposed otherwise while somebody approves it pays nothing of what they saw', async () => {
      const own = await council([{}, {}])
      const seen = await propose(own, base)
      const [one, other] = seen as [RunLine, RunLine]
      const refused = async (now: readonly RunLine[], approved: readonly RunLine[] = seen) => {
        const id = await keep(own, seen)
        await db.commit(proposeAgain(id, own.of.year, now))
        await expect(approve(own, id, approved)).rejects.toBeInstanceOf(Conflict)
      }
      await refused([one])
      await refused(seen, [one])
      await refused([one, { ...other, amount: pence(other.amount + 1) }])
      await refused([one, { ...other, school: own.schools[1] }])
      await refused([one, { ...other, amount: pence(0), school: null, why: 'no_place' }])
      const id = await keep(own, seen)
      await db.commit(proposeAgain(id, financialYear(own.of.year + 1), seen))
      await expect(approve(own, id, seen)).rejects.toBeInstanceOf(Conflict)
      expect(await paymentsOf(db.query, own.head)).toEqual([])
      await approve(own, await keep(own, seen), seen)
      expect(await paymentsOf(db.query, own.head)).toHaveLength(2)
    })

    test('what is to be settled of a child who has left says of which part and since when the child was there', async () => {
      const own = await council([
        // A short break within a longer order, and a place that ended before this one.
        {
          care: [
            ['2025-01-01', null],
            ['2026-10-30', '2026-11-05'],
          ],
          places: [
            { at: 0, from: '2024-09-01', to: '2025-07-20' },
            { at: 0, from: '2026-09-14' },
          ],
        },
        { care: [['2026-10-12', null]] },
        {},
      ])
      const lines = await propose(own, base)
      await approve(own, await keep(own, lines), lines)
      await db.commit([
        statement("update payee set supplier_reference = 'V1' where virtual_school_number = ?", [own.number]),
      ])
      for (const payment of await paymentsOf(db.query, own.head)) {
        await db.commit(sendToFinance(payment, 'batch', noon, 1))
        await db.commit(isPaid(own.of, { ...payment, events: 1 }, plainDate('2026-11-20'), noon, 1))
      }
      await db.commit([
        statement("update care_period set last_day = '2026-11-30' where last_day is null and pupil_number in (?, ?)", [
          ...[own.pupil(0), own.pupil(1)],
        ]),
      ])
      const later = scopeFor(
        1,
        { kind: 'council', virtualSchool: own.number, role: 'head' },
        '2026-12-01T12:00:00.000Z' as Instant,
      )
      expect(await paymentsToSettle(db.query, later)).toMatchObject([
        { pupil: own.pupil(0), part: 'base', year: 2026, thereSince: '2026-09-14', careEndedOn: '2026-11-30' },
        { pupil: own.pupil(1), part: 'base', year: 2026, thereSince: '2026-10-12', leftOn: null },
      ])
    })

    test('a return holds up the money of a school that was asked for it, and no other', async () => {
      const own = await council([
        {
          places: [
            { at: 0, from: '2026-09-01' },
            { at: 1, from: '2026-09-01', status: 'S' },
          ],
        },
        { places: [{ at: 0, from: '2026-10-17' }] },
        { places: [{ at: 0, from: '2026-10-16' }] },
      ])
      const lines = await propose(own, { ...base, dual: 'by_days' })
      await approve(own, await keep(own, lines), lines)
      const payments = await paymentsOf(db.query, own.head)
      const numbers = payments.map(({ number }) => number)
      const named = new Map(
        (await pupilsOfPayments(db.query, own.head, numbers)).map(({ payment, number }) => [payment, number]),
      )
      const missing = async () => {
        const rows = await gateOfEntitlements(db.query, own.head, {
          ...{ payments: numbers, termFrom: plainDate('2026-09-01') },
        })
        return lines.map((line) => {
          const payment = payments.find((one) => named.get(one.number) === line.pupil && one.school === line.school)
          return `${line.pupil - own.pupil(0)} ${rows.get(payment?.number ?? 0)?.returnMissing}`
        })
      }
      expect(await missing()).toEqual(['0 0', '0 0', '1 0', '2 0'])
      await db.commit([
        statement(
          `insert into round (id, virtual_school_number, academic_year, term, as_at, cut_off, cut_off_rule, opened_at)
           values (?, ?, 2026, 'autumn', '2026-10-01', '2026-10-16', '', ?)`,
          [`round${own.number}`, own.number, noon],
        ),
      ])
      expect(await missing()).toEqual(['0 1', '0 0', '1 0', '2 1'])
      const answered = (school: number) =>
        db.commit([
          statement(
            `insert into answer (round_number, pupil_number, school_number, item, state, value, import_number, row_number)
             select number, ?, ?, 'full_time', 'given', 'yes', 1, 1 from round where id = ?`,
            [own.pupil(2), school, `round${own.number}`],
          ),
        ])
      // What another school answered is not what this one was asked for.
      await answered(own.schools[1])
      expect(await missing()).toEqual(['0 1', '0 0', '1 0', '2 1'])
      await answered(own.schools[0])
      expect(await missing()).toEqual(['0 1', '0 0', '1 0', '2 0'])
    })

    test('money that is kept back is moved once, however often it is sent', async () => {
      const own = await council([], 1_000_00)
      const slice = () =>
        db.commit([
          potStillHolds(own.of, 'retained', pence(0)),
          ...move(own.of, { cause: 'top_slice', from: 'allocated', to: 'retained', amount: pence(100_00) }, noon, 1),
        ])
      await slice()
      await expect(slice()).rejects.toBeInstanceOf(Conflict)
      const [pots] = await potBalances(db.query, own.head)
      expect(pots?.balances).toMatchObject({ allocated: 900_00, retained: 100_00 })
    })

    test('a first payment is due by its day, or so many days after care began; every other when the run says', async () => {
      const own = await council([{}, { care: [['2026-10-20', null]] }])
      const model = { kind: 'opening', amount: pence(200_00), by: '05-31', within: 31 } as const
      const rules = { ...usualFundingRules, model }
      const days = await openingDueDays(db.query, own.head, rules, { on: today, year: own.of.year })
      expect([...days.values()]).toEqual(['2026-05-31', '2026-11-20'])
      expect((await openingDueDays(db.query, own.head, base, { on: today, year: own.of.year })).size).toBe(0)
      const lines = await propose(own, rules)
      const id = await keep(own, lines)
      const paid = lines.flatMap((line, at) =>
        line.school === null
          ? []
          : [{ ...line, school: line.school, id: `${id}-${at}`, ...(at === 1 ? { dueOn: days.get(line.pupil) } : {}) }],
      )
      const payees = own.schools.map((school) => ({ id: `${id}-y${school}`, school, name: 'School' }))
      await db.commit(approveRun(own.of, { id, dueOn: today, approvedBefore: 0 }, paid, payees, noon, 1))
      const due = (await paymentsOf(db.query, own.head)).map(({ dueOn }) => dueOn)
      expect(due.toSorted()).toEqual([today, '2026-11-20'].toSorted())
    })

    test('1,500 children are paid for in one commit of few statements, and a second run pays nobody', async () => {
      const own = await council(
        Array.from({ length: 1500 }, (_, at) => ({ places: [{ at: at % 2 }] })),
        150_000_00,
      )
      const lines = await propose(own, base)
      expect(sumOf(lines.map(({ amount }) => amount))).toBe(150_000_00)
      const id = await keep(own, lines)
      const started = performance.now()
      expect(await approve(own, id, lines)).toBeLessThan(15)
      expect(performance.now() - started).toBeLessThan(5_000)
      const payments = await paymentsOf(db.query, own.head)
      expect(new Set(payments.map(({ reference }) => reference)).size).toBe(1500)
      const [pots] = await potBalances(db.query, own.head)
      expect(pots?.balances).toMatchObject({ allocated: 0, approved: 150_000_00 })
      const again = await propose(own, base)
      expect(again.every(({ why }) => why === 'already_paid')).toBe(true)
      expect(await payRunsOf(db.query, own.head)).toMatchObject([{ id, lines: 1500, total: 150_000_00 }])
      // A penny beyond what is allocated, and nothing of the run is there.
      const beyond = lines.map((line) => ({ ...line, part: 'flat', amount: pence(1) }))
      await expect(approve(own, await keep(own, beyond), beyond)).rejects.toBeInstanceOf(Conflict)
      expect(await paymentsOf(db.query, own.head)).toHaveLength(1500)
    })
  })
}
