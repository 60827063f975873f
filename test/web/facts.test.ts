import { describe, expect, it } from 'vitest'
import { instant } from '../../src/domain/dates.ts'
import { items } from '../../src/domain/return/dictionary.ts'
import type { SourcedAnswer } from '../../src/store/answer-history.ts'
import { factsOf, inSubject } from '../../src/web/facts.ts'
import { shortRound } from '../../templates/words/en/dates.ts'

const sent = instant(Date.UTC(2026, 6, 1, 9))

const answer = (item: string, value: string, more: Partial<SourcedAnswer> = {}): SourcedAnswer => ({
  round: 1,
  roundId: 'r1',
  term: 'summer',
  academicYear: 2025,
  school: 1,
  schoolName: 'Tillbrook Academy',
  item,
  state: 'given',
  value,
  raw: value,
  sheet: 'Return',
  cell: 'D8',
  line: null,
  mendedFrom: null,
  mendedBy: '',
  fileName: 'tillbrook.xlsx',
  connector: 'termly-return',
  via: 'page',
  sentBy: 'Maya Okafor',
  sentAt: sent,
  publishedAt: sent,
  publishOrder: 1,
  withdrawnAt: null,
  importState: 'published',
  receipt: '892-AAAA',
  current: true,
  scale: null,
  ...more,
})

const sectionOf = (history: readonly SourcedAnswer[], section: string) => {
  const found = factsOf(history, { kind: 'school' }).find((one) => one.section === section)
  if (!found) throw new Error('no such section')
  return found
}

describe('the facts of a pupil', () => {
  it('name the round by its term and the year that term falls in', () => {
    expect(shortRound('autumn', 2025).replace('\u00a0', ' ')).toBe('Autumn 2025')
    expect(shortRound('spring', 2025).replace('\u00a0', ' ')).toBe('Spring 2026')
    expect(shortRound('summer', 2025).replace('\u00a0', ' ')).toBe('Summer 2026')
  })

  it('put every question of a key stage 4 subject in its subject, and nothing else', () => {
    const own = ['ks4_scale', 'ks4_scale_own', 'access_arrangements']
    const outside = items.filter(({ section, code }) => section === 'key_stage_4' && !inSubject(section, code))
    expect(outside.map(({ code }) => code)).toEqual(own)
    const learning = items.filter(({ section, code }) => section === 'attainment' && !inSubject(section, code))
    expect(learning.map(({ code }) => code)).toEqual([
      'attainment_scale',
      'attainment_scale_own',
      'other_subjects_strength',
      'other_subjects_concern',
      'two_year_check',
      'two_year_check_on',
    ])
    for (const { section, code } of items)
      if (section !== 'key_stage_4' && section !== 'attainment') expect(inSubject(section, code)).toBeUndefined()
  })

  it('make one row of a subject, each figure with its own round and source', () => {
    const { facts, subjects } = sectionOf(
      [
        answer('ks4_mathematics_qualification', 'gcse', { term: 'autumn', cell: 'C8' }),
        answer('ks4_mathematics_tier', 'H'),
        answer('ks4_mathematics_working_at', '5'),
        answer('ks4_mathematics_target', '', { state: 'not_assessed', cell: 'F8' }),
        answer('ks4_scale', 'grades_9_1'),
      ],
      'key_stage_4',
    )
    expect(facts.map(({ item }) => item)).toEqual(['ks4_scale'])
    expect(subjects).toHaveLength(1)
    expect(subjects[0]).toMatchObject({ name: 'Mathematics', course: 'GCSE, Higher' })
    expect(
      subjects[0]?.figures.map(({ part, inTable, fact }) => [part, inTable, fact.value, fact.source.file?.place]),
    ).toEqual([
      ['working_at', true, '5', 'D8'],
      ['target', true, null, 'F8'],
      ['qualification', false, 'GCSE', 'C8'],
      ['tier', false, 'Higher', 'D8'],
    ])
  })

  it('call a subject of the school’s own choosing what the school calls it', () => {
    const { subjects } = sectionOf(
      [answer('ks4_subject_5_title', 'Geography'), answer('ks4_subject_5_working_at', '4')],
      'key_stage_4',
    )
    expect(subjects.map(({ name }) => name)).toEqual(['Geography'])
    expect(subjects[0]?.figures.map(({ part }) => part)).toEqual(['working_at', 'title'])
  })

  it('leave no answer out: what is not in a subject is a fact of its own', () => {
    const history = items.map(({ code, type }) =>
      answer(code, type.kind === 'choice' ? (type.options[0] ?? '') : type.kind === 'date' ? '2026-01-05' : '1'),
    )
    const shown = factsOf(history, { kind: 'school' }).flatMap(({ facts, subjects }) => [
      ...facts.map(({ item }) => item),
      ...subjects.flatMap(({ figures }) => figures.map(({ fact }) => fact.item)),
    ])
    expect([...shown].sort()).toEqual(items.map(({ code }) => code).sort())
  })
})
