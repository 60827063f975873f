/** One textual use of a scope's condition in the store: where it stands, and which condition it is. */
export type ScopeUse = {
  readonly file: string
  readonly line: number
  readonly offset: number
  readonly predicate: string
}

/** The conditions by which the store decides who may read what. */
const predicates = [
  ...[
    'seesPupil',
    'followsPupil',
    'followsPupilAt',
    'draftsPupilAt',
    'worksAt',
    'worksAtFor',
    'ofOwnCouncil',
    'worksOnReturns',
  ],
  ...['readsImport', 'readsRow', 'comparesBirthdays', 'isSealed', 'inCare', 'ownPlace', 'tailRuns', 'coversToday'],
  ...['readsApplication', 'namesPupilOfApplication', 'readsPayment', 'seesFund'],
]

const use = new RegExp(`(?<![.\\w])(${predicates.join('|')})\\((?=scope\\b|pupil\\b|'|\\s*scope\\b)`, 'g')

/** Finds every use of a scope's condition in one file of the store, in the order of the text. */
export const scopeUsesIn = (file: string, text: string): readonly ScopeUse[] =>
  [...text.matchAll(use)].map((found) => ({
    file,
    line: text.slice(0, found.index).split('\n').length,
    offset: found.index,
    predicate: found[1] ?? '',
  }))

/**
 * The same file with a switch at each use: while `globalThis.droppedScopeUse` is a use's number, its condition holds for
 * everybody; nobody is sealed then. All other numbers leave the file as it is.
 */
export const withSwitches = (text: string, uses: readonly (ScopeUse & { readonly number: number })[]): string => {
  let switched = text
  for (const { offset, predicate, number } of [...uses].sort((one, other) => other.offset - one.offset))
    switched = `${switched.slice(0, offset)}(globalThis.droppedScopeUse === ${number} ? ${
      predicate === 'isSealed' ? 'nobodyAtAll' : 'anybodyAtAll'
    } : ${predicate})${switched.slice(offset + predicate.length)}`
  return `${switched}
import { sql as sqlOfSwitch } from 'kysely'
function anybodyAtAll() { return sqlOfSwitch\`1\` }
function nobodyAtAll() { return sqlOfSwitch\`0\` }
`
}
