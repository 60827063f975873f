import { describe, expect, test } from 'vitest'
import { type Instant, plainDate } from '../../src/domain/dates.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import type { ApplicationState } from '../../src/domain/funding/states.ts'
import type { CouncilRole } from '../../src/domain/scope.ts'
import { type Decision, needed, problemOfDecision } from '../../src/funding/decide.ts'
import { usualFundingRules } from '../../src/funding/rules.ts'
import type { Application, HappenedEvent } from '../../src/store/applications.ts'

const moment = '2026-11-02T09:00:00.000Z' as Instant

const application = (state: ApplicationState, asked: number, more: Partial<Application> = {}): Application => ({
  ...{ number: 1, id: 'a', reference: '991-26-001', virtualSchool: 1, council: 'Council', school: 1 },
  ...{ fund: 'pupil_premium_plus', kind: 'child', state, events: 3, intervention: 'other' },
  ...{ asked: pence(asked), agreed: null, urgent: false, year: null, typed: '{}' },
  ...{ sentAt: moment, decidedAt: null, madeAt: moment, panelOn: null, ...more },
})

const event = (name: HappenedEvent['event'], person: number, amount: number | null = null): HappenedEvent => ({
  ...{ application: 1, sequence: 1, event: name, at: moment, person, by: '', said: '', note: '' },
  ...{ amount: amount === null ? null : pence(amount), day: null },
})

const approve = (amount: number): Decision => ({ kind: 'approve', amount: pence(amount), payee: null })

const problem = (
  one: Application,
  decision: Decision,
  role: CouncilRole,
  {
    events = [],
    onAgenda = true,
    hasInterest = false,
    person = 7,
  }: {
    readonly events?: readonly HappenedEvent[]
    readonly onAgenda?: boolean
    readonly hasInterest?: boolean
    readonly person?: number
  } = {},
) =>
  problemOfDecision(
    one,
    decision,
    { person, role, hasInterest },
    { events, rules: usualFundingRules, onAgenda, schoolName: 'School' },
  )

describe('who may decide', () => {
  test.each<[string, number, CouncilRole, boolean, string | undefined]>([
    ['up to the limit an officer', 500_00, 'officer', false, undefined],
    ['a penny above it no officer', 500_01, 'officer', true, 'needs_panel'],
    ['a penny above it a member once it is on an agenda', 500_01, 'panel_member', true, undefined],
    ['not before it is on an agenda', 500_01, 'panel_member', false, 'not_on_agenda'],
    ['the head neither', 500_01, 'head', false, 'not_on_agenda'],
    ['the head up to the limit', 500_00, 'head', false, undefined],
  ])('%s', (_, amount, role, onAgenda, expected) => {
    expect(problem(application('waiting', 3000_00), approve(amount), role, { onAgenda })).toBe(expected)
  })

  test('what is urgent needs no agenda', () => {
    const urgent = application('waiting', 900_00, { urgent: true })
    expect(problem(urgent, approve(900_00), 'head', { onAgenda: false })).toBeUndefined()
    expect(problem(urgent, approve(900_00), 'officer', { onAgenda: false })).toBe('needs_panel')
  })

  test('a second person agrees to the very amount, and is another', () => {
    const second = application('second', 3000_00)
    const events = [event('sent', 5), event('seconded', 7, 2500_00)]
    expect(problem(second, approve(2500_00), 'head', { events })).toBe('same_person')
    expect(problem(second, approve(2500_01), 'head', { events, person: 8 })).toBe('amount')
    expect(problem(second, approve(2500_00), 'head', { events, person: 8 })).toBeUndefined()
  })

  test('a review is somebody else’s, whatever they would decide', () => {
    const reviewed = application('waiting', 100_00)
    const events = [event('sent', 5), event('declined', 7), event('review_asked', 5)]
    for (const decision of [approve(100_00), { kind: 'decline' }, { kind: 'ask' }] as const) {
      expect(problem(reviewed, decision, 'officer', { events })).toBe('reviewed_by_decider')
      expect(problem(reviewed, decision, 'officer', { events, person: 8 })).toBeUndefined()
    }
  })

  test('nobody with an interest, nothing that is over, nothing beyond what was asked', () => {
    const waiting = application('waiting', 100_00)
    expect(problem(waiting, approve(100_00), 'officer', { hasInterest: true })).toBe('has_interest')
    for (const state of ['draft', 'approved', 'declined', 'withdrawn'] as const)
      expect(problem(application(state, 100_00), approve(100_00), 'officer')).toBe('not_now')
    expect(
      problemOfDecision(
        waiting,
        { kind: 'decline' },
        { person: 7, role: 'head', hasInterest: false, asksThemselves: true },
        { events: [], rules: usualFundingRules, onAgenda: true, schoolName: 'School' },
      ),
    ).toBe('asks_themselves')
    expect(problem(waiting, approve(100_01), 'officer')).toBe('amount')
    expect(problem(waiting, approve(0), 'officer')).toBe('amount')
    expect(problem(waiting, { kind: 'defer', day: plainDate('2026-12-01') }, 'officer')).toBeUndefined()
    expect(problem(application('question', 100_00), { kind: 'ask' }, 'officer')).toBe('not_now')
  })

  test('who promised may not agree, but may decline or ask; with an interest nobody does either', () => {
    const second = application('second', 3000_00)
    const events = [event('sent', 5), event('seconded', 7, 2500_00)]
    for (const decision of [{ kind: 'decline' }, { kind: 'ask' }] as const) {
      expect(problem(second, decision, 'head', { events })).toBeUndefined()
      expect(problem(second, decision, 'head', { events, person: 8, hasInterest: true })).toBe('has_interest')
    }
    expect(problem(second, approve(2500_00), 'head', { events, person: 8, hasInterest: true })).toBe('has_interest')
    expect(problem(second, { kind: 'defer', day: plainDate('2026-12-01') }, 'head', { events })).toBe('not_now')
  })

  test('what was promised before it went back for a question is no promise any more', () => {
    const events = [event('sent', 5), event('seconded', 7, 2500_00), event('asked', 8), event('answered', 5)]
    const again = application('waiting', 3000_00)
    expect(problem(again, approve(2900_00), 'head', { events })).toBeUndefined()
    // Promised anew, the last promise counts: its amount and its person.
    const twice = [...events, event('seconded', 8, 2900_00)]
    const second = application('second', 3000_00)
    expect(problem(second, approve(2500_00), 'head', { events: twice })).toBe('amount')
    expect(problem(second, approve(2900_00), 'head', { events: twice, person: 8 })).toBe('same_person')
    expect(problem(second, approve(2900_00), 'head', { events: twice })).toBeUndefined()
  })

  test('who declined first may decide a review of a later refusal, but not who declined last', () => {
    const events = [
      ...[event('sent', 5), event('declined', 7), event('review_asked', 5)],
      ...[event('declined', 8), event('review_asked', 5)],
    ]
    const reviewed = application('waiting', 100_00)
    expect(problem(reviewed, approve(100_00), 'officer', { events, person: 8 })).toBe('reviewed_by_decider')
    expect(problem(reviewed, approve(100_00), 'officer', { events, person: 7 })).toBeUndefined()
    // A refusal alone, without a review, binds nobody.
    const undone = [event('sent', 5), event('declined', 7)]
    expect(problem(reviewed, approve(100_00), 'officer', { events: undone })).toBeUndefined()
  })

  test('who needs whom, to the penny', () => {
    const at = (amount: number) => needed(pence(amount), usualFundingRules)
    expect([500_00, 500_01, 2000_00, 2000_01].map(at)).toEqual([
      { panel: false, second: false },
      { panel: true, second: false },
      { panel: true, second: false },
      { panel: true, second: true },
    ])
  })
})
