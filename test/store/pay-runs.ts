import { beforeAll, describe, expect, test } from 'vitest'
import { plainDate } from '../../src/domain/dates.ts'
import { financialYear } from '../../src/domain/funding/financial-year.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import { sameLines } from '../../src/funding/pay-run.ts'
import { type FundingRules, usualFundingRules } from '../../src/funding/rules.ts'
import { Conflict, type Db } from '../../src/store/db.ts'
import { setAllocation } from '../../src/store/funding-rules.ts'
import { linesOfRun, payRunById, proposeAgain, type RunLine, schoolsOfRun } from '../../src/store/pay-runs.ts'
import { cancelPayment } from '../../src/store/payment-steps.ts'
import { paymentsOf } from '../../src/store/payments.ts'
import { requestInPlans } from '../../src/store/run-children.ts'
import { statement } from '../../src/store/statement.ts'
import { afterPayRuns } from './pay-run-after.ts'
import { base, noon, payRunWorld, upTo } from './pay-run-world.ts'

const opening = { kind: 'opening', amount: pence(300_00), by: '05-31', within: 31 } as const

/** What pay runs must be on every engine, from the roll to the payment and what follows it. */
export const describePayRuns = (name: string, open: () => Promise<Db>) => {
  describe(`pay runs on ${name}`, () => {
    const world = payRunWorld()
    beforeAll(() => world.begin(open))

    test('who is in care with a confirmed place is paid for, once; for everybody else it says why not', async () => {
      const own = await world.council([
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
      const lines = await world.propose(own, base)
      expect(world.says(own, lines)).toEqual([
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

    test('a base of a term that is over is paid where the child was last in it; what is of a year where the child is', async () => {
      const moved = {
        places: [
          { at: 0, to: '2026-12-31' },
          { at: 1, from: '2027-01-04' },
        ],
      }
      const own = await world.council([
        moved,
        { care: [['2025-01-01', '2026-12-31']] },
        { care: [['2027-01-01', null]] },
        // Lessons ended before the term did.
        {
          places: [
            { at: 1, to: '2026-10-23' },
            { at: 0, from: '2026-11-02', to: '2026-12-18' },
            { at: 1, from: '2027-01-04' },
          ],
        },
        {
          places: [
            { at: 0, from: '2026-09-01', to: '2026-12-18' },
            { at: 1, from: '2026-09-01', to: '2026-12-18', status: 'S' },
          ],
        },
        {
          places: [
            { at: 0, to: '2026-08-20' },
            { at: 1, from: '2027-01-04' },
          ],
        },
        {
          care: [
            ['2025-01-01', '2026-12-30'],
            ['2027-01-01', null],
          ],
        },
      ])
      const inSpring = { on: plainDate('2027-01-11') }
      const lines = await world.propose(own, base, inSpring)
      const ofAutumn = ['0 base 0 10000', '1 base 0 10000', '3 base 0 10000', '4 base 0 10000', '5 base no_place']
      expect(world.says(own, lines)).toEqual(ofAutumn)
      const ofYear = await world.propose(own, { ...base, model: opening }, inSpring)
      expect(world.says(own, ofYear)).toEqual([
        ...['0 opening 1 30000', '2 opening 0 30000', '3 opening 1 30000', '4 opening no_place'],
        ...['5 opening 1 30000', '6 opening 0 30000'],
      ])
      // In the next financial year still, which then pays it.
      expect(world.says(own, await world.propose(own, base, { on: plainDate('2027-04-12') }))).toEqual(ofAutumn)
    })

    test('a child whom nobody may disclose is in the head’s run, and in nobody else’s lines', async () => {
      const own = await world.council([{ noDisclose: true }, {}])
      const id = await world.keep(own, await world.propose(own, base))
      expect(await linesOfRun(world.db.query, own.head, id)).toHaveLength(2)
      expect(await linesOfRun(world.db.query, own.as('officer'), id)).toHaveLength(1)
      expect(await linesOfRun(world.db.query, own.as('finance'), id)).toHaveLength(0)
      // Finance sees what is paid to which school.
      expect(await schoolsOfRun(world.db.query, own.as('finance'), id)).toEqual([
        { school: own.schools[0], payments: 2, total: 200_00 },
      ])
      expect(await payRunById(world.db.query, own.as('finance'), id)).toMatchObject({ total: 200_00, lines: 2 })
      const other = await world.council([{}])
      expect(await payRunById(world.db.query, other.head, id)).toBeUndefined()
      expect(await schoolsOfRun(world.db.query, other.head, id)).toEqual([])
    })

    test('a child at two schools: the main one is paid, or both by their days in the term, to the penny', async () => {
      const own = await world.council([
        {
          places: [
            { at: 0, from: '2026-09-01' },
            { at: 1, from: '2026-10-01', status: 'subsidiary' },
          ],
        },
        { places: [{ at: 1, status: 'S' }] },
      ])
      expect(world.says(own, await world.propose(own, base))).toEqual(['0 base 0 10000', '1 base 1 10000'])
      const byDays: FundingRules = { ...base, dual: 'by_days' }
      const lines = await world.propose(own, byDays)
      // 122 days from 1 September to 31 December, and 92 from 1 October.
      expect(world.says(own, lines)).toEqual(['0 base 0 5701', '0 base 2 1 4299', '1 base 1 10000'])
      // A run for a term that was over before the child came to either has no days to share by: each counts the same.
      const summer = { academicYear: 2025, term: 'summer' }
      const before = await world.propose(own, { ...byDays, model: opening }, summer)
      expect(world.says(own, before).slice(0, 2)).toEqual(['0 opening 0 15000', '0 opening 2 1 15000'])
      expect(world.says(own, await world.propose(own, byDays, summer))[0]).toBe('0 base no_place')
      await world.approve(own, await world.keep(own, lines), lines)
      expect(world.says(own, await world.propose(own, byDays))).toEqual(['0 base already_paid', '1 base already_paid'])
      expect(world.says(own, await world.propose(own, base))).toEqual(['0 base already_paid', '1 base already_paid'])
    })

    test('of two schools one gives its share back: it is proposed again, and never more than the whole', async () => {
      const atBoth = {
        places: [
          { at: 0, from: '2026-09-01' },
          { at: 1, from: '2026-10-01', status: 'subsidiary' },
        ],
      }
      const byDays = (model: FundingRules['model']): FundingRules => ({ ...base, dual: 'by_days', model })
      const takeBack = async (own: Awaited<ReturnType<typeof world.council>>, part: string, amount: number) => {
        const payment = (await paymentsOf(world.db.query, own.head)).find(
          (one) => one.part === part && one.amount === amount,
        )
        if (!payment) throw new Error('no payment')
        await world.db.commit(cancelPayment(payment, payment, 'why', noon, 1))
      }
      for (const kind of ['base', 'opening'] as const) {
        const model =
          kind === 'base' ? { kind, aTerm: pence(100_00) } : { kind, amount: pence(100_00), by: '05-31', within: 31 }
        const own = await world.council([atBoth, { places: [{ at: 0 }] }])
        const rules = byDays(model)
        const whole = { ...rules, dual: 'main' } as const
        const settled = async (by = rules) => world.says(own, await world.propose(own, by))
        const first = await world.propose(own, rules)
        await world.approve(own, await world.keep(own, first), first)
        await takeBack(own, `${kind} 2`, 42_99)
        const again = await world.propose(own, rules)
        expect(world.says(own, again)).toEqual([`0 ${kind} 2 1 4299`, `1 ${kind} already_paid`])
        expect(await settled(whole)).toEqual([`0 ${kind} already_paid`, `1 ${kind} already_paid`])
        await world.approve(own, await world.keep(own, again), again)
        expect(await settled()).toEqual([`0 ${kind} already_paid`, `1 ${kind} already_paid`])
        await takeBack(own, kind, 57_01)
        expect(await settled(whole)).toEqual([`0 ${kind} 0 5701`, `1 ${kind} already_paid`])
        // An opening payment is the year's, in whichever term its share was paid; a base is paid every term.
        const spring = world.says(own, await world.propose(own, whole, { term: 'spring' }))
        expect(spring[0]).toBe(kind === 'base' ? '0 base 0 10000' : '0 opening 0 5701')
      }
      // Whoever was paid the whole at one school gets no share of it at another that came later.
      const own = await world.council([{}])
      const first = await world.propose(own, base)
      await world.approve(own, await world.keep(own, first), first)
      await world.db.commit([
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
        expect(world.says(own, await world.propose(own, byDays({ kind: 'base', aTerm: pence(aTerm) })))).toEqual([
          '0 base already_paid',
        ])
    })

    test('what a plan asks for is typed of the plan that pays: in the term, or the term before', async () => {
      const own = await world.council([{}, {}])
      const plans = [0, 1].flatMap((at) =>
        (['2025 summer', '2026 autumn'] as const).map((of) => {
          const [academicYear, term] = of.split(' ')
          return [own.pupil(at), Number(academicYear), term, term === 'summer' ? '2026-06-10' : '2026-10-14']
        }),
      )
      await world.db.commit([
        statement(
          `insert into plan_status (pupil_number, academic_year, term, held_on, import_number, row_number)
           select value ->> 0, value ->> 1, value ->> 2, value ->> 3, 1, 1 from json_each(?)`,
          [JSON.stringify(plans)],
        ),
      ])
      const next = await world.propose(own, upTo({ paysNextTerm: true }))
      expect(next.map(({ academicYear, term, why }) => `${academicYear} ${term} ${why}`)).toEqual([
        ...['2025 summer nothing_requested', '2025 summer nothing_requested'],
      ])
      expect((await world.propose(own, upTo({}))).map(({ term }) => term)).toEqual(['autumn', 'autumn'])
      const request = (at: number, amount: number | null, signedOff = false) => ({
        ...{ pupil: own.pupil(at), academicYear: 2025, term: 'summer' as const, signedOff },
        amount: amount === null ? null : pence(amount),
      })
      await world.db.commit(requestInPlans([request(0, 400_00), request(1, 9_000_00)], noon, 1))
      expect(world.says(own, await world.propose(own, upTo({ paysNextTerm: true })))).toEqual([
        '0 plan 0 40000',
        '1 plan 0 60000',
      ])
      // Typed again: the newest counts, and an amount may be taken back.
      await world.db.commit(requestInPlans([request(0, 250_50, true), request(1, null)], noon, 1))
      expect(world.says(own, await world.propose(own, upTo({ paysNextTerm: true })))).toEqual([
        ...['0 plan 0 25050', '1 plan nothing_requested'],
      ])
      expect(world.says(own, await world.propose(own, upTo({ paysNextTerm: true, needs: 'signed_off' })))).toEqual([
        ...['0 plan plan_not_adequate', '1 plan plan_not_adequate'],
      ])
    })

    test('in spring a plan pays to the day its first half ends, and by the rate that the council itself was given', async () => {
      const own = await world.council([{}, {}])
      const plans = ['2026-02-17', '2026-02-18'].map((heldOn, at) => [own.pupil(at), heldOn])
      const of = { ...own.of, year: financialYear(2025) }
      const said = { sequence: 1, standing: 'final', amount: pence(4000_00), heads: 2, source: 'a letter' } as const
      await world.db.commit([
        statement(
          `insert into plan_status (pupil_number, academic_year, term, held_on, import_number, row_number)
           select value ->> 0, 2025, 'spring', value ->> 1, 1, 1 from json_each(?)`,
          [JSON.stringify(plans)],
        ),
        ...setAllocation(of, { ...said, rate: pence(2000_00), at: noon, before: pence(0) }, 1),
      ])
      const half = upTo({ springFirstHalf: true, amount: { kind: 'part', of: 2 } })
      const run = { academicYear: 2025, term: 'spring', on: plainDate('2026-03-10') }
      expect(world.says(own, await world.propose(own, half, run))).toEqual(['0 plan 0 100000', '1 plan plan_too_late'])
    })

    test('a fund that pays by the hour has no rate for a child to share out', async () => {
      const own = await world.council([{ yearGroup: 'N2' }], 5_000_00, 'early_years_pupil_premium')
      expect(
        world.says(
          own,
          await world.propose(own, { ...usualFundingRules, model: { kind: 'flat', amount: pence(5_00) } }),
        ),
      ).toEqual(['0 flat rate_by_hour'])
      expect(world.says(own, await world.propose(own, base))).toEqual(['0 base 0 10000'])
    })

    test('what changes after a proposal makes it another; a settled run is not proposed again', async () => {
      const own = await world.council([{}, {}])
      const before = await world.propose(own, base)
      const id = await world.keep(own, before)
      expect(sameLines(await world.propose(own, base), await linesOfRun(world.db.query, own.head, id))).toBe(true)
      await world.db.commit([
        statement('update care_period set last_day = ? where pupil_number = ?', ['2026-11-01', own.pupil(1)]),
        statement('update place set last_day = ? where pupil_number = ?', ['2026-11-01', own.pupil(0)]),
      ])
      const now = await world.propose(own, base)
      expect(world.says(own, now)).toEqual(['0 base no_place'])
      expect(sameLines(now, before)).toBe(false)
      await world.db.commit(proposeAgain(id, own.of.year, now))
      await world.approve(own, id, now)
      await expect(world.db.commit(proposeAgain(id, own.of.year, before))).rejects.toBeInstanceOf(Conflict)
      await expect(world.approve(own, id, now)).rejects.toBeInstanceOf(Conflict)
      expect(await paymentsOf(world.db.query, own.head)).toHaveLength(0)
    })

    test('a run that is proposed otherwise while somebody approves it pays nothing of what they saw', async () => {
      const own = await world.council([{}, {}])
      const seen = await world.propose(own, base)
      const [one, other] = seen as [RunLine, RunLine]
      const refused = async (now: readonly RunLine[], approved: readonly RunLine[] = seen) => {
        const id = await world.keep(own, seen)
        await world.db.commit(proposeAgain(id, own.of.year, now))
        await expect(world.approve(own, id, approved)).rejects.toBeInstanceOf(Conflict)
      }
      await refused([one])
      await refused(seen, [one])
      await refused([one, { ...other, amount: pence(other.amount + 1) }])
      await refused([one, { ...other, school: own.schools[1] }])
      await refused([one, { ...other, amount: pence(0), school: null, why: 'no_place' }])
      const id = await world.keep(own, seen)
      await world.db.commit(proposeAgain(id, financialYear(own.of.year + 1), seen))
      await expect(world.approve(own, id, seen)).rejects.toBeInstanceOf(Conflict)
      expect(await paymentsOf(world.db.query, own.head)).toEqual([])
      await world.approve(own, await world.keep(own, seen), seen)
      expect(await paymentsOf(world.db.query, own.head)).toHaveLength(2)
    })

    afterPayRuns(world)
  })
}
