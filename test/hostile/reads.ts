import { scopeFor } from '../../src/access/scope.ts'
import type { Scope } from '../../src/domain/scope.ts'
import type { NodeRuntime } from '../../src/runtime/node/open.ts'
import { type Ask, numberOf, type Reads } from './ask.ts'
import { type ViewerName, viewerNamed, viewerNames } from './described.ts'
import { allowedIn, canariesIn, type Known } from './known.ts'
import { wordsIn } from './oracle.ts'
import { readsOfAnswers } from './reads-answers.ts'
import { readsOfAttendance } from './reads-attendance.ts'
import { readsOfFiles } from './reads-files.ts'
import { readsOfMoney } from './reads-money.ts'
import { readsOfPupils } from './reads-pupils.ts'
import { readsOfSchools } from './reads-schools.ts'

/** Every read of the store that takes a scope. */
export const scopedReads: Reads = {
  ...readsOfFiles,
  ...readsOfAnswers,
  ...readsOfPupils,
  ...readsOfAttendance,
  ...readsOfSchools,
  ...readsOfMoney,
}

/** Text to look through, in which a pupil's number can be told from any other. */
const textOf = (gave: unknown): string =>
  JSON.stringify(gave, (key, value) =>
    (key === 'pupil' || key === 'pupilNumber') && typeof value === 'number' ? `pupil${value}` : value,
  ) ?? ''

const scopeOf = (known: Known, name: ViewerName, now: string): Scope => {
  const { person, part } = viewerNamed(name)
  return scopeFor(
    numberOf(known.people, person),
    part === 'school'
      ? { kind: 'school' }
      : { kind: 'council', virtualSchool: numberOf(known.councils, part.of), role: part.role as 'head' },
    now as never,
  )
}

export type Reading = { readonly asked: number; readonly wrong: readonly string[] }

/** Asks every read for everything as every viewer, and holds what comes back against the oracle. */
export const askReads = async (runtime: NodeRuntime, known: Known, stopAtFirst: boolean): Promise<Reading> => {
  const wrong: string[] = []
  let asked = 0
  const canaries = canariesIn(known)
  for (const name of viewerNames) {
    const viewer = viewerNamed(name)
    const allowed = allowedIn(known, viewer, 'store')
    const scope = scopeOf(known, name, runtime.now())
    const ask: Ask = { query: runtime.db.query, scope, viewer, known, now: runtime.now() }
    for (const [read, run] of Object.entries(scopedReads)) {
      for (const { about, gave, says, ought } of await run(ask)) {
        asked += 1
        const where = `${name} asks ${read}${about === '' ? '' : ` of ${about}`}`
        if (JSON.stringify(says) !== JSON.stringify(ought))
          wrong.push(`${where}: ${JSON.stringify(says)}, not ${JSON.stringify(ought)}`)
        const words = wordsIn(textOf(gave))
        const leaked = canaries.find((canary) => words.has(canary) && !allowed.has(canary))
        if (leaked) wrong.push(`${where}: reads ${leaked}`)
      }
      if (stopAtFirst && wrong.length > 0) return { asked, wrong }
    }
  }
  return { asked, wrong }
}
