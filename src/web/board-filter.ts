import type { BoardFilter, BoardProps } from '../../templates/pages/board.tsx'
import { itemWords } from '../../templates/words/en/items.ts'
import { sectionWords } from '../../templates/words/en/states.ts'
import { items } from '../domain/return/dictionary.ts'
import type { BoardOf, Narrowing, SchoolOnBoard } from '../returns/board.ts'
import { phases } from '../returns/results.ts'
import type { WebContext } from './context.ts'

/** What the address asks a board to be narrowed to; what is not in the round is not heard. */
export const boardFilter = (context: WebContext, board: BoardOf<SchoolOnBoard>): BoardFilter => {
  const [area, phase, item, state] = ['area', 'phase', 'item', 'state'].map((name) => context.req.query(name) ?? '')
  const areas = ['here', 'elsewhere', ...board.schools.map(({ school }) => school.laCode)]
  return {
    area: areas.find((one) => one === area) ?? 'all',
    phase: phases.find((one) => one === phase) ?? 'all',
    item: items.find(({ code }) => code === item && board.items.has(code))?.code ?? 'all',
    state: state === 'overdue' || state === 'open' || state === 'submitted' ? state : 'all',
  }
}

/** The part of a filter that changes what is counted. */
export const narrowingOf = ({ area, phase, item }: BoardFilter): Narrowing => ({
  area,
  phase: phase === 'all' ? null : phase,
  item: item === 'all' ? null : item,
})

/** Whether anything is left out of what is counted. */
export const isNarrow = ({ area, phase, item }: BoardFilter): boolean =>
  area !== 'all' || phase !== 'all' || item !== 'all'

/** Whether a school stands as the filter asks. */
export const passes = ({ standing }: SchoolOnBoard, { state }: BoardFilter): boolean =>
  state === 'all' || (state === 'open' ? standing === 'not_started' || standing === 'in_progress' : standing === state)

/** What a board can be narrowed to: the authorities, phases and questions that are in the round. */
export const boardChoices = (
  board: BoardOf<SchoolOnBoard>,
  areaOf: (laCode: string) => string,
): BoardProps['choices'] => {
  const there = new Set(board.schools.flatMap((one) => one.phases))
  return {
    authorities: [...new Set(board.schools.map(({ school }) => school.laCode))]
      .map((code) => ({ code, name: areaOf(code) }))
      .sort((one, other) => one.name.localeCompare(other.name)),
    phases: phases.filter((phase) => there.has(phase)),
    items: items
      .filter(({ code }) => board.items.has(code))
      .map(({ code, section }) => ({
        code,
        label: itemWords[code]?.label ?? code,
        section: sectionWords[section],
      })),
  }
}
