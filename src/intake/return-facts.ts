import type { ReturnRow, SentAnswer } from '../../connectors/termly-return/rows.ts'
import type { StagedFacts } from './stage.ts'
import type { TranslatedAnswer } from './translate.ts'

/** A row whose answers are kept: whom it is about, in which round, and which of its questions that pupil is not asked. */
export type AnsweredRow = {
  readonly row: ReturnRow
  readonly pupil: number | null
  readonly round: number
  readonly notAsked: ReadonlySet<string>
  readonly byScale: readonly TranslatedAnswer[]
}

const columns = [
  'row_number',
  'item',
  'round_number',
  'pupil_number',
  'school_number',
  'state',
  'value',
  'raw',
  'sheet',
  'cell',
  'line',
  'scale_version',
]

/**
 * The answers of a school's rows as facts to stage. Each is made only when it is written: a large file has more than
 * 150,000, and all of them at once would be as much again as the file itself.
 */
export const answerFacts = (school: number, rows: readonly AnsweredRow[]): StagedFacts => ({
  family: 'answer',
  columns,
  rows: {
    length: rows.reduce((total, { row, byScale }) => total + row.answers.length + byScale.length, 0),
    *[Symbol.iterator]() {
      for (const { row, pupil, round, notAsked, byScale } of rows) {
        for (const answer of row.answers)
          yield fact(row, answer, round, pupil, school, notAsked.has(answer.item) ? 'unread' : answer.state, null)
        for (const { answer, scale } of byScale) yield fact(row, answer, round, pupil, school, answer.state, scale)
      }
    },
  },
})

const fact = (
  row: ReturnRow,
  answer: SentAnswer,
  round: number,
  pupil: number | null,
  school: number,
  state: SentAnswer['state'],
  scale: number | null,
) => [
  row.number,
  answer.item,
  round,
  pupil,
  school,
  state,
  state === 'unread' ? '' : (answer.value ?? ''),
  answer.raw,
  answer.at.sheet ?? null,
  answer.at.cell ?? null,
  answer.at.line ?? null,
  scale,
]
