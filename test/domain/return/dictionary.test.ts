import { expect, test } from 'vitest'
import { itemOf, items, sections } from '../../../src/domain/return/dictionary.ts'
import type { Condition, Item } from '../../../src/domain/return/item.ts'

const decidersOf = (condition: Condition | undefined): readonly (readonly [string, readonly string[]])[] => {
  if (!condition || 'fact' in condition) return []
  if ('anyOf' in condition) return condition.anyOf.flatMap(decidersOf)
  if ('allOf' in condition) return condition.allOf.flatMap(decidersOf)
  return [[condition.item, 'is' in condition ? condition.is : 'isNot' in condition ? condition.isNot : []]]
}

test('codes are snake_case, unique, and found by their code', () => {
  expect(items.filter((item) => !/^[a-z][a-z0-9_]*$/.test(item.code))).toEqual([])
  expect(new Set(items.map((item) => item.code)).size).toBe(items.length)
  expect(items.every((item) => itemOf(item.code) === item)).toBe(true)
  expect(itemOf('address')).toBeUndefined()
})

test('items stand in the order of the sections, and every section has some', () => {
  const positions = items.map((item) => sections.indexOf(item.section))
  expect(positions).toEqual([...positions].sort((left, right) => left - right))
  expect(new Set(positions).size).toBe(sections.length)
})

test('a condition asks an item that comes before, of the same pupils, and options that it has', () => {
  const position = new Map(items.map((item, index) => [item.code, index]))
  for (const [index, item] of items.entries()) {
    for (const [code, options] of decidersOf(item.when)) {
      const decider = itemOf(code)
      expect(position.get(code) ?? items.length, item.code).toBeLessThan(index)
      expect(
        item.phases.every((phase) => decider?.phases.includes(phase)),
        item.code,
      ).toBe(true)
      expect(
        item.terms.every((term) => decider?.terms.includes(term)),
        item.code,
      ).toBe(true)
      if (decider?.type.kind === 'choice') {
        const listed = decider.type.options
        expect(
          options.filter((option) => !listed.includes(option)),
          item.code,
        ).toEqual([])
      }
    }
  }
})

test('every conditional item has a condition', () => {
  const needs = (item: Item) => [
    item.need,
    ...Object.values(item.needIn ?? {}),
    ...Object.values(item.needInYearGroup ?? {}),
  ]
  expect(items.filter((item) => needs(item).includes('conditional') && !item.when)).toEqual([])
})

test('only facts carry to the next term: never learning, progress, sessions, suspensions or the child’s view', () => {
  const never = ['attendance', 'attainment', 'national_results', 'plan', 'child']
  expect(items.filter((item) => item.carries && never.includes(item.section))).toEqual([])
  const carried = items.filter((item) => item.carries).map((item) => item.code)
  expect(carried).not.toContain('suspensions')
  expect(
    carried.filter((code) => /_(grade|band|progress|working_at|most_likely|target|entry|result)$/.test(code)),
  ).toEqual([])
  expect(carried).toEqual(expect.arrayContaining(['year_group', 'sen', 'hours_offered', 'other_provision_1_provider']))
})

test('what a person writes at length is restricted', () => {
  const long = items.filter(
    (item) => item.type.kind === 'text' && item.type.longest >= 200 && !/_email$/.test(item.code),
  )
  expect(long.filter((item) => !item.restricted)).toEqual([])
  expect(long.map((item) => item.code)).toContain('child_view_words')
})

test('no item asks what is never asked', () => {
  const never =
    /address|carer|legal|reason_for_care|sibling|diagnos|sdq|offence|immigration|ethnic|religion|protection|previously|phone(?!_|ics)|postcode|surname|forename|birth|upn/
  expect(items.filter((item) => never.test(item.code))).toEqual([])
})

test('a choice has no option twice, and special category data is marked', () => {
  for (const { code, type } of items) {
    if (type.kind === 'choice') expect(new Set(type.options).size, code).toBe(type.options.length)
  }
  expect(itemOf('sen')?.dataClass).toBe('C3')
  expect(itemOf('access_arrangements')?.dataClass).toBe('C3')
})

test('what may be affirmed in one press is a fact about the place or the scale, never a judgement', () => {
  expect(items.filter((item) => item.affirmed).map(({ code }) => code)).toEqual([
    'status',
    'post_16_status',
    'attainment_scale',
    'attainment_scale_own',
    'ks4_scale',
    'ks4_scale_own',
  ])
})
