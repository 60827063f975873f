import { termlyReturn } from '../../connectors/registry.ts'
import type { ReturnRow, ReturnSheetRow } from '../../connectors/termly-return/rows.ts'
import { termOf } from '../../src/domain/calendar.ts'
import { instant, type PlainDate, plusDays } from '../../src/domain/dates.ts'
import { askedOf } from '../../src/domain/return/ask.ts'
import { byItem, completenessOf } from '../../src/domain/return/completeness.ts'
import { isBand } from '../../src/domain/return/cross-check-earlier.ts'
import { itemOf } from '../../src/domain/return/dictionary.ts'
import type { Answer, Need, PupilFact } from '../../src/domain/return/item.ts'
import { writeValue } from '../../src/domain/return/value.ts'
import { filledSheet } from '../../src/seed/fill.ts'
import { randomFrom } from '../../src/seed/random.ts'
import { itemWords, stateWords } from '../../templates/words/en/items.ts'
import { type CellEdit, hasColumn } from '../make.ts'

/** The rows of a workbook, as our own connector reads them. */
export const rowsOf = (bytes: Uint8Array): readonly ReturnRow[] => {
  const parsed = termlyReturn.parse({ name: 'return.xlsx', bytes })
  if (parsed.outcome === 'refused') throw new Error(parsed.finding.code)
  return parsed.rows
}

/** One pupil's row, filled in: what it says now, and the same row as it was. */
export type FilledRow = {
  readonly reference: string
  readonly council: string
  /** First name and initial, as pages show it. */
  readonly shortName: string
  readonly yearGroup: string
  readonly facts: ReadonlySet<PupilFact>
  readonly before: ReadonlyMap<string, Answer>
  readonly answers: ReadonlyMap<string, Answer>
}

const answersOf = (row: ReturnRow): ReadonlyMap<string, Answer> =>
  new Map(
    row.answers.flatMap(({ item, state, value }): [string, Answer][] =>
      state === 'unread' ? [] : [[item, { state, value }]],
    ),
  )

const targetFacts = ['target_1_held', 'target_2_held', 'target_3_held'] as const

const shortNameOf = (row: ReturnRow) => `${row.forename?.raw ?? ''} ${(row.surname?.raw ?? '').charAt(0)}.`

/** What is asked of a pupil on a day, given the answers there are; no council of the demo has questions of its own. */
export const askedNow = (
  row: Pick<FilledRow, 'yearGroup' | 'facts'>,
  answers: ReadonlyMap<string, Answer>,
  today: PlainDate,
) => askedOf({ term: termOf(today).term, yearGroup: row.yearGroup, overlay: new Map(), facts: row.facts, answers })

/**
 * A program that fills a workbook: every required question of every pupil is answered, those already known stay.
 * `targets` says how many targets each pupil's plan holds, as the pupil's page shows them.
 */
export const filledRows = (
  workbook: Uint8Array,
  today: PlainDate,
  targets: (shortName: string) => number,
): readonly FilledRow[] => {
  const { term, academicYear } = termOf(today)
  // The demo's register reaches the councils once the school year is well under way.
  const register: readonly PupilFact[] = hasColumn(workbook, 'sessions_possible') ? [] : ['attendance_feed']
  const rows = rowsOf(workbook).map((row) => {
    const before = answersOf(row)
    const base = {
      reference: row.reference?.raw ?? '',
      council: (row.council?.raw ?? '').replace(/ \(\d{3}\)$/, ''),
      shortName: shortNameOf(row),
      yearGroup: before.get('year_group')?.value ?? '',
      facts: new Set<PupilFact>([...targetFacts.slice(0, targets(shortNameOf(row))), ...register]),
      before,
    }
    return base
  })
  const sheet = filledSheet(
    {
      school: { name: '', urn: '' },
      madeAt: instant(Date.parse(`${today}T09:00:00.000Z`)),
      term,
      academicYear,
      rows: rows.map(
        (row): ReturnSheetRow => ({
          reference: row.reference,
          council: { code: row.council, name: row.council },
          due: today,
          asAt: plusDays(today, -30),
          surname: '',
          forename: '',
          dateOfBirth: null,
          upn: '',
          asked: askedNow(row, new Map(), today),
          known: new Map([...row.before, ...nobodyFell(askedNow(row, new Map(), today))]),
        }),
      ),
    },
    randomFrom(7),
    () => new Map(),
  )
  return rows.map((row, index) => ({ ...row, answers: sheet.rows[index]?.known ?? row.before }))
}

/** Every judgement that is asked for at what is expected, so that no random one falls two steps since last term. */
const nobodyFell = (asked: ReadonlyMap<string, Need>): readonly (readonly [string, Answer])[] =>
  [...asked].flatMap(([item, need]) =>
    isBand(item) && need === 'required' ? [[item, { state: 'given', value: 'at' }] as const] : [],
  )

/** The same row with one answer changed. */
export const withAnswer = (row: FilledRow, item: string, value: string): FilledRow => ({
  ...row,
  answers: new Map([...row.answers, [item, { state: 'given', value }]]),
})

/** An answer in the words a person types and reads. */
export const inWords = (code: string, { state, value }: Answer): string => {
  const item = itemOf(code)
  if (!item) throw new Error(`no item ${code}`)
  return writeValue(item.type, state, value, { options: itemWords[code]?.options, states: stateWords })
}

const asTyped = (code: string, answer: Answer): string | number | Date => {
  const kind = itemOf(code)?.type.kind
  if (answer.state !== 'given' || answer.value === null) return inWords(code, answer)
  if (kind === 'date') return new Date(`${answer.value}T00:00:00Z`)
  return kind === 'integer' || kind === 'decimal' ? Number(answer.value) : inWords(code, answer)
}

const same = (one: Answer | undefined, other: Answer) => one?.state === other.state && one.value === other.value

/** The cells that make the workbook say what the rows say. */
export const editsOf = (rows: readonly FilledRow[]): readonly CellEdit[] =>
  rows.flatMap((row) =>
    [...row.answers]
      .filter(([item, answer]) => !same(row.before.get(item), answer))
      .map(([item, answer]) => ({ rowReference: row.reference, item, value: asTyped(item, answer) })),
  )

const counted = (
  rows: readonly FilledRow[],
  answersOfRow: (row: FilledRow) => ReadonlyMap<string, Answer>,
  today: PlainDate,
) =>
  rows.map((row) => {
    const answers = answersOfRow(row)
    const asked = askedNow(row, answers, today)
    return { asked, answers, completeness: completenessOf(asked, answers) }
  })

/** How much rows answer of what is asked: in all, and question by question. `none` is before anything was sent. */
export const completeness = (rows: readonly FilledRow[], today: PlainDate, none = false) => {
  const all = counted(rows, none ? () => new Map() : ({ answers }) => answers, today)
  return {
    asked: all.reduce((sum, row) => sum + row.completeness.base, 0),
    answered: all.reduce((sum, row) => sum + row.completeness.answered, 0),
    items: byItem(all),
  }
}
