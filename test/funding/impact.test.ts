import { describe, expect, test } from 'vitest'
import { type Instant, plainDate } from '../../src/domain/dates.ts'
import { financialYear } from '../../src/domain/funding/financial-year.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import { impactTable } from '../../src/exports/money.ts'
import { attainmentImpact, impactByIntervention } from '../../src/funding/impact.ts'
import { medianOf } from '../../src/funding/median.ts'
import { surveyResult } from '../../src/funding/survey-result.ts'
import type { ListedApplication } from '../../src/store/applications.ts'
import type { UseReport } from '../../src/store/use-reports.ts'
import { impactWords } from '../../templates/words/en/radar.ts'

const moment = '2026-11-02T09:00:00.000Z' as Instant
const year = financialYear(2026)

describe('what money did', () => {
  const approved = (number: number, intervention: string, agreed: number, decidedAt = moment): ListedApplication => ({
    ...{ number, id: `a${number}`, reference: '', virtualSchool: 1, council: '', school: 7, kind: 'child' },
    ...{ fund: 'pupil_premium_plus', state: 'approved', events: 2, intervention, urgent: false, year },
    ...{ asked: pence(agreed), agreed: pence(agreed), sentAt: moment, decidedAt, madeAt: moment, panelOn: null },
  })
  const granted = (
    intervention: string | null,
    agreed: number,
    children: readonly number[],
    used?: readonly [UseReport['outcome'], number],
    returned = 0,
  ) => ({
    ...{ intervention, agreed: pence(agreed), returned: pence(returned), children },
    use: used && { outcome: used[0], spent: pence(used[1]), hoursGiven: 250 },
  })

  test('by intervention, and by entitlement: a child counts once, a met target costs what was agreed for those met', () => {
    const impact = impactByIntervention([
      granted('therapeutic', 300_00, [7], ['met', 290_00]),
      granted(null, 30_00, [7], ['met', 30_00]),
      granted('therapeutic', 100_00, [7, 8], ['partly', 100_00]),
      granted('other', 50_00, [9]),
      granted(null, 15_00, [8], ['not_met', 0]),
      granted(null, 3_01, [10], ['met', 3_01]),
    ])
    expect(impact).toEqual([
      {
        ...{ intervention: 'therapeutic', granted: 2, children: 2, agreed: 400_00, spent: 390_00, hours: 500 },
        ...{ outcomes: { met: 1, partly: 1, not_met: 0, too_early: 0 }, reported: 2, perMet: 300_00 },
      },
      {
        ...{ intervention: 'other', granted: 1, children: 1, agreed: 50_00, spent: 0, hours: 0 },
        ...{ outcomes: { met: 0, partly: 0, not_met: 0, too_early: 0 }, reported: 0, perMet: null },
      },
      {
        ...{ intervention: null, granted: 3, children: 3, agreed: 48_01, spent: 33_01, hours: 750 },
        ...{ outcomes: { met: 2, partly: 0, not_met: 1, too_early: 0 }, reported: 3, perMet: 16_51 },
      },
    ])
  })

  test('what came back is no cost of a target that was met', () => {
    const [impact] = impactByIntervention([
      granted('other', 300_00, [7], ['met', 200_00], 100_00),
      granted('other', 100_00, [8], ['met', 100_00]),
      granted('other', 500_00, [9], ['not_met', 0], 500_00),
    ])
    expect(impact).toMatchObject({ agreed: 900_00, perMet: 150_00 })
  })

  test('attainment: the last judgement before and the last after, pairs alone, of the same base', () => {
    const judged = (pupil: number, item: string, asAt: string, value: string, state = 'given') => ({
      ...{ application: 1, pupil, item, state, value, asAt: plainDate(asAt) },
    })
    const impact = attainmentImpact(
      [approved(1, 'other', 1)],
      [
        ...[judged(7, 'english_band', '2026-03-01', 'at'), judged(7, 'english_band', '2026-11-02', 'below')],
        ...[judged(7, 'english_band', '2026-12-01', 'below'), judged(7, 'english_band', '2027-03-01', 'above')],
        ...[
          judged(8, 'science_band', '2026-10-01', 'pre_key_stage'),
          judged(8, 'science_band', '2027-01-01', '', 'not_assessed'),
        ],
        judged(9, 'english_band', '2026-10-01', 'at'),
        judged(9, 'science_band', '2027-10-01', 'at', 'not_known'),
      ],
    )
    expect(impact).toMatchObject({ judgements: 2, children: 2 })
    expect(impact.bands.map(({ band, before, after }) => `${band} ${before.count} ${after.count}`)).toEqual([
      ...['below 2 0', 'at 0 0', 'above 0 1', 'not_assessed 0 1'],
    ])
  })
  test('a file for readers outside holds a band back by its children, however many judgements there are of them', () => {
    const subjects = ['english_band', 'maths_band', 'science_band']
    const judged = (pupil: number, asAt: string, value: string) =>
      subjects.map((item) => ({ application: 1, pupil, item, state: 'given', value, asAt: plainDate(asAt) }))
    const children = Array.from({ length: 20 }, (_, at) => at + 1)
    // Before, twelve at and eight above; after, two below and the others above: six judgements, of two children.
    const { bands, ...base } = attainmentImpact(
      [approved(1, 'other', 1)],
      [
        ...children.flatMap((pupil) => judged(pupil, '2026-10-01', pupil <= 12 ? 'at' : 'above')),
        ...children.flatMap((pupil) => judged(pupil, '2027-01-01', pupil <= 2 ? 'below' : 'above')),
      ],
    )
    expect(base).toEqual({ judgements: 60, children: 20 })
    expect(bands[0]?.after).toEqual({ count: 6, children: 2, hundredths: 1000 })
    const { rows } = impactTable([], { ...base, bands })
    const held = [impactWords.held, impactWords.held]
    expect(rows.map((row) => row.slice(-2))).toEqual([held, [36, impactWords.held], held, held])
  })
  test('the median', () => expect([[], [5], [1, 9], [3, 1, 2]].map(medianOf)).toEqual([undefined, 5, 1, 2]))
})

describe('the survey of 2016', () => {
  const blank = { attainment: '', ranked: '[]', before: null, after: null }
  const of = (attainment: string, count: number) => Array.from({ length: count }, () => ({ ...blank, attainment }))

  test('question 1: 16, 34, 17, 0 and 1 of 68 who answered it, of 70 who responded', () => {
    const answers = [
      ...[...of('large', 16), ...of('noticeable', 34), ...of('slight', 17), ...of('negative', 1), ...of('', 2)],
    ]
    const { responded, attainment } = surveyResult(answers)
    expect([responded, attainment.answered]).toEqual([70, 68])
    expect(attainment.shares.map(({ hundredths }) => hundredths)).toEqual([2353, 5000, 2500, 0, 147])
  })

  test('question 3: 72, 15 and 13 of a hundred become 41, 32 and 27: points, relative and as a multiple', () => {
    const { bands } = surveyResult([{ ...blank, before: '[72,15,13,0]', after: '[41,32,27,0]' }])
    expect(
      bands.rows.map(({ band, change }) => [band, change.points, change.relativeTenths, change.multipleHundredths]),
    ).toEqual([
      ['below', -31, -431, 57],
      ['at', 17, 1133, 213],
      ['above', 14, 1077, 208],
      ['not_assessed', 0, null, null],
    ])
  })

  test('question 2: ranks by points, and how many ranked at all', () => {
    const { ranks } = surveyResult([
      { ...blank, ranked: '["therapeutic","other"]' },
      { ...blank, ranked: '["other"]' },
      blank,
    ])
    expect(ranks.answered).toBe(2)
    expect(ranks.list.slice(0, 2)).toMatchObject([
      { choice: 'other', points: 25, firsts: 1, method: 'borda' },
      { choice: 'therapeutic', points: 13, firsts: 1 },
    ])
  })
})
