import { describe, expect, test } from 'vitest'
import { plainDate } from '../../src/domain/dates.ts'
import { financialYear } from '../../src/domain/funding/financial-year.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import { type FundingRules, usualFundingRules } from '../../src/funding/rules.ts'
import { proposedSettlement, settlementsOf, toPassOn } from '../../src/funding/settlement.ts'
import type { ToSettle } from '../../src/store/settlements.ts'

describe('a child who moves or leaves care', () => {
  const paid: ToSettle = {
    ...{ payment: 1, id: 'p', reference: 'P', pupil: 1, pupilId: 'x', forename: '', surname: '', school: 7 },
    ...{ amount: pence(300_00), returned: pence(0), spent: pence(100_00), paidOn: plainDate('2026-09-01') },
    ...{ state: 'paid', approvedOn: plainDate('2026-08-20') },
    ...{
      term: 'autumn',
      academicYear: 2026,
      part: 'base',
      thereSince: plainDate('2024-09-02'),
      typed: null,
      leftOn: null,
      careEndedOn: null,
      nextSchool: null,
      settled: null,
      fund: 'pupil_premium_plus',
      year: financialYear(2026),
      isPassedOn: 0,
    },
  }
  const rules = { ...usualFundingRules, move: 'transfer', careEnds: 'pro_rata' } as const

  test('a move goes by the rule of moves, to the next school; the end of care by its own', () => {
    const moved = proposedSettlement({ ...paid, leftOn: plainDate('2026-10-31'), nextSchool: 8 }, rules)
    expect(moved).toMatchObject({
      ...{ because: 'moved', rule: 'transfer' },
      proposed: { stays: 100_00, back: 0, onwards: { school: 8, amount: 200_00 } },
    })
    const ended = proposedSettlement(
      { ...paid, leftOn: plainDate('2026-10-31'), careEndedOn: plainDate('2026-10-31'), nextSchool: 8 },
      rules,
    )
    // 61 of the 122 days from 1 September to 31 December.
    expect(ended).toMatchObject({ because: 'care_ended', rule: 'pro_rata', proposed: { stays: 150_00, back: 150_00 } })
  })
  test('what is on its way is settled from the day it was approved', () => {
    const byApplication = { ...paid, part: null, term: null, academicYear: null, spent: pence(0) }
    const onItsWay = { ...byApplication, state: 'approved', paidOn: null, nextSchool: 8 } as const
    const on = (leftOn: string) => proposedSettlement({ ...onItsWay, leftOn: plainDate(leftOn) }, rules)
    expect(on('2026-08-10')).toMatchObject({ proposed: { stays: 0, back: 0, onwards: { school: 8, amount: 300_00 } } })
    // 84 days from 20 August are over on 12 November.
    expect(on('2026-11-11')).toBeDefined()
    expect(on('2026-11-12')).toBeUndefined()
    expect(settlementsOf([{ ...onItsWay, leftOn: plainDate('2026-08-10') }], rules)).toMatchObject([{ isDone: false }])
    const said = { ...onItsWay, leftOn: plainDate('2026-08-10'), settled: 'The tutor goes on' }
    expect(settlementsOf([said], rules)).toMatchObject([{ isDone: true }])
  })
  test('what came back is settled no more; nobody who left is nothing', () => {
    const some = { ...paid, returned: pence(250_00), leftOn: plainDate('2026-10-31') }
    expect(proposedSettlement(some, { ...rules, move: 'recoup' })?.proposed.back).toBe(0)
    expect(proposedSettlement(paid, rules)).toBeUndefined()
  })
  test('what came back goes on with the child once, where the rules say so, in its financial year', () => {
    const back = { ...paid, leftOn: plainDate('2026-10-31'), nextSchool: 8, returned: pence(150_00) }
    const onward = (more: Partial<ToSettle> = {}, by: FundingRules = rules, day = '2027-03-31') =>
      toPassOn({ ...back, ...more }, by, plainDate(day))
    expect(onward()).toEqual({ amount: 150_00, school: 8 })
    expect(onward({}, rules, '2027-04-01')).toBeUndefined()
    expect(onward({}, { ...rules, move: 'recoup' })).toBeUndefined()
    expect(onward({ isPassedOn: 1 })).toBeUndefined()
    expect(onward({ returned: pence(0) })).toBeUndefined()
    expect(onward({ nextSchool: null })).toBeUndefined()
    expect(onward({ careEndedOn: plainDate('2026-11-30') })).toBeUndefined()
  })
  test('of a move and the end of care the first decides; after care has ended no next school is paid', () => {
    const movedFirst = { ...paid, leftOn: plainDate('2026-10-30'), careEndedOn: plainDate('2026-10-31'), nextSchool: 8 }
    expect(proposedSettlement(movedFirst, rules)).toMatchObject({
      ...{ because: 'moved', on: '2026-10-30', rule: 'transfer' },
      proposed: { stays: 100_00, back: 200_00, onwards: null },
    })
  })
  test('what has come back is taken off what is to come back, not off what it is worked out from', () => {
    const ended = { ...paid, spent: pence(0), careEndedOn: plainDate('2026-10-31') }
    const some = proposedSettlement({ ...ended, returned: pence(100_00) }, rules)
    expect(some?.proposed).toEqual({ stays: 150_00, back: 50_00, onwards: null })
    const all = proposedSettlement({ ...ended, returned: pence(150_00) }, rules)
    expect(all?.proposed).toEqual({ stays: 150_00, back: 0, onwards: null })
  })
  test('a payment is for its term whenever it was paid, an opening or flat one for its financial year', () => {
    const back = (more: Partial<ToSettle>, model: typeof usualFundingRules.model = rules.model) =>
      proposedSettlement({ ...paid, spent: pence(0), ...more }, { ...rules, model })?.proposed.back
    // Paid in November, it is still of the 122 days from 1 September: 91 of them were spent at the school.
    const november = { paidOn: plainDate('2026-11-20'), careEndedOn: plainDate('2026-11-30') }
    expect(back(november)).toBe(76_23)
    // A child who came into care on 1 November was there for 30 days of 61.
    expect(back({ ...november, thereSince: plainDate('2026-11-01') })).toBe(152_46)
    // Paid after the term: who was there until its end leaves nothing, who was not leaves what was not earned.
    const january = { paidOn: plainDate('2027-01-15') }
    expect(back({ ...january, careEndedOn: plainDate('2027-01-05') })).toBeUndefined()
    expect(back({ ...january, careEndedOn: plainDate('2026-11-30') })).toBe(76_23)
    // 183 days of 365 had passed on 30 September, whatever the term it was paid in.
    const september = { paidOn: plainDate('2026-05-20'), term: 'summer', academicYear: 2025 } as const
    for (const part of ['opening', 'flat 2'])
      expect(back({ ...september, part, careEndedOn: plainDate('2026-09-30') })).toBe(149_59)
    expect(back({ ...september, careEndedOn: plainDate('2026-09-30') })).toBeUndefined()
    // The plan of summer that pays in autumn is used in autumn.
    const plans = { ...september, part: 'plan', paidOn: plainDate('2026-09-20'), careEndedOn: plainDate('2026-10-31') }
    const byPlan = (paysNextTerm: boolean) =>
      back(plans, {
        ...({ kind: 'plan', needs: 'held', springFirstHalf: false, plansAYear: null } as const),
        ...{ amount: { kind: 'fixed', amount: pence(1) }, paysNextTerm },
      })
    expect(byPlan(true)).toBe(150_00)
    expect(byPlan(false)).toBeUndefined()
  })
  test('what was paid for days that were over when the child left is nobody’s to settle', () => {
    const recoup = { ...rules, move: 'recoup' } as const
    const on = (leftOn: string) => proposedSettlement({ ...paid, leftOn: plainDate(leftOn) }, recoup)
    expect(on('2026-12-30')?.proposed.back).toBe(200_00)
    expect(on('2026-12-31')).toBeUndefined()
    expect(on('2029-07-20')).toBeUndefined()
    // Approved after the term, it went to where the child was last in it; on its last day it did not yet.
    const late = (day: string) =>
      proposedSettlement({ ...paid, leftOn: plainDate('2026-12-18'), approvedOn: plainDate(day) }, recoup)
    expect(late('2027-01-01')).toBeUndefined()
    expect(late('2026-12-31')).toBeDefined()
  })
})
