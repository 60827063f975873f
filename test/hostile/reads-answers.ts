import * as history from '../../src/store/answer-history.ts'
import * as answers from '../../src/store/answers.ts'
import * as drafts from '../../src/store/drafts.ts'
import { writtenPupils } from '../../src/store/exported-transfer.ts'
import { namedSchoolsOf, namedSchoolsToSettle } from '../../src/store/named-schools.ts'
import { upnsFollowed } from '../../src/store/transfer-match.ts'
import * as transfers from '../../src/store/transfer-record.ts'
import {
  allPupils,
  allRounds,
  byPupil,
  eachChild,
  isEmpty,
  letters,
  numberOf,
  type Reads,
  type Said,
  sorted,
} from './ask.ts'
import { dueAt, relationOf, worksThere } from './oracle.ts'

/** Every read of answers and of what transfer files say. */
export const readsOfAnswers: Reads = {
  dueRows: async (ask) => {
    const open = ask.known.rounds.filter(({ closed }) => !closed).map(({ number }) => number)
    const gave = await answers.dueRows(ask.query, ask.scope, open)
    const all = await answers.dueRows(ask.query, ask.scope, allRounds(ask))
    return [
      { about: 'all rounds', gave: all },
      ...letters.map((at): Said => {
        const here = gave.filter(({ school }) => school === numberOf(ask.known.schools, at))
        const ought = dueAt(ask.viewer, at).map((name) => `SurQx${name}`)
        return { about: at, gave: here, says: sorted(here.map(({ surname }) => surname)), ought: sorted(ought) }
      }),
    ]
  },
  draftsInRounds: async (ask) => {
    const gave = await drafts.draftsInRounds(ask.query, ask.scope, allRounds(ask), allPupils(ask))
    return [{ about: '', gave, says: isEmpty(gave), ought: ask.viewer.part !== 'school' || isEmpty(gave) }]
  },
  handovers: async ({ query, scope, viewer }) => {
    const gave = await drafts.handovers(query, scope)
    return [
      {
        about: '',
        gave,
        says: gave.length,
        ought: (['A', 'B'] as const).filter((at) => worksThere(viewer, at)).length,
      },
    ]
  },
  bandSources: async (ask) => {
    const items = ['answered_by_name', 'child_view_words']
    return [{ about: '', gave: await answers.bandSources(ask.query, ask.scope, allRounds(ask), allPupils(ask), items) }]
  },
  gradesSeen: async (ask) => {
    const items = ['answered_by_name', 'child_view_words']
    return [{ about: '', gave: await answers.gradesSeen(ask.query, ask.scope, items) }]
  },
  answersInRounds: async (ask) => [
    { about: '', gave: await answers.answersInRounds(ask.query, ask.scope, allRounds(ask), allPupils(ask)) },
  ],
  latestAnswers: async (ask) => {
    const items = new Set(['answered_by_name', 'child_view_words'])
    return [{ about: '', gave: await answers.latestAnswers(ask.query, ask.scope, allPupils(ask), items) }]
  },
  answerHistory: (ask) =>
    eachChild(ask, async (_, { number }) => ({ gave: await history.answerHistory(ask.query, ask.scope, number) })),
  transferRecordOf: (ask) =>
    eachChild(ask, async (_, { number }) => ({
      gave: await transfers.transferRecordOf(ask.query, ask.scope, number),
    })),
  namedSchoolsOf: (ask) =>
    eachChild(ask, async (_, { number }) => ({ gave: await namedSchoolsOf(ask.query, ask.scope, number) })),
  namedSchoolsToSettle: async (ask) => [{ about: '', gave: await namedSchoolsToSettle(ask.query, ask.scope) }],
  recordForReturns: async (ask) => [
    { about: '', gave: await transfers.recordForReturns(ask.query, ask.scope, allPupils(ask)) },
  ],
  writtenPupils: async (ask) => [{ about: '', gave: await writtenPupils(ask.query, ask.scope, 'all') }],
  upnsFollowed: async (ask) => [{ about: '', gave: await upnsFollowed(ask.query, ask.scope) }],
  answersOfRounds: async (ask) => {
    const items = ['answered_by_name', 'child_view_words']
    return [{ about: '', gave: await answers.answersOfRounds(ask.query, ask.scope, allPupils(ask), items) }]
  },
  pupilsBehind: async (ask) => {
    const references = ask.known.references.map(({ id }) => id)
    const gave = await answers.pupilsBehind(ask.query, ask.scope, references)
    const ought = ask.known.references.filter(
      ({ child, at }) => relationOf(ask.viewer, child, ask.viewer.part === 'school' ? at : undefined) !== 'closed',
    )
    return [
      {
        about: '',
        gave,
        says: sorted(gave.map(({ reference }) => reference)),
        ought: sorted(ought.map(({ id }) => id)),
      },
    ]
  },
  pupilFacts: async (ask) => [
    { about: '', gave: byPupil(await answers.pupilFacts(ask.query, ask.scope, allPupils(ask)), (one) => [...one]) },
  ],
}
