import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainDate, plusDays } from '../../../src/domain/dates.ts'
import { itemOf, items } from '../../../src/domain/return/dictionary.ts'
import type { AnswerState, Item } from '../../../src/domain/return/item.ts'
import { readValue, statesOf, writeValue } from '../../../src/domain/return/value.ts'
import { itemWords, stateWords } from '../../../templates/words/en/items.ts'

const today = plainDate('2026-07-03')

const item = (code: string): Item => {
  const found = itemOf(code)
  if (!found) throw new Error(`no item ${code}`)
  return found
}

const read = (code: string, raw: string) =>
  readValue(item(code).type, statesOf(item(code)), raw, today, itemWords[code]?.options, stateWords)

const value = (code: string, raw: string) => {
  const reading = read(code, raw)
  return 'problem' in reading ? reading.problem : reading.state === 'given' ? reading.value : reading.state
}

describe('a choice', () => {
  test('is read by its code or its words, without regard to capitals and spaces', () => {
    for (const raw of ['K', 'k', ' SEN support ', 'sen  SUPPORT', 'SENsupport']) expect(value('sen', raw)).toBe('K')
    expect(value('full_time', 'yes')).toBe('Y')
    expect(value('mathematics_band', 'Pre\u2011key stage')).toBe('pre_key_stage')
    expect(value('part_time_reason', 'awaiting_place')).toBe('awaiting_place')
  })

  test('that is a number may come as a spreadsheet writes it', () => {
    expect(value('year_group', '7.0')).toBe('7')
    expect(value('year_group', '07')).toBe('7')
    expect(value('phonics_check', '32')).toBe('32')
    expect(value('phonics_check', '00')).toBe('0')
    expect(value('phonics_check', '41')).toBe('CHOICE_NOT_LISTED')
  })

  test('that is not listed is to mend', () => {
    expect(value('sen', 'maybe')).toBe('CHOICE_NOT_LISTED')
    expect(value('sen', 'constructor')).toBe('CHOICE_NOT_LISTED')
  })
})

describe('the words of a state', () => {
  test('are read in any item that may be answered so', () => {
    expect(value('mathematics_band', 'Not assessed')).toBe('not_assessed')
    expect(value('hours_offered', 'NOT KNOWN')).toBe('not_known')
    expect(value('part_time_end', 'to follow')).toBe('to_follow')
    expect(value('ks4_english_literature_qualification', 'n/a')).toBe('not_applicable')
    expect(value('ks4_english_literature_qualification', 'Does not apply')).toBe('not_applicable')
    expect(value('child_view_words', 'declined')).toBe('declined')
    expect(value('mathematics_grade', 'none')).toBe('cleared')
  })

  test('are to mend where the item cannot be answered so', () => {
    expect(read('hours_offered', 'not assessed')).toEqual({
      problem: 'STATE_NOT_ALLOWED',
      parameters: { state: 'not_assessed' },
    })
  })

  test('"none" is 0 where the item counts, and never clears where it could mean an answer', () => {
    expect(value('suspensions', 'None')).toBe('0')
    expect(value('sessions_unauthorised', 'none')).toBe('0')
    expect(value('sessions_possible', 'none')).toBe('cleared')
    expect(value('intended_destination', 'none')).toBe('none')
    expect(value('sen', 'none')).toBe('STATE_NOT_ALLOWED')
    expect(value('access_arrangements', 'none')).toBe('STATE_NOT_ALLOWED')
    expect(value('multiplication_tables_check', 'none')).toBe('cleared')
  })
})

describe('a day', () => {
  test('is read as people write it', () => {
    for (const raw of [
      '14/06/2026',
      '14-6-26',
      '14 June 2026',
      '14th June 2026',
      '2026-06-14',
      '2026-06-14T00:00:00',
    ]) {
      expect(value('entry_date', raw)).toBe('2026-06-14')
    }
  })

  test('that does not exist, or is still to come, is to mend', () => {
    expect(value('entry_date', '31/06/2026')).toBe('NOT_A_DATE')
    expect(value('entry_date', 'soon')).toBe('NOT_A_DATE')
    expect(value('entry_date', '03/07/2026')).toBe('2026-07-03')
    expect(value('entry_date', '04/07/2026')).toBe('DATE_IN_FUTURE')
    expect(value('part_time_review', '04/07/2026')).toBe('2026-07-04')
  })
})

describe('a number', () => {
  test('loses only what says nothing', () => {
    expect(value('sessions_possible', '25.0')).toBe('25')
    expect(value('sessions_possible', '025')).toBe('25')
    expect(value('sessions_possible', '0.00')).toBe('0')
    expect(value('sessions_possible', '-0')).toBe('0')
    expect(value('hours_offered', '32.50')).toBe('32.5')
    expect(value('hours_offered', '.5')).toBe('0.5')
  })

  test('out of range or with too many places is to mend', () => {
    expect(read('sessions_possible', '421')).toEqual({ problem: 'OUT_OF_RANGE', parameters: { from: 0, to: 420 } })
    expect(value('sessions_possible', '-1')).toBe('OUT_OF_RANGE')
    expect(value('sessions_possible', '9'.repeat(400))).toBe('OUT_OF_RANGE')
    expect(read('sessions_possible', '25.5')).toEqual({ problem: 'TOO_MANY_PLACES', parameters: { places: 0 } })
    expect(value('suspension_days', '0.5')).toBe('0.5')
    expect(value('suspension_days', '0')).toBe('OUT_OF_RANGE')
    expect(value('suspension_days', '0.25')).toBe('TOO_MANY_PLACES')
  })

  test('that is not one is to mend, never guessed', () => {
    for (const raw of ['about 25', '2 5', '1e3', '25%', '2,5', '0x10', '1_0', '--1', '.', '25hours']) {
      expect(value('sessions_possible', raw), raw).toBe('NOT_A_NUMBER')
    }
  })
})

test('money is read to whole pence', () => {
  const spent = (raw: string) => value('pupil_premium_plus_spent', raw)
  expect(spent('£1,234.50')).toBe('123450')
  expect(spent('£ 380')).toBe('38000')
  expect(spent('380.5')).toBe('38050')
  expect(spent('0')).toBe('0')
  expect(spent('0.05')).toBe('5')
  expect(spent('380.505')).toBe('TOO_MANY_PLACES')
  expect(spent('-1')).toBe('OUT_OF_RANGE')
  expect(spent('20000')).toBe('2000000')
  expect(read('pupil_premium_plus_spent', '20000.01')).toEqual({
    problem: 'OUT_OF_RANGE',
    parameters: { from: '£0.00', to: '£20,000.00' },
  })
  expect(spent('£1,23')).toBe('NOT_A_NUMBER')
})

test('text keeps what was written, up to its length in characters', () => {
  expect(value('mathematics_grade', '  4= ')).toBe('4=')
  expect(value('child_view_words', 'I like art.\r\nMaths is hard.')).toBe('I like art.\nMaths is hard.')
  expect(value('child_view_words', '\u{1F600}'.repeat(500))).toBe('\u{1F600}'.repeat(500))
  expect(read('mathematics_grade', 'x'.repeat(21))).toEqual({
    problem: 'TOO_LONG',
    parameters: { longest: 20, length: 21 },
  })
})

test('a cell with nothing to see in it is no answer', () => {
  for (const raw of ['', '  ', '\u00A0', '\u200B\uFEFF']) expect(value('mathematics_grade', raw)).toBe('BLANK')
})

test('an answer is written as a person reads it', () => {
  const write = (code: string, text: string) =>
    writeValue(item(code).type, 'given', text, { options: itemWords[code]?.options, states: stateWords })
  expect(write('sen', 'K')).toBe('SEN support')
  expect(write('entry_date', '2025-09-02')).toBe('2 September 2025')
  expect(write('pupil_premium_plus_spent', '123450')).toBe('£1,234.50')
  expect(write('pupil_premium_plus_spent', '5')).toBe('£0.05')
  expect(write('hours_offered', '32.5')).toBe('32.5')
  expect(writeValue(item('sen').type, 'not_known', null, { states: stateWords })).toBe('not known')
})

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[\s_]+/g, '')
    .toLowerCase()
const stateLike = new Set(['na', 'n/a', ...Object.entries(stateWords).flat().map(plain)])

const anyValue = ({ type }: Item): fc.Arbitrary<string> => {
  switch (type.kind) {
    case 'choice':
      return fc.constantFrom(...type.options)
    case 'text':
      return fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: type.longest })
        .filter((text) => text.trim() === text && [...text].length <= type.longest && !text.includes('\r'))
        .filter(
          (text) => plain(text) !== '' && !stateLike.has(plain(text)) && !/^[\s\u200B-\u200D\u2060\uFEFF]*$/.test(text),
        )
    case 'integer':
      return fc.integer({ min: type.from, max: type.to }).map(String)
    case 'decimal': {
      const scale = 10 ** type.places
      return fc.integer({ min: type.from * scale, max: type.to * scale }).map((scaled) => String(scaled / scale))
    }
    case 'date':
      return fc.integer({ min: 0, max: 9000 }).map((days) => plusDays(today, -days))
    case 'pence':
      return fc.integer({ min: 0, max: type.to }).map(String)
  }
}

describe('what is written reads back the same', () => {
  test.each(items.map((one) => [one.code, one] as const))('%s', (code, one) => {
    const words = { options: itemWords[code]?.options, states: stateWords }
    const back = (state: AnswerState, text: string | null) =>
      readValue(one.type, statesOf(one), writeValue(one.type, state, text, words), today, words.options, stateWords)
    fc.assert(
      fc.property(anyValue(one), (text) => {
        expect(back('given', text)).toEqual({ state: 'given', value: text })
        // The value itself, as a CSV written by a program has it, reads the same; money is written in pounds.
        if (one.type.kind !== 'pence') {
          expect(readValue(one.type, statesOf(one), text, today, words.options, stateWords)).toEqual({
            state: 'given',
            value: text,
          })
        }
      }),
      { numRuns: 40 },
    )
    for (const state of statesOf(one)) expect(back(state, null)).toEqual({ state, value: null })
  })
})

test('any text at all is read to an answer or to something to mend', () => {
  fc.assert(
    fc.property(fc.constantFrom(...items), fc.string({ unit: 'binary', maxLength: 40 }), (one, raw) => {
      const reading = readValue(one.type, statesOf(one), raw, today, itemWords[one.code]?.options, stateWords)
      expect('problem' in reading || (reading.state === 'given') === (reading.value !== null)).toBe(true)
    }),
  )
})
