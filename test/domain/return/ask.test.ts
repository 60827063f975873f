import { describe, expect, test } from 'vitest'
import { askedOf, overlayFor, phaseOf } from '../../../src/domain/return/ask.ts'
import { completenessOf } from '../../../src/domain/return/completeness.ts'
import { yearGroups } from '../../../src/domain/return/dictionary/shared.ts'
import type { Term } from '../../../src/domain/return/item.ts'
import { answers, pupil } from './pupil.ts'

const baseOf = (yearGroup: string, term: Term, feed: boolean) =>
  completenessOf(
    askedOf(pupil({ yearGroup, term, facts: new Set(feed ? ['attendance_feed' as const] : []) })),
    new Map(),
  ).base

test('year groups belong to their phases; X belongs to none', () => {
  expect(yearGroups.map((yearGroup) => `${yearGroup} ${phaseOf(yearGroup) ?? 'none'}`)).toEqual([
    ...['E1', 'E2', 'N1', 'N2', 'R'].map((yearGroup) => `${yearGroup} early_years`),
    ...['1', '2'].map((yearGroup) => `${yearGroup} key_stage_1`),
    ...['3', '4', '5', '6'].map((yearGroup) => `${yearGroup} key_stage_2`),
    ...['7', '8', '9'].map((yearGroup) => `${yearGroup} key_stage_3`),
    ...['10', '11'].map((yearGroup) => `${yearGroup} key_stage_4`),
    ...['12', '13', '14'].map((yearGroup) => `${yearGroup} post_16`),
    'X none',
  ])
  expect(phaseOf('toString')).toBeUndefined()
})

test('what really counts for a year 8 pupil in autumn stays short', () => {
  expect(baseOf('8', 'autumn', true)).toBe(20)
  expect(baseOf('8', 'autumn', false)).toBe(26)
})

test('each phase is asked its own subjects', () => {
  const asked = (yearGroup: string) => [...askedOf(pupil({ yearGroup, term: 'spring' })).keys()]
  expect(asked('2')).toEqual(expect.arrayContaining(['reading_grade', 'writing_band', 'mathematics_on_track']))
  expect(asked('2')).not.toContain('english_grade')
  expect(asked('8')).toEqual(expect.arrayContaining(['english_grade', 'science_band', 'attainment_scale']))
  expect(asked('8')).not.toContain('reading_grade')
  expect(asked('10')).toEqual(expect.arrayContaining(['ks4_scale', 'ks4_mathematics_working_at']))
  expect(asked('10')).not.toContain('mathematics_grade')
  expect(asked('13')).not.toContain('hours_offered')
  expect(asked('X')).toContain('sen')
  expect(asked('X')).not.toContain('mathematics_grade')
})

test('science counts in key stage 3 and is open to primary schools', () => {
  expect(askedOf(pupil({ yearGroup: '8' })).get('science_grade')).toBe('required')
  expect(askedOf(pupil({ yearGroup: '5' })).get('science_grade')).toBe('optional')
})

test('on track is asked from spring on', () => {
  expect(askedOf(pupil({ yearGroup: '5' })).has('reading_on_track')).toBe(false)
  expect(askedOf(pupil({ yearGroup: '5', term: 'spring' })).get('reading_on_track')).toBe('required')
})

test('national tests are asked of their year in summer', () => {
  const inSummer = (yearGroup: string) => askedOf(pupil({ yearGroup, term: 'summer' }))
  expect(inSummer('1').get('phonics_check')).toBe('prefilled')
  expect(inSummer('2').get('phonics_check')).toBe('optional')
  expect(inSummer('4').get('multiplication_tables_check')).toBe('prefilled')
  expect(inSummer('6').get('ks2_writing')).toBe('prefilled')
  expect(inSummer('6').get('transfer_school')).toBe('required')
  expect(inSummer('5').has('multiplication_tables_check')).toBe(false)
  expect(askedOf(pupil({ yearGroup: '6', term: 'spring' })).has('ks2_writing')).toBe(false)
})

describe('key stage 4', () => {
  test('entry is required of year 11 in spring, and open to year 10 and in summer', () => {
    const entry = (yearGroup: string, term: Term) => askedOf(pupil({ yearGroup, term })).get('ks4_mathematics_entry')
    expect(entry('11', 'autumn')).toBeUndefined()
    expect(entry('11', 'spring')).toBe('required')
    expect(entry('11', 'summer')).toBe('optional')
    expect(entry('10', 'spring')).toBe('optional')
  })

  test('results are open in summer of year 11 and never required', () => {
    expect(askedOf(pupil({ yearGroup: '11', term: 'summer' })).get('ks4_english_language_result')).toBe('optional')
    expect(askedOf(pupil({ yearGroup: '10', term: 'summer' })).has('ks4_english_language_result')).toBe(false)
    expect(askedOf(pupil({ yearGroup: '11', term: 'spring' })).has('ks4_english_language_result')).toBe(false)
  })

  test('a subject the child does not take is not asked about', () => {
    const given = answers({ ks4_english_literature_qualification: 'state:not_applicable' })
    const asked = askedOf(pupil({ yearGroup: '10', answers: given }))
    expect(asked.has('ks4_english_literature_working_at')).toBe(false)
    expect(asked.get('ks4_english_language_working_at')).toBe('required')
  })

  test('a subject of the school’s own choosing is asked about once it is named', () => {
    const slot = (given: Readonly<Record<string, string>>) => {
      const asked = askedOf(pupil({ yearGroup: '10', answers: answers(given) }))
      return [asked.get('ks4_subject_5_qualification'), asked.get('ks4_subject_5_target')]
    }
    expect(slot({})).toEqual(['conditional', 'conditional'])
    expect(slot({ ks4_subject_5_title: 'History' })).toEqual(['required', 'conditional'])
    expect(slot({ ks4_subject_5_title: 'History', ks4_subject_5_qualification: 'gcse' })).toEqual([
      'required',
      'required',
    ])
  })

  test('the tier is asked of a GCSE', () => {
    const tier = (course: string) =>
      askedOf(pupil({ yearGroup: '10', answers: answers({ ks4_mathematics_qualification: course }) })).get(
        'ks4_mathematics_tier',
      )
    expect(tier('gcse')).toBe('required')
    expect(tier('functional_skills')).toBeUndefined()
    expect(tier('state:to_follow')).toBe('conditional')
  })
})

describe('conditions', () => {
  const needOf = (code: string, given: Readonly<Record<string, string>>) =>
    askedOf(pupil({ answers: answers(given) })).get(code)

  test('hold, do not hold, or wait for the answer that decides', () => {
    expect(needOf('part_time_reason', { full_time: 'N' })).toBe('required')
    expect(needOf('part_time_reason', { full_time: 'Y' })).toBeUndefined()
    expect(needOf('part_time_reason', {})).toBe('conditional')
    expect(needOf('part_time_reason', { full_time: 'state:cleared' })).toBe('conditional')
  })

  test('an answer that is not known is not a no; one that does not apply is', () => {
    expect(needOf('part_time_reason', { full_time: 'state:not_known' })).toBe('conditional')
    expect(needOf('part_time_reason', { full_time: 'state:declined' })).toBe('conditional')
    expect(needOf('part_time_reason', { full_time: 'state:not_applicable' })).toBeUndefined()
  })

  test('days suspended are asked only where there was a suspension', () => {
    expect(needOf('suspension_days', { suspensions: '0' })).toBeUndefined()
    expect(needOf('suspension_days', { suspensions: '2' })).toBe('required')
    expect(needOf('suspension_days', {})).toBe('conditional')
  })

  test('a second other place is asked about once it is named', () => {
    expect(needOf('other_provision_1_type', { other_provision: 'Y' })).toBe('required')
    expect(needOf('other_provision_2_provider', { other_provision: 'Y' })).toBe('optional')
    expect(needOf('other_provision_2_type', { other_provision: 'Y' })).toBe('conditional')
    expect(needOf('other_provision_2_type', { other_provision: 'Y', other_provision_2_provider: 'A tutor' })).toBe(
      'required',
    )
    expect(needOf('other_provision_2_type', { other_provision: 'N' })).toBeUndefined()
  })

  test('facts decide at once', () => {
    const asked = (...facts: Parameters<typeof askedOf>[0]['facts'] extends ReadonlySet<infer Fact> ? Fact[] : never) =>
      askedOf(pupil({ facts: new Set(facts) }))
    expect(asked().get('sessions_possible')).toBe('required')
    expect(asked('attendance_feed').has('sessions_possible')).toBe(false)
    expect(asked('target_2_held').get('target_2_progress')).toBe('required')
    expect(asked().has('target_2_progress')).toBe(false)
    expect(asked('pupil_premium_plus_paid').get('pupil_premium_plus_spent')).toBe('required')
    expect(asked('pupil_premium_plus_paid').get('pupil_premium_plus_effect')).toBe('conditional')
    expect(asked().has('pupil_premium_plus_effect')).toBe(false)
    expect(asked('newly_arrived').get('english_proficiency')).toBe('required')
  })

  test('an open question stays open, and is left out where it cannot apply', () => {
    expect(needOf('child_view_words', {})).toBe('optional')
    expect(needOf('child_view_words', { child_view_asked: 'Y' })).toBe('optional')
    expect(needOf('child_view_words', { child_view_asked: 'N' })).toBeUndefined()
    expect(needOf('child_view_not_asked_because', { child_view_asked: 'N' })).toBe('optional')
  })
})

describe('a council’s overlay', () => {
  const overlay = (setting: 'off' | 'optional' | 'required', item: string, given = {}) =>
    askedOf(pupil({ overlay: new Map([[item, setting]]), answers: answers(given) })).get(item)

  test('turns an item off, leaves it open, or requires it', () => {
    expect(overlay('off', 'mathematics_grade')).toBeUndefined()
    expect(overlay('optional', 'mathematics_grade')).toBe('optional')
    expect(overlay('required', 'child_view_asked')).toBe('required')
    expect(overlay('required', 'year_group')).toBe('required')
  })

  test('never asks what a condition rules out', () => {
    expect(overlay('required', 'child_view_words', { child_view_asked: 'N' })).toBeUndefined()
    expect(overlay('required', 'child_view_words', {})).toBe('conditional')
    expect(overlay('required', 'child_view_words', { child_view_asked: 'Y' })).toBe('required')
    expect(overlay('optional', 'part_time_reason', { full_time: 'N' })).toBe('optional')
    expect(overlay('required', 'ks4_scale')).toBeUndefined()
  })

  test('what hangs on an item that is off is not asked', () => {
    const asked = askedOf(pupil({ overlay: new Map([['full_time', 'off']]) }))
    expect(asked.has('part_time_reason')).toBe(false)
  })

  test('a line for the term stands above one for every term, in any order', () => {
    const always = { item: 'careers_interview', term: null, setting: 'required' } as const
    const inSummer = { item: 'careers_interview', term: 'summer', setting: 'off' } as const
    for (const rows of [
      [always, inSummer],
      [inSummer, always],
    ]) {
      expect(overlayFor(rows, 'summer').get('careers_interview')).toBe('off')
      expect(overlayFor(rows, 'spring').get('careers_interview')).toBe('required')
    }
    expect(overlayFor([inSummer], 'autumn').size).toBe(0)
  })
})

describe('a child who is no longer there', () => {
  test('of a child that left, only where to is still asked', () => {
    const asked = askedOf(pupil({ answers: answers({ status: 'left_destination_known' }) }))
    expect([...asked].filter(([, need]) => need !== 'optional').map(([code]) => code)).toEqual([
      'status',
      'left_on',
      'left_destination',
      'year_group',
      'answered_by_name',
      'answered_by_email',
    ])
    expect(asked.get('mathematics_grade')).toBe('optional')
  })

  test('of a child that was never there, nothing more is asked', () => {
    const asked = askedOf(pupil({ answers: answers({ status: 'never_ours' }) }))
    expect([...asked.keys()].filter((code) => !/^(answered_by|lead|deputy|please_call)/.test(code))).toEqual(['status'])
  })
})
