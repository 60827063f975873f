import { expect, test } from 'vitest'
import { plainDate } from '../../../src/domain/dates.ts'
import { type CrossCheckCode, crossChecks } from '../../../src/domain/return/cross-check.ts'
import { goodLevelGoals } from '../../../src/domain/return/dictionary/early-years.ts'
import { itemOf } from '../../../src/domain/return/dictionary.ts'
import { crossCheckWords, valueWords } from '../../../templates/words/en/return.ts'
import { answers } from './pupil.ts'

const check = (given: Readonly<Record<string, string>>) =>
  crossChecks(answers(given), { asAt: plainDate('2026-07-03') })
const codes = (given: Readonly<Record<string, string>>) =>
  check(given).map((found) => `${found.severity} ${found.code}`)

const sessions = (possible: string, attended: string, authorised: string, unauthorised: string) => ({
  sessions_possible: possible,
  sessions_attended: attended,
  sessions_authorised: authorised,
  sessions_unauthorised: unauthorised,
})

/** Every goal that a good level rests on, as expected. */
const expectedGoals = Object.fromEntries(goodLevelGoals.map((goal) => [goal, '2']))

type Case = readonly [
  CrossCheckCode,
  'error' | 'warning',
  fits: Record<string, string>,
  doesNot: Record<string, string>,
]

const cases: readonly Case[] = [
  [
    'ATTENDED_ABOVE_POSSIBLE',
    'error',
    { sessions_possible: '100', sessions_attended: '100' },
    { sessions_possible: '100', sessions_attended: '101' },
  ],
  [
    'ABSENT_ABOVE_POSSIBLE',
    'error',
    { sessions_possible: '100', sessions_unauthorised: '100' },
    { sessions_possible: '100', sessions_unauthorised: '101' },
  ],
  ['SESSIONS_DO_NOT_ADD_UP', 'warning', sessions('100', '90', '6', '4'), sessions('100', '90', '6', '3')],
  [
    'SESSIONS_PERIOD_BACKWARDS',
    'error',
    { sessions_from: '2026-01-05', sessions_to: '2026-01-05' },
    { sessions_from: '2026-01-06', sessions_to: '2026-01-05' },
  ],
  [
    'SESSIONS_BEFORE_JOINING',
    'warning',
    { entry_date: '2026-01-05', sessions_from: '2026-01-05' },
    { entry_date: '2026-01-06', sessions_from: '2026-01-05' },
  ],
  [
    'LEFT_BEFORE_JOINING',
    'error',
    { entry_date: '2026-01-05', left_on: '2026-01-05' },
    { entry_date: '2026-01-06', left_on: '2026-01-05' },
  ],
  [
    'LEFT_AFTER_AS_AT',
    'warning',
    { status: 'left_destination_known', left_on: '2026-07-03' },
    { status: 'left_destination_known', left_on: '2026-07-04' },
  ],
  [
    'LEFT_BUT_ON_ROLL',
    'error',
    { status: 'never_ours', left_on: '2026-07-01' },
    { status: 'C', left_on: '2026-07-01' },
  ],
  [
    'PART_TIME_ENDS_BEFORE_START',
    'error',
    { part_time_start: '2026-01-05', part_time_end: '2026-01-05' },
    { part_time_start: '2026-01-05', part_time_end: '2026-01-04' },
  ],
  [
    'PART_TIME_REVIEW_BEFORE_START',
    'warning',
    { part_time_start: '2026-01-05', part_time_review: '2026-01-05' },
    { part_time_start: '2026-01-05', part_time_review: '2026-01-04' },
  ],
  [
    'OTHER_PLACE_ENDS_BEFORE_START',
    'error',
    { other_provision_2_start: '2026-01-05', other_provision_2_end: '2026-01-05' },
    { other_provision_2_start: '2026-01-05', other_provision_2_end: '2026-01-04' },
  ],
  ['HOURS_ABOVE_USUAL', 'warning', { hours_offered: '40' }, { hours_offered: '40.5' }],
  [
    'FULL_TIME_FEW_HOURS',
    'warning',
    { full_time: 'Y', hours_offered: '15' },
    { full_time: 'Y', hours_offered: '14.5' },
  ],
  [
    'OTHER_HOURS_ABOVE_OFFERED',
    'warning',
    { hours_offered: '25.3', other_provision_1_hours: '20.1', other_provision_2_hours: '5.2' },
    { hours_offered: '25', other_provision_1_hours: '20', other_provision_2_hours: '5.5' },
  ],
  [
    'SUSPENSION_DAYS_WITHOUT_SUSPENSION',
    'error',
    { suspensions: '1', suspension_days: '0.5' },
    { suspensions: '0', suspension_days: '0.5' },
  ],
  [
    'SUSPENSION_DAYS_TOO_FEW',
    'warning',
    { suspensions: '3', suspension_days: '1.5' },
    { suspensions: '3', suspension_days: '1' },
  ],
  [
    'FUNDED_TAKEN_ABOVE_ENTITLED',
    'warning',
    { funded_hours_entitled: '15', funded_hours_taken: '15' },
    { funded_hours_entitled: '15', funded_hours_taken: '15.5' },
  ],
  [
    'EARLY_HOURS_PERIOD_BACKWARDS',
    'error',
    { early_hours_from: '2026-01-05', early_hours_to: '2026-01-05' },
    { early_hours_from: '2026-01-06', early_hours_to: '2026-01-05' },
  ],
  [
    'EARLY_HOURS_ABOVE_OFFERED',
    'error',
    { early_hours_offered: '210.5', early_hours_attended: '210.5' },
    { early_hours_offered: '210', early_hours_attended: '210.25' },
  ],
  [
    'GOOD_LEVEL_DOES_NOT_FIT',
    'warning',
    { ...expectedGoals, eyfsp_good_level: 'Y' },
    { ...expectedGoals, eyfsp_word_reading: '1', eyfsp_good_level: 'Y' },
  ],
  [
    'PROGRAMME_ENDS_BEFORE_START',
    'error',
    { post_16_start: '2026-01-05', post_16_planned_end: '2026-01-05' },
    { post_16_start: '2026-01-06', post_16_planned_end: '2026-01-05' },
  ],
  ['PROVIDER_NUMBER_SHAPE', 'error', { post_16_provider: '10099901' }, { post_16_provider: '1009990' }],
  [
    'POST_16_ATTENDANCE_BACKWARDS',
    'error',
    { post_16_attendance_from: '2026-01-05', post_16_attendance_to: '2026-01-05' },
    { post_16_attendance_from: '2026-01-06', post_16_attendance_to: '2026-01-05' },
  ],
  [
    'CHILD_WORDS_BUT_NOT_ASKED',
    'warning',
    { child_view_asked: 'Y', child_view_words: 'I like art' },
    { child_view_asked: 'N', child_view_words: 'I like art' },
  ],
  ['EMAIL_SHAPE', 'error', { lead_email: 'lead@office.school.example' }, { lead_email: 'lead at school' }],
]

test.each(cases)('%s', (code, severity, fits, doesNot) => {
  expect(codes(fits)).toEqual([])
  expect(codes(doesNot)).toEqual([`${severity} ${code}`])
})

test('every rule has a case here and words', () => {
  expect(cases.map(([code]) => code).sort()).toEqual(Object.keys(crossCheckWords).sort())
})

test('a rule names items of the dictionary and its words need no more than its parameters', () => {
  for (const [code, , , doesNot] of cases) {
    for (const found of check(doesNot)) {
      expect(found.items.filter((item) => !itemOf(item))).toEqual([])
      const words = crossCheckWords[code]
      const read = [words.title(found.parameters), words.rule(found.parameters), words.mend(found.parameters)].join(' ')
      expect(read).not.toMatch(/undefined|NaN|\b(error|invalid|failed|warning)\b|!/i)
    }
  }
})

test('what is blank or not known is never compared', () => {
  expect(codes({})).toEqual([])
  expect(codes({ sessions_possible: 'state:not_known', sessions_attended: '100' })).toEqual([])
  expect(codes({ ...sessions('100', '90', '6', 'state:to_follow') })).toEqual([])
  expect(codes({ left_on: '2025-01-01', entry_date: 'state:not_known' })).toEqual([])
})

test('a part above what is possible is found once, not also as a sum', () => {
  expect(codes(sessions('100', '120', '0', '0'))).toEqual(['error ATTENDED_ABOVE_POSSIBLE'])
})

test('a good level is compared with the goals only where all of them are there, in both directions', () => {
  expect(codes({ ...expectedGoals, eyfsp_good_level: 'N' })).toEqual(['warning GOOD_LEVEL_DOES_NOT_FIT'])
  expect(codes({ ...expectedGoals, eyfsp_number: 'A', eyfsp_good_level: 'N' })).toEqual([])
  expect(codes({ ...expectedGoals, eyfsp_number: 'state:not_known', eyfsp_good_level: 'Y' })).toEqual([])
})

test('a provider is named by a UKPRN or a URN', () => {
  for (const fits of ['10099901', '900014']) expect(codes({ post_16_provider: fits })).toEqual([])
  for (const other of ['90001', '20099901', 'A college', '100999012'])
    expect(codes({ post_16_provider: other })).toEqual(['error PROVIDER_NUMBER_SHAPE'])
})

test('both other places are looked at', () => {
  const found = check({
    other_provision_1_start: '2026-01-05',
    other_provision_1_end: '2026-01-04',
    other_provision_2_start: '2026-01-05',
    other_provision_2_end: '2026-01-04',
  })
  expect(found.map(({ items }) => items[0])).toEqual(['other_provision_1_start', 'other_provision_2_start'])
})

test('a cell that could not be read has words that carry its limits', () => {
  expect(valueWords.OUT_OF_RANGE.rule({ from: 0, to: 420 })).toBe('From 0 to 420.')
  expect(valueWords.TOO_LONG.rule({ longest: 20, length: 21 })).toBe('Up to 20 characters; this has 21.')
  expect(valueWords.TOO_MANY_PLACES.title({ places: 0 })).toBe('Not a whole number')
})
