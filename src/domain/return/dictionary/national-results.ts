import type { Item, YearGroup } from '../item.ts'
import { choice, marksUpTo } from './shared.ts'

const result = (yearGroups: readonly YearGroup[], phase: 'key_stage_1' | 'key_stage_2') =>
  ({
    section: 'national_results',
    phases: [phase],
    yearGroups,
    terms: ['summer'],
    need: 'prefilled',
    carries: false,
    dataClass: 'C2',
    inPlan: false,
  }) as const

/**
 * National tests, asked in the summer term only where the council does not hold them yet. Codes of not taking part are
 * those of the common transfer file; key stage 1 has not been statutory since 2023 to 2024.
 */
export const nationalResults: readonly Item[] = [
  {
    ...result(['1', '2'], 'key_stage_1'),
    code: 'phonics_check',
    type: choice(...marksUpTo(40), 'A', 'D', 'L'),
    // In year 2 only a child who did not meet the standard in year 1 sits it again.
    needInYearGroup: { '2': 'optional' },
  },
  ...['reading', 'mathematics'].map(
    (subject): Item => ({
      ...result(['2'], 'key_stage_1'),
      code: `ks1_${subject}`,
      type: { kind: 'integer', from: 85, to: 115 },
      need: 'optional',
    }),
  ),
  {
    ...result(['4'], 'key_stage_2'),
    code: 'multiplication_tables_check',
    type: choice(...marksUpTo(25), 'A', 'B', 'J', 'L', 'U', 'X'),
  },
  ...['reading', 'mathematics', 'grammar'].map(
    (subject): Item => ({
      ...result(['6'], 'key_stage_2'),
      code: `ks2_${subject}`,
      type: { kind: 'integer', from: 80, to: 120 },
    }),
  ),
  {
    ...result(['6'], 'key_stage_2'),
    code: 'ks2_writing',
    type: choice('GDS', 'EXS', 'WTS', 'PK6', 'PK5', 'PK4', 'PK3', 'PK2', 'PK1'),
  },
]
