import { comparable, guessTarget, guessValue, isMeaning, markOf } from '../../connectors/registry.ts'
import { identityTargets, type LookedAt, type LookedColumn, type Mapping } from '../../connectors/school-layout/rows.ts'
import { itemOf } from '../domain/return/dictionary.ts'
import type { Item } from '../domain/return/item.ts'

/** What a person says of a file: what each column is ('' where it is not needed), and what each word means. */
export type LayoutSaid = {
  readonly targets: ReadonlyMap<number, string>
  /** By item and word as it is compared; '' says nothing, and a word that is not here is read as it stands. */
  readonly meanings: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly rows: Mapping['rows']
}

/** A column whose words are to be given a meaning. */
export type WordsToMap = {
  readonly item: Item
  readonly column: LookedColumn
  readonly words: readonly {
    readonly word: string
    readonly count: number
    /** An option, a state, '' for nothing; undefined where it is read as it stands. */
    readonly meaning: string | undefined
  }[]
}

const isTarget = (target: string) => identityTargets.some((one) => one === target) || itemOf(target) !== undefined

const sameHead = (column: LookedColumn, other: { readonly head: string; readonly nth: number }) =>
  column.nth === other.nth && comparable(column.head) === comparable(other.head)

/** What is offered before a person has said anything: as the school said it before, else as the headings sound. */
export const guessedLayout = (looked: LookedAt, saved: Mapping | undefined): LayoutSaid => {
  const taken = new Set(
    saved?.columns.filter((one) => looked.columns.some((column) => sameHead(column, one))).map(({ target }) => target),
  )
  const targets = new Map<number, string>()
  for (const column of looked.columns) {
    const before = saved?.columns.find((one) => sameHead(column, one))?.target
    const said = before ?? (saved?.ignored.includes(markOf(column)) ? '' : undefined)
    const guess = guessTarget(column.head)
    const offered = said ?? (guess !== undefined && !taken.has(guess) && column.filled > 0 ? guess : '')
    if (offered !== '') taken.add(offered)
    targets.set(column.index, offered)
  }
  return {
    targets,
    meanings: new Map(
      Object.entries(saved?.values ?? {}).map(([item, words]) => [item, new Map(Object.entries(words))]),
    ),
    rows: saved?.rows ?? 'whole_school',
  }
}

/** The columns with a list of answers, each with its words and what they are taken to mean. */
export const wordsToMap = (looked: LookedAt, said: LayoutSaid): readonly WordsToMap[] =>
  looked.columns.flatMap((column): WordsToMap[] => {
    const item = itemOf(said.targets.get(column.index) ?? '')
    if (item?.type.kind !== 'choice' || column.filled === 0) return []
    const known = said.meanings.get(item.code)
    const words = column.words.map(({ word, count }) => {
      const before = known?.get(comparable(word))
      const guess = guessValue(item, word)
      return { word, count, meaning: before ?? (guess === '' ? undefined : guess) }
    })
    return [{ item, column, words }]
  })

/** What stops a layout from being tried: no column that says whose row it is, one thing twice, or nothing answered. */
export type LayoutProblem =
  | { readonly kind: 'whose' | 'nothing' }
  | { readonly kind: 'twice'; readonly target: string; readonly index: number }

export const problemsOf = ({ targets }: LayoutSaid): readonly LayoutProblem[] => {
  const used = [...targets].filter(([, target]) => target !== '')
  const whose = used.some(([, target]) => target === 'upn' || target === 'row_reference')
  const twice = used.flatMap(([index, target], at): LayoutProblem[] =>
    used.findIndex(([, other]) => other === target) < at ? [{ kind: 'twice', target, index }] : [],
  )
  const answers = used.some(([, target]) => itemOf(target))
  return [...(whose ? [] : [{ kind: 'whose' } as const]), ...twice, ...(answers ? [] : [{ kind: 'nothing' } as const])]
}

/** The mapping that a person's words make: headings and words that have a meaning, and of the rest a mark. */
export const mappingOf = (looked: LookedAt, said: LayoutSaid): Mapping => {
  const targetOf = ({ index }: LookedColumn) => {
    const target = said.targets.get(index) ?? ''
    return isTarget(target) ? target : ''
  }
  const values = wordsToMap(looked, said).map(
    ({ item, words }): readonly [string, Readonly<Record<string, string>>] => [
      item.code,
      Object.fromEntries(
        [
          ...[...(said.meanings.get(item.code) ?? [])],
          ...words.flatMap(({ word, meaning }) =>
            meaning === undefined ? [] : [[comparable(word), meaning] as const],
          ),
        ]
          .filter(([, meaning]) => meaning === '' || isMeaning(item, meaning))
          .sort(([one], [other]) => (one < other ? -1 : 1)),
      ),
    ],
  )
  return {
    sheet: looked.sheet,
    columns: looked.columns
      .filter((column) => targetOf(column) !== '')
      .map((column) => ({ head: column.head, nth: column.nth, target: targetOf(column) })),
    values: Object.fromEntries(values),
    ignored: [
      ...looked.columns.filter((column) => targetOf(column) === '').map((column) => markOf(column)),
      ...looked.unheaded.map(({ nth }) => markOf({ head: '', nth })),
    ],
    rows: said.rows,
  }
}
