import { boardWords } from '../../templates/words/en/board.ts'
import { reasonsSaid } from '../../templates/words/en/comparable.ts'
import { percent } from '../../templates/words/en/counts.ts'
import { day, roundWords } from '../../templates/words/en/dates.ts'
import { itemWords, stateWords } from '../../templates/words/en/items.ts'
import { groupWords, resultWords as words } from '../../templates/words/en/results.ts'
import { returnStateWords } from '../../templates/words/en/states.ts'
import type { PlainDate } from '../domain/dates.ts'
import type { NotComparable, Scales } from '../domain/return/comparable.ts'
import { itemOf } from '../domain/return/dictionary.ts'
import type { Answers, Item, Phase } from '../domain/return/item.ts'
import type { Sessions, Tally } from '../domain/return/tally.ts'
import { writeValue } from '../domain/return/value.ts'
import type { Round } from '../store/rounds.ts'
import type { School } from '../store/schools.ts'

/** A table that goes out of the portal. */
export type RoundTable = {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
  readonly notes: readonly string[]
}

const asAt = (round: Round) => words.exportNote(roundWords(round.term, round.academicYear), day(round.asAt))

/** The board of a round: a line a school, and no child. */
export const boardTable = (
  round: Round,
  schools: readonly {
    readonly school: School
    readonly standing: keyof typeof returnStateWords
    readonly pupils: number
    readonly count: { readonly base: number; readonly answered: number; readonly givenOtherwise: number }
    readonly area: string
    readonly due: PlainDate
  }[],
): RoundTable => ({
  title: words.files.board,
  columns: Object.values(words.boardColumns),
  rows: schools.map(({ school, standing, pupils, count, area, due }) => [
    ...[school.name, school.urn, area, returnStateWords[standing], pupils, count.answered, count.base],
    ...[percent(count.answered, count.base) ?? null, count.givenOtherwise, day(due)],
  ]),
  notes: [asAt(round), boardWords.bases],
})

/** What came of every question that can be counted: one line an answer, group by group, each with its base. */
export const resultsTable = (
  round: Round,
  results: readonly {
    readonly item: Item
    readonly groups: readonly {
      readonly group: 'all' | 'here' | 'elsewhere' | Phase
      readonly tally: Tally
      readonly sessions: Sessions
      readonly reasons: readonly NotComparable[]
    }[]
  }[],
): RoundTable => ({
  title: words.files.results,
  columns: [
    ...[words.columns.question, words.columns.group, 'Answer', 'Pupils', words.columns.base],
    ...[
      words.columns.notAssessed,
      words.columns.notKnown,
      words.columns.notIn,
      words.columns.excluded,
      words.columns.against,
    ],
  ],
  rows: results.flatMap(({ item, groups }) =>
    groups.flatMap(({ group, tally, reasons }) => {
      const label = itemWords[item.code]?.label ?? item.code
      const rest = [tally.base, tally.notAssessed, tally.notKnown, tally.notIn, tally.excluded, reasonsSaid(reasons)]
      if (item.type.kind !== 'choice')
        return [[label, groupWords[group], `${words.columns.total}: ${tally.sum}`, tally.given, ...rest]]
      return item.type.options.map((value) => [
        label,
        groupWords[group],
        itemWords[item.code]?.options?.[value] ?? value,
        tally.values.get(value) ?? 0,
        ...rest,
      ])
    }),
  ),
  notes: [asAt(round), words.missingNote],
})

/** Every answer of a round, a line a pupil: by the council's own reference, with names only where asked for and allowed. */
export const returnsTable = (
  round: Round,
  items: readonly Item[],
  pupils: readonly {
    readonly reference: string
    readonly name: { readonly forename: string; readonly surname: string } | null
    readonly school: string
    readonly yearGroup: string
    readonly answered: number
    readonly asked: number
    readonly answers: Answers
    readonly scales: Scales
  }[],
): RoundTable => {
  const named = pupils.some(({ name }) => name !== null)
  const translated = pupils.some(({ scales }) => scales.size > 0)
  const columns = words.returnColumns
  return {
    title: words.files.returns,
    columns: [
      columns.reference,
      ...(named ? [columns.forename, columns.surname] : []),
      ...[columns.school, columns.year, columns.answered, columns.asked],
      ...items.map(({ code }) => itemWords[code]?.label ?? code),
      ...(translated ? [columns.byScale] : []),
    ],
    rows: pupils.map((pupil) => [
      pupil.reference,
      ...(named ? [pupil.name?.forename ?? '', pupil.name?.surname ?? ''] : []),
      ...[pupil.school, pupil.yearGroup, pupil.answered, pupil.asked],
      ...items.map(({ code }) => inWords(code, pupil.answers)),
      ...(translated ? [[...pupil.scales.keys()].map((code) => itemWords[code]?.label ?? code).join('; ')] : []),
    ]),
    notes: [asAt(round), words.missingNote],
  }
}

const inWords = (code: string, answers: Answers): string | number | null => {
  const [item, answer] = [itemOf(code), answers.get(code)]
  if (!item || !answer) return null
  if (item.type.kind === 'integer' && answer.state === 'given') return Number(answer.value)
  return writeValue(item.type, answer.state, answer.value, { options: itemWords[code]?.options, states: stateWords })
}
