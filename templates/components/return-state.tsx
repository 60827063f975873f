import {
  importStateWords,
  placeStateWords,
  returnStateWords,
  rowStateWords,
  submittedLateWord,
} from '../words/en/states.ts'
import { type Shape, State } from './state.tsx'

/** Where a school stands with one council's round. */
export type ReturnState = keyof typeof returnStateWords

/** How one row of an upload stands. */
export type RowState = keyof typeof rowStateWords

/** How an import stands. */
export type ImportState = keyof typeof importStateWords

/** How a place at a school stands. */
export type PlaceState = keyof typeof placeStateWords

const returnShapes: Readonly<Record<ReturnState, Shape>> = {
  not_started: 'none',
  in_progress: 'part',
  submitted: 'done',
  overdue: 'late',
}

const rowShapes: Readonly<Record<RowState, Shape>> = {
  ready: 'done',
  to_check: 'check',
  held_back: 'held',
  set_aside: 'none',
  not_matched: 'ask',
  not_asked: 'none',
  sent: 'done',
}

const importShapes: Readonly<Record<ImportState, Shape>> = {
  reading: 'wait',
  checked: 'check',
  published: 'done',
  in_part: 'part',
  withdrawn: 'none',
  refused: 'no',
}

const placeShapes: Readonly<Record<PlaceState, Shape>> = { asserted: 'wait', confirmed: 'done', ended: 'none' }

/** A return's state as word, shape and colour; what came after its date due says so for good. */
export const ReturnStateShown = ({ state, late = false }: { readonly state: ReturnState; readonly late?: boolean }) => (
  <State
    shape={returnShapes[state]}
    word={late && state === 'submitted' ? submittedLateWord : returnStateWords[state]}
  />
)

/** The shape that stands for a return's state where the word is beside it already. */
export const returnShape = (state: ReturnState): Shape => returnShapes[state]

/** A row's state as word, shape and colour. */
export const RowStateShown = ({ state }: { readonly state: RowState }) => (
  <State shape={rowShapes[state]} word={rowStateWords[state]} />
)

/** An import's state as word, shape and colour. */
export const ImportStateShown = ({ state }: { readonly state: ImportState }) => (
  <State shape={importShapes[state]} word={importStateWords[state]} />
)

/** A place's state as word, shape and colour. */
export const PlaceStateShown = ({ state }: { readonly state: PlaceState }) => (
  <State shape={placeShapes[state]} word={placeStateWords[state]} />
)
