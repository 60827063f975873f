import { describe, expect, test } from 'vitest'
import { StatementTooLarge } from '../../src/store/db.ts'
import { checkLimits } from '../../src/store/limits.ts'

const selects = (count: number, joiner = ' union all ') => Array.from({ length: count }, () => 'select 1').join(joiner)

describe("D1's limits, on every engine", () => {
  test('an ordinary statement passes as it is', () => {
    const parameters = ['x', 1, 1.5, null, new Uint8Array([1])]
    expect(checkLimits('select ?, ?, ?, ?, ?', parameters)).toEqual({ sql: 'select ?, ?, ?, ?, ?', parameters })
  })

  test('100 parameters pass, 101 do not', () => {
    expect(() => checkLimits('select', Array(100).fill(1))).not.toThrow()
    expect(() => checkLimits('select', Array(101).fill(1))).toThrow(StatementTooLarge)
  })

  test('SQL of 100,000 bytes passes, one more does not, counted in UTF-8', () => {
    expect(() => checkLimits('x'.repeat(100_000), [])).not.toThrow()
    expect(() => checkLimits('x'.repeat(100_001), [])).toThrow(StatementTooLarge)
    expect(() => checkLimits('é'.repeat(50_000), [])).not.toThrow()
    expect(() => checkLimits('é'.repeat(50_001), [])).toThrow(StatementTooLarge)
  })

  test('text and bytes of 2,000,000 bytes pass, more do not', () => {
    expect(() => checkLimits('select ?', ['€'.repeat(666_666)])).not.toThrow()
    expect(() => checkLimits('select ?', ['€'.repeat(666_667)])).toThrow(StatementTooLarge)
    expect(() => checkLimits('select ?', [new Uint8Array(2_000_000)])).not.toThrow()
    expect(() => checkLimits('select ?', [new Uint8Array(2_000_001)])).toThrow(StatementTooLarge)
  })

  test.each([
    ['five joined', selects(5), true],
    ['six joined', selects(6), false],
    [
      'six joined by different words',
      'select 1 union select 2 except select 3 intersect select 4 union all select 5 union select 6',
      false,
    ],
    ['six inside brackets', `select * from (${selects(6)})`, false],
    ['three inside and three outside', `select 1 union select 2 union select * from (${selects(3)})`, true],
    ['two brackets of four each', `select * from (${selects(4)}), (${selects(4)})`, true],
    [
      'the word inside text and remarks',
      `select '${selects(9)}' -- ${selects(9)}\n, "a union b" /* ${selects(9)} */`,
      true,
    ],
  ])('%s', (_name, sql, passes) => {
    if (passes) expect(() => checkLimits(sql, [])).not.toThrow()
    else expect(() => checkLimits(sql, [])).toThrow(StatementTooLarge)
  })

  test.each([
    ['undefined', undefined],
    ['true', true],
    ['a bigint', 1n],
    ['a Date', new Date(0)],
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['an integer past 2^53', 2 ** 53],
    ['an object', { a: 1 }],
    ['an array', [1]],
    ['an ArrayBuffer', new ArrayBuffer(1)],
  ])('%s is not stored', (_name, value) => {
    expect(() => checkLimits('select ?', [value])).toThrow(TypeError)
  })

  test('what is said of a refusal never holds the value', () => {
    for (const value of ['Canary'.repeat(400_000), { name: 'Canary' }, new Date(0)]) {
      try {
        checkLimits('insert into pupil_detail values (?)', [value])
        expect.unreachable()
      } catch (error) {
        expect(String(error)).toContain('parameter 1 of: insert into pupil_detail')
        expect(String(error)).not.toContain('Canary')
      }
    }
  })
})
