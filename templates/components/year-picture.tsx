import type { PictureTerm, PictureWeek, Square } from '../../src/domain/attendance/picture.ts'
import { possibleOf, type Tally } from '../../src/domain/attendance/tally.ts'
import type { Term } from '../../src/domain/return/item.ts'
import { yearWords as words } from '../words/en/attendance.ts'
import { codeClassWords } from '../words/en/attendance-codes.ts'
import { figure } from '../words/en/counts.ts'
import { shortDay } from '../words/en/dates.ts'

const side = 10
const step = 13
const dayHeight = 26
const left = 16
const top = 16
const gap = 6.5

/** What is drawn for a square at a place: paths by class, so that a year is a handful of elements. */
type Strokes = readonly (readonly [name: string, path: (x: number, y: number) => string])[]

const box = (x: number, y: number) => `M${x} ${y}h${side}v${side}h-${side}z`

const drawn: Readonly<Record<Square, Strokes>> = {
  present: [['p', box]],
  educated_elsewhere: [
    ['e', box],
    ['e2', (x, y) => `M${x + 3.2} ${y + 5}a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0z`],
  ],
  authorised: [
    ['a', box],
    ['a2', (x, y) => `M${x} ${y + side}v-${side}l${side} ${side}z`],
  ],
  unauthorised: [['u', box]],
  not_entered: [['m', box]],
  unknown: [['q', (x, y) => `${box(x, y)}M${x} ${y}l${side} ${side}M${x + side} ${y}l-${side} ${side}`]],
  not_possible: [['n', (x, y) => `M${x + 2} ${y + 5}h6`]],
  none: [['h', (x, y) => `M${x + 3.5} ${y + 5}a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0z`]],
  to_come: [['f', (x, y) => `M${x + 4.5} ${y + 4.5}h1v1h-1z`]],
}

const paths = (squares: readonly (readonly [Square, number, number])[]) => {
  const found = new Map<string, string>()
  for (const [square, x, y] of squares)
    for (const [name, path] of drawn[square]) found.set(name, `${found.get(name) ?? ''}${path(x, y)}`)
  return [...found].map(([name, path]) => <path class={name} d={path} />)
}

/** One square alone, for the key. */
const Sample = ({ square }: { readonly square: Square }) => (
  <svg class="cal" viewBox="0 0 10 10" aria-hidden="true" focusable="false">
    {paths([[square, 0, 0]])}
  </svg>
)

const xOf = (weeks: readonly PictureWeek[]): readonly number[] => {
  let x = left
  return weeks.map(({ afterGap }, index) => {
    if (index > 0) x += step + (afterGap ? gap : 0)
    return x
  })
}

const letters = ['M', 'T', 'W', 'T', 'F', 'S', 'S']

const TermPicture = ({ term, tally }: { readonly term: PictureTerm; readonly tally: Tally }) => {
  const xs = xOf(term.weeks)
  const rows = (term.weeks[0]?.squares.length ?? 10) / 2
  const width = (xs.at(-1) ?? left) + side
  const squares = term.weeks.flatMap(({ squares: own }, index) =>
    own.flatMap((square, slot): (readonly [Square, number, number])[] =>
      square === null
        ? []
        : [[square, xs[index] ?? 0, top + Math.floor(slot / 2) * dayHeight + (slot % 2 === 0 ? 0 : side + 1)]],
    ),
  )
  const months = term.weeks.flatMap(({ firstDay }, index) => {
    const month = firstDay.slice(5, 7)
    return month === term.weeks[index - 1]?.firstDay.slice(5, 7) ? [] : [{ x: xs[index] ?? 0, firstDay }]
  })
  return (
    <figure>
      <figcaption class="small quiet">{words.term(term.term)}</figcaption>
      <svg
        class={`cal cal--${term.term}`}
        viewBox={`0 0 ${width} ${top + rows * dayHeight - 4}`}
        role="img"
        aria-label={words.termTotals(
          term.term,
          possibleOf(tally),
          tally.authorised,
          tally.unauthorised,
          tally.not_entered,
        )}
      >
        <g>
          {months.map(({ x, firstDay }) => (
            <text x={x} y="10">
              {shortDay(firstDay).split('\u00a0')[1]}
            </text>
          ))}
          {letters.slice(0, rows).map((letter, index) => (
            <text x="0" y={top + index * dayHeight + 14}>
              {letter}
            </text>
          ))}
        </g>
        {paths(squares)}
      </svg>
    </figure>
  )
}

const kinds: readonly Square[] = [
  'present',
  'educated_elsewhere',
  'authorised',
  'unauthorised',
  'not_entered',
  'unknown',
  'not_possible',
  'none',
  'to_come',
]

const nameOf = (square: Square) => {
  if (square === 'to_come') return words.toCome
  if (square === 'none') return words.none
  return square === 'not_possible' ? words.notPossible : codeClassWords[square]
}

/** A child's year as squares, a week to a column: what each means and how many there are stands above it. */
export const YearPicture = (props: {
  readonly terms: readonly PictureTerm[]
  readonly tally: Tally
  readonly byTerm: ReadonlyMap<Term, Tally>
  readonly nothing: Tally
}) => {
  const held = new Set(props.terms.flatMap(({ weeks }) => weeks.flatMap(({ squares }) => squares)))
  return (
    <>
      <ul class="flat key small">
        {kinds
          .filter((square) => held.has(square))
          .map((square) => (
            <li>
              <Sample square={square} />
              {nameOf(square)}
              {square !== 'to_come' && square !== 'none' && <b class="num">{figure(props.tally[square])}</b>}
            </li>
          ))}
      </ul>
      <div class="year">
        {props.terms
          .filter(({ weeks }) => weeks.length > 0)
          .map((term) => (
            <TermPicture term={term} tally={props.byTerm.get(term.term) ?? props.nothing} />
          ))}
      </div>
    </>
  )
}
