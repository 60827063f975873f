import { hasStopped, type MoneyStanding, stepAt } from '../../src/domain/funding/standing.ts'
import { trackWords } from '../words/en/money.ts'
import { type Shape, State } from './state.tsx'

const places = [6, 26, 46, 66, 86]

const shapeOf: Readonly<Record<MoneyStanding, Shape>> = {
  draft: 'part',
  waiting: 'wait',
  question: 'ask',
  second: 'wait',
  declined: 'no',
  withdrawn: 'held',
  approved: 'done',
  set_up: 'wait',
  agreed: 'wait',
  with_finance: 'wait',
  paid: 'done',
  reported: 'done',
  cancelled: 'held',
}

/** How far money has come along its five steps, as a line of dots; always stands above its word. */
const Track = ({ standing }: { readonly standing: MoneyStanding }) => {
  const now = stepAt[standing]
  return (
    <svg class="track" viewBox="0 0 92 12" aria-hidden="true" focusable="false">
      <path d="M6 6H86" />
      {places.map((x, at) => {
        if (at < now) return <circle class="on" cx={x} cy="6" r="4.5" />
        if (at > now) return <circle class="off" cx={x} cy="6" r="2.5" />
        return hasStopped(standing) ? (
          <path class="x" d={`M${x - 4} 2l8 8m0-8-8 8`} />
        ) : (
          <circle class="now" cx={x} cy="6" r="4.5" />
        )
      })}
    </svg>
  )
}

/** Where money stands: the line of dots and, below it, the word. */
export const MoneyState = ({
  standing,
  since,
  council = false,
}: {
  readonly standing: MoneyStanding
  readonly since?: string
  readonly council?: boolean
}) => (
  <div>
    <Track standing={standing} />
    <p>
      <State shape={shapeOf[standing]} word={trackWords[council ? 'councilStanding' : 'standing'][standing]} />
      {since && (
        <>
          <br />
          <span class="small quiet">{since}</span>
        </>
      )}
    </p>
  </div>
)

/** The word of a standing alone, for a table. */
export const MoneyStateWord = ({
  standing,
  school = false,
}: {
  readonly standing: MoneyStanding
  readonly school?: boolean
}) => (
  <State
    shape={standing === 'question' && !school ? 'wait' : shapeOf[standing]}
    word={trackWords[school ? 'standing' : 'councilStanding'][standing]}
  />
)
