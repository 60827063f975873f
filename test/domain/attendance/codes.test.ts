import { expect, test } from 'vitest'
import { type CodeClass, classOf, codeTableOn, codeTables, isLate } from '../../../src/domain/attendance/codes.ts'
import { plainDate } from '../../../src/domain/dates.ts'
import { certaintyWords, codeClassWords, codeWords } from '../../../templates/words/en/attendance-codes.ts'

const before = plainDate('2024-08-18')
const from = plainDate('2024-08-19')

test.each<[string, CodeClass, CodeClass]>([
  ['J', 'educated_elsewhere', 'unknown'],
  ['D', 'educated_elsewhere', 'not_possible'],
  ['H', 'authorised', 'unknown'],
  ['K', 'not_entered', 'educated_elsewhere'],
  ['Y', 'not_possible', 'unknown'],
  ['Q', 'unknown', 'not_possible'],
  ['F', 'authorised', 'unknown'],
  ['C1', 'authorised', 'authorised'],
  ['C2', 'authorised', 'authorised'],
  ['J1', 'educated_elsewhere', 'authorised'],
  ['Y3', 'not_possible', 'not_possible'],
  ['X01', 'not_possible', 'not_possible'],
  ['/', 'present', 'present'],
  ['\\', 'present', 'present'],
  ['L', 'present', 'present'],
  ['B', 'educated_elsewhere', 'educated_elsewhere'],
  ['I', 'authorised', 'authorised'],
  ['N', 'unauthorised', 'unauthorised'],
  ['#', 'not_possible', 'not_possible'],
  ['', 'not_entered', 'not_entered'],
  ['-', 'not_entered', 'not_entered'],
  ['*', 'not_entered', 'not_entered'],
  ['?', 'unknown', 'unknown'],
])('%s in England is %s to 18 August 2024 and %s from 19 August 2024', (code, old, now) => {
  expect(classOf('England', before, code)).toBe(old)
  expect(classOf('England', from, code)).toBe(now)
})

test('Wales keeps its own list over 19 August 2024', () => {
  for (const day of [before, from]) {
    expect(classOf('Wales', day, 'J')).toBe('educated_elsewhere')
    expect(classOf('Wales', day, 'Y')).toBe('not_possible')
    expect(classOf('Wales', day, 'K')).toBe('unknown')
    expect(classOf('Wales', day, '#')).toBe('unknown')
  }
})

test('a division of a code counts as its letter only where the table has the letter', () => {
  expect(classOf('England', from, 'I02')).toBe('authorised')
  expect(classOf('England', from, 'Y8')).toBe('unknown')
  expect(classOf('England', from, 'H1')).toBe('unknown')
  expect(classOf('England', from, 'ILL')).toBe('unknown')
})

test('a code is read without spaces and in either case', () => {
  expect(classOf('England', from, ' c2 ')).toBe('authorised')
  expect(isLate('l')).toBe(true)
  expect(isLate('LL')).toBe(false)
})

test('days before the first table are read by the first', () => {
  expect(codeTableOn('England', plainDate('1999-01-01')).validFrom).toBe('2006-09-01')
  expect(codeTableOn('Scotland', from).country).toBe('England')
})

test('no table has a code twice, each says its source, and tables of a country are in order', () => {
  for (const { codes, source } of codeTables) {
    expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length)
    expect(source).not.toBe('')
  }
  for (const country of ['England', 'Wales']) {
    const days = codeTables.filter((table) => table.country === country).map(({ validFrom }) => validFrom)
    expect(days).toEqual(days.toSorted())
  }
})

test('every code, class and certainty has words, and none strays', () => {
  const codes = new Set(codeTables.flatMap((table) => table.codes.map(({ code }) => code)))
  expect(Object.keys(codeWords).toSorted()).toEqual([...codes].toSorted())
  const said = codeTables.flatMap((table) => table.codes)
  for (const entry of said) {
    expect(codeClassWords[entry.class]).toBeTruthy()
    expect(certaintyWords[entry.sure]).toBeTruthy()
  }
})
