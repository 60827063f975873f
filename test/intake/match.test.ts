import { expect, test } from 'vitest'
import type { ReturnRow } from '../../connectors/termly-return/rows.ts'
import { dueBy, matchReturnRow } from '../../src/intake/match-return.ts'
import type { DueRow } from '../../src/store/answers.ts'
import type { Round } from '../../src/store/rounds.ts'

const upn = 'A999999999999'
const round = (number: number, asAt: string, virtualSchool = 1) =>
  ({ number, asAt, virtualSchool, laCode: `99${virtualSchool}`, council: `Council ${virtualSchool}` }) as Round
const due = (inRound: number, pupil: number) => ({ round: inRound, pupil, upn }) as DueRow
const row = (council: string | null) =>
  ({
    reference: null,
    upn: { raw: upn, at: {} },
    council: council === null ? null : { raw: council, at: {} },
  }) as ReturnRow

const match = (rounds: readonly Round[], rows: readonly DueRow[], council: string | null = null) => {
  const found = matchReturnRow(row(council), { rounds, due: dueBy(rows), references: new Map(), reaches: new Set() })
  return found.kind === 'matched' ? found.round.number : found.kind
}

test('a row by its UPN alone is of the newest round that its council has open, whether or not it names the council', () => {
  const rounds = [round(4, '2026-10-27'), round(7, '2027-02-05'), round(5, '2026-10-27', 2)]
  expect(match(rounds, [due(4, 1), due(7, 1)])).toBe(7)
  expect(match(rounds, [due(4, 1), due(7, 1)], '991')).toBe(7)
  expect(match(rounds, [due(4, 1)], 'Council 1')).toBe(4)
  expect(match(rounds, [], '991')).toBe('unmatched')
})

test('of two children with one UPN none is chosen until the row names the council', () => {
  const rounds = [round(4, '2026-10-27'), round(5, '2026-10-27', 2)]
  expect(match(rounds, [due(4, 1), due(5, 2)])).toBe('no-council')
  expect(match(rounds, [due(4, 1), due(5, 2)], '992')).toBe(5)
})
