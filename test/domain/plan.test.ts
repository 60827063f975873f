import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PlainDate, plainDate, plusDays } from '../../src/domain/dates.ts'
import {
  countPlans,
  type PlanRule,
  planDueBy,
  planRuleOn,
  planStanding,
  usualPlanRules,
} from '../../src/domain/plan.ts'

const day = plainDate
const facts = { cycles: [], heldOn: null, nextBy: null, careBegan: null, rules: [], today: day('2026-11-18') }
const cycle = (said: { readonly dueOn?: PlainDate; readonly heldOn?: PlainDate }) => ({
  academicYear: 2026,
  term: 'autumn' as const,
  dueOn: null,
  heldOn: null,
  submittedOn: null,
  rating: null,
  ratedOn: null,
  ratedBy: null,
  ...said,
})
const rule = (validFrom: string, count: number): PlanRule => ({
  after: 'plan_held',
  unit: 'days',
  count,
  validFrom: day(validFrom),
  source: 'policy',
})

describe('when a plan is due', () => {
  it('counts weekdays, days and ends of terms from the day it says', () => {
    const [first, review] = usualPlanRules
    expect(first && planDueBy(first, day('2026-11-02'))).toBe('2026-11-30')
    expect(review && planDueBy(review, day('2026-11-02'))).toBe('2027-03-28')
    expect(planDueBy(rule('2020-01-01', 90), day('2026-11-02'))).toBe('2027-01-31')
  })

  it('is by the rule in force on the day it counts from, the council’s own before the usual', () => {
    const own = [rule('2026-09-01', 60), rule('2024-09-01', 90)]
    expect(planRuleOn(own, 'plan_held', day('2026-08-31'))?.count).toBe(90)
    expect(planRuleOn(own, 'plan_held', day('2026-09-01'))?.count).toBe(60)
    expect(planRuleOn(own, 'plan_held', day('2020-01-01'))).toBe(usualPlanRules[1])
    expect(planRuleOn(own, 'care_began', day('2026-09-01'))).toBe(usualPlanRules[0])
  })

  it('is a day the council set after the last meeting, whatever the rule gives', () => {
    const cycles = [cycle({ heldOn: day('2026-10-01') }), cycle({ dueOn: day('2026-12-04') })]
    expect(planStanding({ ...facts, cycles, nextBy: day('2026-09-01') })).toEqual({
      state: 'in_date',
      heldOn: '2026-10-01',
      due: { date: '2026-12-04', because: { kind: 'set' } },
    })
  })

  it('is never said to be in date where no meeting is known', () => {
    expect(planStanding(facts).state).toBe('not_known')
    expect(planStanding({ ...facts, careBegan: day('2026-11-10') }).state).toBe('first_to_come')
    expect(planStanding({ ...facts, careBegan: day('2026-01-10') }).state).toBe('overdue')
    expect(planStanding({ ...facts, nextBy: day('2026-11-17') }).state).toBe('overdue')
    // A meeting still to come is no meeting held.
    expect(planStanding({ ...facts, cycles: [cycle({ heldOn: day('2026-12-01') })] }).state).toBe('not_known')
  })

  it('never comes before the day it counts from, and the counts add up to their base', () => {
    const anyDay = fc.integer({ min: 0, max: 4000 }).map((days) => plusDays(day('2018-01-01'), days))
    fc.assert(
      fc.property(
        fc.array(fc.record({ heldOn: fc.option(anyDay), careBegan: fc.option(anyDay), nextBy: fc.option(anyDay) })),
        (children) => {
          const standings = children.map((child) => planStanding({ ...facts, ...child }))
          const { base, ...parts } = countPlans(standings)
          return (
            Object.values(parts).reduce((sum, one) => sum + one, 0) === base &&
            standings.every(
              ({ due, heldOn }) =>
                (due?.because.kind !== 'rule' || due.date >= due.because.from) &&
                (heldOn === null || heldOn <= facts.today),
            )
          )
        },
      ),
      { numRuns: 100 },
    )
  })
})
