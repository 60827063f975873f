import type { SentAnswer } from '../../connectors/termly-return/rows.ts'
import { askedOf, type Overlay } from '../domain/return/ask.ts'
import type { PupilFact, Term } from '../domain/return/item.ts'
import { bandItems, type Scale, type ScaleWord, translate } from '../domain/return/scale.ts'
import type { Scope } from '../domain/scope.ts'
import { bandSources, type DueRow } from '../store/answers.ts'
import type { Query, Statement } from '../store/db.ts'
import type { SentFact } from '../store/import-rows.ts'
import { type SavedScale, scalesOfSchool } from '../store/scales.ts'
import { statement } from '../store/statement.ts'

/** What a school's grades are translated by, and what it has said itself already. */
export type Translating = {
  readonly scales: readonly Scale[]
  /** The questions that the school has answered itself and not through a scale: round, pupil and item. */
  readonly stated: ReadonlySet<string>
}

/** A scale as the domain reads it. */
export const asScale = ({ versionNumber, code, name, words }: SavedScale): Scale => ({
  version: versionNumber,
  code,
  name,
  words: JSON.parse(words) as readonly ScaleWord[],
})

const key = (round: number, pupil: number, item: string) => `${round}/${pupil}/${item}`

/** Reads what the grades of one school about some due pupils are translated by. `school` is a number. */
export const translatingAt = async (
  query: Query,
  scope: Scope,
  school: number,
  due: readonly DueRow[],
): Promise<Translating> => {
  const scales = await scalesOfSchool(query, school)
  if (scales.length === 0) return { scales: [], stated: new Set() }
  const [rounds, pupils] = [new Set(due.map(({ round }) => round)), new Set(due.map(({ pupil }) => pupil))]
  const sources = await bandSources(query, scope, [...rounds], [...pupils], bandItems)
  const stated = sources.filter((one) => one.school === school && one.scale === null)
  return {
    scales: scales.map(asScale),
    stated: new Set(stated.map(({ round, pupil, item }) => key(round, pupil, item))),
  }
}

/** An answer that a school's scale gives for its grade: at the grade's cell, as the grade was sent. */
export type TranslatedAnswer = { readonly answer: SentAnswer; readonly scale: number }

/** The answers of one matched row that the school's scale gives, among the questions that its pupil is asked. */
export const translatedAnswers = (
  answers: readonly SentAnswer[],
  due: DueRow,
  against: { readonly term: Term; readonly overlay: Overlay; readonly facts: ReadonlySet<PupilFact> },
  { scales, stated }: Translating,
): readonly TranslatedAnswer[] => {
  if (scales.length === 0) return []
  const asked = askedOf({ ...against, yearGroup: due.yearGroup, answers: new Map() })
  // A cell that is filled and cannot be read is the school's to mend, not to be written over.
  const sent = new Map(
    answers.map(
      ({ item, state, value }) => [item, { state: state === 'unread' ? 'not_known' : state, value }] as const,
    ),
  )
  const settled = (item: string) => !asked.has(item) || stated.has(key(due.round, due.pupil, item))
  const pupil = { yearGroup: due.yearGroup, term: against.term }
  return translate(sent, scales, pupil, settled).flatMap(({ item, from, value, scale }) => {
    const grade = answers.find((one) => one.item === from)
    if (!grade) return []
    return [{ answer: { item, raw: grade.raw, state: 'given', value, at: { ...grade.at, column: item } }, scale }]
  })
}

/** A kept answer as it came in the row. */
export const asAnswer = (fact: SentFact): SentAnswer => ({
  item: fact.item,
  raw: fact.raw,
  state: fact.state,
  value: fact.value === '' ? null : fact.value,
  at: {
    column: fact.item,
    ...(fact.sheet === null ? {} : { sheet: fact.sheet }),
    ...(fact.cell === null ? {} : { cell: fact.cell }),
    ...(fact.line === null ? {} : { line: fact.line }),
  },
})

/** Keeps a translated answer in a row of an import that is there already. `importId` names it. */
export const insertTranslated = (importId: string, row: number, { answer, scale }: TranslatedAnswer): Statement =>
  statement(
    `insert into answer_fact (import_number, row_number, item, round_number, pupil_number, school_number, state, value,
       raw, sheet, cell, line, scale_version)
     select i.number, r.row_number, ?, i.round_number, r.pupil_number, i.school_number, ?, ?, ?, ?, ?, ?, ?
     from import i join import_row r on r.import_number = i.number and r.row_number = ? where i.id = ?`,
    [
      ...[answer.item, answer.state, answer.value ?? '', answer.raw],
      ...[answer.at.sheet ?? null, answer.at.cell ?? null, answer.at.line ?? null, scale],
      ...[row, importId],
    ],
  )
