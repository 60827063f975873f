import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { comparable, reasonsAgainst } from '../../../src/domain/return/comparable.ts'
import type { Answer, Term } from '../../../src/domain/return/item.ts'
import { bandItems, bands, gradeItems, type Scale, translate } from '../../../src/domain/return/scale.ts'
import { wordsOf } from '../../../src/returns/scales.ts'

const said = (answers: Readonly<Record<string, string>>) =>
  new Map(Object.entries(answers).map(([item, value]): [string, Answer] => [item, { state: 'given', value }]))

const scale = (more: Partial<Scale> = {}): Scale => ({
  version: 7,
  code: 'own',
  name: 'Ellerwick steps',
  words: [
    { word: 'secure', band: 'at', yearGroup: '', term: '' },
    { word: 'Step 4', band: 'above', yearGroup: '', term: '' },
    { word: 'step 4', band: 'at', yearGroup: '5', term: '' },
    { word: 'step 4', band: 'below', yearGroup: '', term: 'summer' },
    { word: 'step 4', band: 'pre_key_stage', yearGroup: '5', term: 'summer' },
  ],
  ...more,
})

const never = () => false
const band = (
  answers: Readonly<Record<string, string>>,
  pupil: { yearGroup: string; term: Term } = { yearGroup: '4', term: 'autumn' },
  scales: readonly Scale[] = [scale()],
) => translate(said(answers), scales, pupil, never).map(({ item, value }) => `${item}=${value}`)

describe('a grade in a school’s own scale', () => {
  test('is translated by its word, however it is spaced or capitalised', () => {
    expect(band({ reading_grade: ' SECURE ' })).toEqual(['reading_band=at'])
    expect(translate(said({ reading_grade: 'Secure' }), [scale()], { yearGroup: '4', term: 'autumn' }, never)).toEqual([
      { item: 'reading_band', from: 'reading_grade', value: 'at', scale: 7 },
    ])
  })

  test('the line for a year and term stands above one for a year, that above one for a term, that above the rest', () => {
    const of = (yearGroup: string, term: Term) => band({ mathematics_grade: 'step  4' }, { yearGroup, term })
    expect(of('4', 'autumn')).toEqual(['mathematics_band=above'])
    expect(of('4', 'summer')).toEqual(['mathematics_band=below'])
    expect(of('5', 'autumn')).toEqual(['mathematics_band=at'])
    expect(of('5', 'summer')).toEqual(['mathematics_band=pre_key_stage'])
  })

  test('says nothing for a word that was given no meaning', () => {
    expect(band({ reading_grade: 'step 9' })).toEqual([])
  })

  test('with several scales the row says which: by its code, and by name where it is the school’s own', () => {
    const two = [scale(), scale({ version: 8, code: 'standardised_score', name: 'GL', words: [] })]
    expect(band({ reading_grade: 'secure' }, undefined, two)).toEqual([])
    expect(band({ reading_grade: 'secure', attainment_scale: 'standardised_score' }, undefined, two)).toEqual([])
    expect(band({ reading_grade: 'secure', attainment_scale: 'own' }, undefined, two)).toEqual(['reading_band=at'])
    const named = [scale(), scale({ version: 8, name: 'Tillbrook steps' })]
    expect(
      band(
        { reading_grade: 'secure', attainment_scale: 'own', attainment_scale_own: 'ellerwick STEPS' },
        undefined,
        named,
      ),
    ).toEqual(['reading_band=at'])
    expect(
      band({ reading_grade: 'secure', attainment_scale: 'own', attainment_scale_own: 'Other' }, undefined, named),
    ).toEqual([])
  })

  test('property: what the school stated, in the row or before, is never written over', () => {
    const value = fc.constantFrom('secure', 'step 4', 'other')
    const row = fc.record({
      reading_grade: value,
      writing_grade: fc.option(value, { nil: undefined }),
      reading_band: fc.option(fc.constantFrom(...bands), { nil: undefined }),
      writing_band: fc.option(fc.constantFrom(...bands), { nil: undefined }),
    })
    fc.assert(
      fc.property(row, fc.subarray([...bandItems]), (answers, before) => {
        const given: Record<string, string> = Object.fromEntries(
          Object.entries(answers).flatMap(([item, one]) => (one === undefined ? [] : [[item, one]])),
        )
        const pupil = { yearGroup: '4', term: 'autumn' } as const
        for (const { item, value: made } of translate(said(given), [scale()], pupil, (one) => before.includes(one))) {
          expect(item in given).toBe(false)
          expect(before).not.toContain(item)
          expect(bands).toContain(made)
        }
      }),
    )
  })

  test('every grade has its question beside it', () => {
    expect(gradeItems).toEqual(['reading', 'writing', 'english', 'mathematics', 'science'].map((one) => `${one}_grade`))
    expect(bandItems).toHaveLength(gradeItems.length)
  })
})

describe('the lines as typed', () => {
  const line = (word: string, band: string, yearGroup = '', term = '') => ({ word, band, yearGroup, term })

  test('are kept where they say something', () => {
    expect(wordsOf([line('a', 'at', '5', 'autumn'), line('b', ''), line('', ''), line('c', 'nonsense')])).toEqual({
      words: [{ word: 'a', band: 'at', yearGroup: '5', term: 'autumn' }],
      problems: [],
    })
  })

  test('two for one word, a meaning without a word, and nothing at all are to mend', () => {
    expect(wordsOf([line('a', 'at'), line(' A ', 'below'), line('', 'above')]).problems).toEqual([
      { kind: 'twice', row: 2, word: 'A' },
      { kind: 'noWord', row: 3 },
    ])
    expect(wordsOf([line('a', 'at'), line('a', 'below', '5')]).problems).toEqual([])
    expect(wordsOf([]).problems).toEqual([{ kind: 'nothing' }])
  })
})

describe('what may be summed, and held against what', () => {
  const own = (more: number | null = null) => ({ item: 'reading_band', scale: more })
  const national = { item: 'ks2_reading', scale: null }

  test('answers to one question are one figure, whoever said them', () => {
    expect(comparable([own(), own(3), own(4)], 'one figure')).toEqual({ comparable: true })
    expect(comparable([national], 'one figure')).toEqual({ comparable: true })
  })

  test('a school’s own judgement is in no figure with a national result, and different questions are none', () => {
    expect(comparable([own(), national], 'one figure')).toEqual({
      comparable: false,
      reasons: ['questions_differ', 'own_judgement'],
    })
    expect(comparable([], 'one figure')).toEqual({ comparable: false, reasons: ['nothing'] })
  })

  test('beside national results: a result may stand, a judgement may not, and it is said what it rests on', () => {
    expect(reasonsAgainst([national])).toEqual([])
    expect(reasonsAgainst([own()])).toEqual(['own_judgement'])
    expect(reasonsAgainst([own(3)])).toEqual(['own_judgement', 'translated'])
    expect(reasonsAgainst([own(3), own()])).toEqual(['own_judgement', 'translated', 'scales_differ'])
  })
})
