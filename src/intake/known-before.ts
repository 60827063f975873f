import { type PlainDate, parsePlainDate } from '../domain/dates.ts'
import type { Finding } from '../domain/finding.ts'
import { newPublicId } from '../domain/identifiers.ts'
import { type EarlierAnswer, growingTotals, isBand } from '../domain/return/cross-check-earlier.ts'
import { leftStatuses } from '../domain/return/dictionary/place.ts'
import { items } from '../domain/return/dictionary.ts'
import type { Scope } from '../domain/scope.ts'
import { type AnswerOfRound, answersOfRounds, type DueRow } from '../store/answers.ts'
import type { Db, Query } from '../store/db.ts'
import { detailsOfPupils } from '../store/pupils.ts'
import { addRowReferences, type Round } from '../store/rounds.ts'

/** What was known of a school's pupils before a file came: its own published answers, and the plan dates it is shown. */
export type KnownBefore = {
  /** What the school published about a pupil in rounds before this one, of the items that are compared. */
  readonly earlierThan: (round: Round, due: DueRow) => readonly EarlierAnswer[]
  /** The pupils of a round that were in an earlier return as being here, and have no answer in this one. */
  readonly expectedIn: (round: Round, due: readonly DueRow[]) => readonly DueRow[]
  /** The day by which a pupil's plan is due again; undefined once the pupil has left. */
  readonly planDue: (due: DueRow) => PlainDate | undefined
}

const compared = [...items.map(({ code }) => code).filter(isBand), ...growingTotals]

/** Asked of every pupil in every round: whoever has none of these was in no return. */
const ofEverybody = ['status', 'year_group']

const gone: readonly string[] = [...leftStatuses, 'never_ours']

/** Reads what a file of one school is compared with, for some of its due pupils. */
export const knownBefore = async (query: Query, scope: Scope, due: readonly DueRow[]): Promise<KnownBefore> => {
  const pupils = [...new Set(due.map(({ pupil }) => pupil))]
  const [answers, details] = await Promise.all([
    answersOfRounds(query, scope, pupils, [...compared, ...ofEverybody]),
    detailsOfPupils(query, scope, pupils, ['plan_next_by']),
  ])
  const byPupil = new Map<number, AnswerOfRound[]>()
  for (const answer of answers) {
    const own = byPupil.get(answer.pupil)
    if (own) own.push(answer)
    else byPupil.set(answer.pupil, [answer])
  }
  const own = ({ pupil, school }: DueRow) => (byPupil.get(pupil) ?? []).filter((one) => one.school === school)
  const before = (round: Round, row: DueRow) =>
    own(row).filter((one) => one.virtualSchool === round.virtualSchool && one.asAt < round.asAt)
  const statusIn = (answersOfPupil: readonly AnswerOfRound[]) =>
    answersOfPupil
      .filter(({ item }) => item === 'status')
      .sort((one, other) => other.asAt.localeCompare(one.asAt))
      .at(0)?.value
  return {
    earlierThan: before,
    expectedIn: (round, dueRows) =>
      dueRows.filter((row) => {
        const earlier = before(round, row)
        return (
          row.round === round.number &&
          earlier.length > 0 &&
          !gone.includes(statusIn(earlier) ?? '') &&
          !own(row).some((one) => one.round === round.number)
        )
      }),
    planDue: ({ pupil, placeEnded }) =>
      placeEnded !== null && placeEnded < scope.today
        ? undefined
        : parsePlainDate(details.get(pupil)?.get('plan_next_by') ?? ''),
  }
}

/** As many references as a finding holds; how many pupils there are is said beside them. */
const mostReferences = 200

/** Says that pupils of an earlier return are in no row: how many, and by which row references they were expected. */
export const pupilsNotInFile = async (
  db: Db,
  expected: readonly DueRow[],
  round: Round,
): Promise<readonly Finding[]> => {
  if (expected.length === 0) return []
  const made = expected.slice(0, mostReferences).map((due) => ({
    due,
    reference: due.reference ?? newPublicId().slice(0, 20),
  }))
  const lacking = made.filter(({ due }) => due.reference === null)
  if (lacking.length > 0)
    await db.commit(
      addRowReferences(
        lacking.map(({ due, reference }) => ({ reference, round: round.number, pupil: due.pupil, school: due.school })),
      ),
    )
  return [
    {
      code: 'PUPILS_NOT_IN_FILE',
      severity: 'warning',
      at: {},
      parameters: { pupils: expected.length, references: made.map(({ reference }) => reference).join(' ') },
    },
  ]
}
