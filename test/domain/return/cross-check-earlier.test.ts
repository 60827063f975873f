import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainDate } from '../../../src/domain/dates.ts'
import {
  type EarlierAnswer,
  type EarlierCheckCode,
  earlierChecks,
  growingTotals,
  isBand,
} from '../../../src/domain/return/cross-check-earlier.ts'
import { itemOf, items } from '../../../src/domain/return/dictionary.ts'
import { earlierCheckWords } from '../../../templates/words/en/findings-earlier.ts'
import { answers } from './pupil.ts'

const sentBefore = (item: string, value: string, different: Partial<EarlierAnswer> = {}): EarlierAnswer => ({
  item,
  value,
  asAt: plainDate('2026-11-02'),
  academicYear: 2026,
  term: 'autumn',
  ...different,
})

const check = (now: Readonly<Record<string, string>>, ...earlier: readonly EarlierAnswer[]) =>
  earlierChecks(answers(now), { earlier, academicYear: 2026 })

const codes = (now: Readonly<Record<string, string>>, ...earlier: readonly EarlierAnswer[]) =>
  check(now, ...earlier).map(({ code, severity }) => `${severity} ${code}`)

describe('attainment against what is expected for age', () => {
  const fell = ['warning ATTAINMENT_FELL']

  test('two steps down is found, with both judgements and the round of the first', () => {
    expect(check({ reading_band: 'below' }, sentBefore('reading_band', 'above'))).toEqual([
      {
        code: 'ATTAINMENT_FELL',
        severity: 'warning',
        items: ['reading_band'],
        parameters: { before: 'above', now: 'below', term: 'autumn', academicYear: 2026 },
      },
    ])
    expect(codes({ early_physical_band: 'below' }, sentBefore('early_physical_band', 'above'))).toEqual(fell)
    expect(codes({ english_band: 'pre_key_stage' }, sentBefore('english_band', 'at'))).toEqual(fell)
  })

  test('one step, no step, a rise, and another subject are not', () => {
    for (const [from, to] of [
      ['above', 'at'],
      ['at', 'below'],
      ['below', 'pre_key_stage'],
      ['pre_key_stage', 'engagement_model'],
      ['above', 'above'],
      ['below', 'above'],
    ] as const)
      expect(codes({ reading_band: to }, sentBefore('reading_band', from))).toEqual([])
    expect(codes({ reading_band: 'below' }, sentBefore('writing_band', 'above'))).toEqual([])
  })

  test('only the last that was published is compared, whatever the order they come in', () => {
    const earlier = sentBefore('reading_band', 'above', {
      asAt: plainDate('2026-06-19'),
      academicYear: 2025,
      term: 'summer',
    })
    const last = sentBefore('reading_band', 'at')
    expect(codes({ reading_band: 'below' }, earlier, last)).toEqual([])
    expect(codes({ reading_band: 'below' }, last, earlier)).toEqual([])
    expect(codes({ reading_band: 'below' }, earlier)).toEqual(fell)
  })

  test('a grade, and what is not assessed or blank, is not compared', () => {
    expect(codes({ reading_grade: 'WTS' }, sentBefore('reading_grade', 'GDS'))).toEqual([])
    expect(codes({ reading_band: 'state:not_assessed' }, sentBefore('reading_band', 'above'))).toEqual([])
    expect(codes({}, sentBefore('reading_band', 'above'))).toEqual([])
  })

  test('every judgement of the dictionary is one of the steps', () => {
    const bands = items.filter(({ code }) => isBand(code))
    expect(bands.length).toBe(10)
    for (const { code, type } of bands)
      for (const option of type.kind === 'choice' ? type.options : [''])
        expect(codes({ [code]: option }, sentBefore(code, 'above')).length, `${code} ${option}`).toBe(
          ['above', 'at'].includes(option) ? 0 : 1,
        )
  })
})

describe('totals of the year to date', () => {
  test('a lower one than in an earlier return of the academic year is found, with both figures', () => {
    expect(check({ sessions_attended: '99' }, sentBefore('sessions_attended', '100'))).toEqual([
      {
        code: 'TOTAL_WENT_DOWN',
        severity: 'warning',
        items: ['sessions_attended'],
        parameters: { before: '100', now: '99', term: 'autumn', academicYear: 2026 },
      },
    ])
    expect(codes({ early_hours_offered: '209.75' }, sentBefore('early_hours_offered', '210'))).toEqual([
      'warning TOTAL_WENT_DOWN',
    ])
  })

  test('the same, a higher one, another academic year, an absence or an unknown is not', () => {
    expect(codes({ sessions_possible: '100' }, sentBefore('sessions_possible', '100'))).toEqual([])
    expect(codes({ sessions_possible: '101' }, sentBefore('sessions_possible', '100'))).toEqual([])
    expect(codes({ sessions_possible: '20' }, sentBefore('sessions_possible', '360', { academicYear: 2025 }))).toEqual(
      [],
    )
    expect(codes({ sessions_authorised: '2' }, sentBefore('sessions_authorised', '9'))).toEqual([])
    expect(codes({ sessions_possible: 'state:not_known' }, sentBefore('sessions_possible', '100'))).toEqual([])
  })

  test('a percentage that a college reports may fall as it likes', () => {
    expect(codes({ post_16_attendance_percent: '60' }, sentBefore('post_16_attendance_percent', '95'))).toEqual([])
  })

  test('is found exactly where it is below the highest that was sent, and names that one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...growingTotals),
        fc.array(fc.integer({ min: 0, max: 420 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 420 }),
        (item, sent, now) => {
          const found = check({ [item]: String(now) }, ...sent.map((value) => sentBefore(item, String(value))))
          const highest = Math.max(...sent)
          expect(found.map(({ parameters }) => parameters['before'])).toEqual(now < highest ? [String(highest)] : [])
        },
      ),
    )
  })
})

test('words say both values, and every rule has words', () => {
  const words = (code: EarlierCheckCode, p: Readonly<Record<string, string | number>>) =>
    earlierCheckWords[code].rule(p)
  const round = { term: 'autumn', academicYear: 2026 }
  expect(words('ATTAINMENT_FELL', { before: 'above', now: 'pre_key_stage', ...round })).toBe(
    'In Autumn\u00a02026 you sent “Above”, and now “Pre-key stage”.',
  )
  expect(words('TOTAL_WENT_DOWN', { before: '100', now: '99', ...round })).toContain('you sent 100, and now 99.')
  expect(earlierCheckWords.PLAN_DATE_PAST.rule({ nextBy: '2026-11-01', today: '2026-11-20' })).toBe(
    'The next plan was due by 1 November 2026, and today is 20 November 2026.',
  )
  expect(earlierCheckWords.PUPILS_NOT_IN_FILE.title({ pupils: 2, references: 'a b' })).toContain('2 pupils')
  expect(earlierCheckWords.PUPILS_NOT_IN_FILE.rule({ pupils: 2, references: 'a b' })).toContain('a, b')
  expect(growingTotals.filter((item) => !itemOf(item))).toEqual([])
})
