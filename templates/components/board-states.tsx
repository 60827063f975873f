import { boardWords as words } from '../words/en/board.ts'
import { figure } from '../words/en/counts.ts'
import { returnStateWords } from '../words/en/states.ts'
import { type ReturnState, returnShape } from './return-state.tsx'
import { State } from './state.tsx'

/** How many schools are in one state, in the council's own area and elsewhere. */
export type StateCount = { readonly state: ReturnState; readonly here: number; readonly elsewhere: number }

const order: readonly ReturnState[] = ['submitted', 'in_progress', 'not_started', 'overdue']

const width = 640
const gap = 3

/** Schools by state: a strip in four patterns, and under it the same in numbers and words. */
export const BoardStates = ({ states }: { readonly states: readonly StateCount[] }) => {
  const counted = order.map((state) => states.find((one) => one.state === state) ?? { state, here: 0, elsewhere: 0 })
  const filled = counted.filter(({ here, elsewhere }) => here + elsewhere > 0)
  const total = counted.reduce((sum, { here, elsewhere }) => sum + here + elsewhere, 0)
  const room = width - gap * Math.max(0, filled.length - 1)
  const segments = filled.map((one, index) => {
    const before = filled.slice(0, index).reduce((sum, { here, elsewhere }) => sum + here + elsewhere, 0)
    return {
      state: one.state,
      x: (before / total) * room + gap * index,
      width: ((one.here + one.elsewhere) / total) * room,
    }
  })
  return (
    <>
      {total > 0 && (
        <svg class="strip" viewBox={`0 0 ${width} 24`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
          <defs>
            <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <path d="M0 0v6" />
            </pattern>
            <pattern id="cross" width="6" height="6" patternUnits="userSpaceOnUse">
              <rect width="6" height="6" />
              <path d="M0 0 6 6M0 6 6 0" />
            </pattern>
          </defs>
          {segments.map((segment) => (
            <rect
              class={`seg seg--${returnShape(segment.state)}`}
              x={(segment.x + 0.5).toFixed(1)}
              y="0.5"
              width={Math.max(1, segment.width - 1).toFixed(1)}
              height="23"
            />
          ))}
        </svg>
      )}
      <ul class="flat tally">
        {counted.map(({ state, here, elsewhere }) => (
          <li>
            <span class="n">{figure(here + elsewhere)}</span>
            <span>
              <State shape={returnShape(state)} word={returnStateWords[state]} />
              <br />
              <span class="small quiet">{words.split(here, elsewhere)}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
