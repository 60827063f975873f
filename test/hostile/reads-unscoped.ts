import type { NodeRuntime } from '../../src/runtime/node/open.ts'
import { exportedAnswers, exportedMarks, exportedRoll } from '../../src/store/exported.ts'
import { pupilsToMark } from '../../src/store/marks-match.ts'
import { knownChildren } from '../../src/store/roll.ts'
import { upnsOfCouncil } from '../../src/store/transfer-match.ts'
import { numberOf } from './ask.ts'
import { childNamed, childNames, councils, today, uniqueOf } from './described.ts'
import type { Known } from './known.ts'
import { canariesOf, isClosedForEver, wordsIn } from './oracle.ts'
import type { Reading } from './reads.ts'

/** The reads that serve no one person: an operator's export, and the roll a file is matched with. Nothing sealed is there. */
export const askUnscoped = async (runtime: NodeRuntime, known: Known): Promise<Reading> => {
  const { query } = runtime.db
  const wrong: string[] = []
  const closed = childNames.filter(isClosedForEver)
  const words = wordsIn(
    JSON.stringify([await exportedAnswers(query), await exportedRoll(query), await exportedMarks(query)]),
  )
  for (const name of closed)
    if (canariesOf(name).some((canary) => words.has(canary))) wrong.push(`an export holds ${name}`)
  for (const council of councils) {
    const own = childNames.filter((name) => childNamed(name).council === council)
    const references = own.map((name) => `RefQx${name}`)
    const matched = new Set(
      (await upnsOfCouncil(query, numberOf(known.councils, council), today)).map(({ upn }) => upn),
    )
    const toMark = wordsIn(JSON.stringify(await pupilsToMark(query, numberOf(known.councils, council), today)))
    const { rows, upns } = await knownChildren(query, numberOf(known.councils, council), today, references)
    for (const name of own) {
      const sealed = closed.includes(name)
      if (rows.find(({ reference }) => reference === `RefQx${name}`)?.sealed !== sealed)
        wrong.push(`the roll has ${name} ${sealed ? 'not sealed' : 'sealed'}`)
      if (upns.has(uniqueOf(name).upn) === sealed)
        wrong.push(`the roll ${sealed ? 'knows' : 'lacks'} the UPN of ${name}`)
      if (sealed && matched.has(uniqueOf(name).upn)) wrong.push(`a transfer file would be matched with ${name}`)
      if (sealed && canariesOf(name).some((canary) => toMark.has(canary)))
        wrong.push(`an attendance file would be matched with ${name}`)
    }
  }
  return { asked: closed.length + 3 * childNames.length, wrong }
}
