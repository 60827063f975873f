import { type MarkedSpan, marksCover } from '../domain/attendance/covers.ts'
import { weekOf } from '../domain/attendance/week.ts'
import { plainDate } from '../domain/dates.ts'
import { newPublicId } from '../domain/identifiers.ts'
import { type AskedFor, askedAtMostOf, askedOf, decidingDetails, factsOfDetails } from '../domain/return/ask.ts'
import { type Completeness, completenessOf } from '../domain/return/completeness.ts'
import { leftStatuses } from '../domain/return/dictionary/place.ts'
import { items } from '../domain/return/dictionary.ts'
import type { Answer, Need, PupilFact } from '../domain/return/item.ts'
import { datesFor, type SchoolDates } from '../domain/school-dates.ts'
import type { Scope } from '../domain/scope.ts'
import { answersInRounds, type CurrentAnswer, type DueRow, dueRows, latestAnswers } from '../store/answers.ts'
import type { Db, Query } from '../store/db.ts'
import { type Draft, draftsInRounds } from '../store/drafts.ts'
import { marksReach } from '../store/marks.ts'
import { detailsOfPupils } from '../store/pupils.ts'
import { roundDates, roundsOpenToSome } from '../store/round-dates.ts'
import { addRowReferences, overlaysOfRounds, type Round } from '../store/rounds.ts'
import { type DraftAnswer, draftsOver } from './drafts.ts'
import { knownFromTransfers } from './from-transfer.ts'

/** How one pupil's return to one council stands: what is asked, and what this round has. */
export type PupilStanding = {
  readonly due: DueRow
  readonly round: Round
  /** All that decides what is asked of the pupil but for the answers. */
  readonly basis: Omit<AskedFor, 'answers'>
  /** What the council's own record says of the pupil, by what the detail is called. */
  readonly record: ReadonlyMap<string, string>
  /** When the school's answers to this round are due, and whether they are taken today. */
  readonly dates: SchoolDates
  /** What is asked now, the conditions decided by the answers there are. */
  readonly asked: ReadonlyMap<string, Need>
  /** What stands sent in this round. */
  readonly answers: ReadonlyMap<string, Answer>
  /** What the school has typed on screen and not sent, where it differs from what stands sent. */
  readonly drafts: ReadonlyMap<string, DraftAnswer>
  /** The newest wording ever saved of each answer, sent or not: whoever saves next saves the version after it. */
  readonly versions: ReadonlyMap<string, Draft>
  /** What stands sent with the drafts over it, as far as they can be read: what a council never sees beyond `answers`. */
  readonly filled: ReadonlyMap<string, Answer>
  readonly completeness: Completeness
}

/** The same with what was known before it. */
export type PupilReturn = PupilStanding & {
  /** Everything that may come to be asked: the columns of a workbook. */
  readonly askedAtMost: ReadonlyMap<string, Need>
  /** Known before this round and asked now: the school confirms rather than types. */
  readonly known: ReadonlyMap<string, Answer>
  /** As it was last said and never filled in unasked: on screen a person may say in one press that it still is so. */
  readonly asBefore: ReadonlyMap<string, Answer>
}

const carried = new Set(items.filter(({ carries }) => carries).map(({ code }) => code))
const endsPlace: readonly string[] = [...leftStatuses, 'never_ours']
const carriedOrAffirmed = new Set(items.filter((item) => item.carries || item.affirmed).map(({ code }) => code))

/** What the council's own record already answers: details of a pupil that are called as the item is. */
const fromRecord: readonly string[] = ['year_group', 'sen']

const detailsAsked = [...fromRecord, ...decidingDetails]

const keyed = (rows: readonly CurrentAnswer[], key: (row: CurrentAnswer) => string) => {
  const groups = new Map<string, Map<string, Answer>>()
  for (const row of rows) {
    const group = groups.get(key(row)) ?? new Map<string, Answer>()
    group.set(row.item, { state: row.state, value: row.value === '' ? null : row.value })
    groups.set(key(row), group)
  }
  return groups
}

/**
 * Every pupil the viewer's schools (or council) are asked about in some rounds, with what is asked and answered; or only
 * some of them, by number.
 */
export const pupilStandings = async (
  query: Query,
  scope: Scope,
  rounds: readonly Round[],
  among?: readonly number[],
): Promise<readonly PupilStanding[]> => {
  const due = await dueRows(
    query,
    scope,
    rounds.map(({ number }) => number),
    among,
  )
  // Only of rounds that ask anybody: most of those that are open ask another school.
  const numbers = [...new Set(due.map(({ round }) => round))]
  const pupils = pupilsOf(due)
  const [answers, drafts, details, overlays, dates, spans] = await Promise.all([
    answersInRounds(query, scope, numbers, pupils),
    scope.part.kind === 'council' ? [] : draftsInRounds(query, scope, numbers, pupils),
    detailsOfPupils(query, scope, pupils, detailsAsked),
    overlaysOfRounds(query, numbers),
    roundDates(query, scope, numbers),
    registerSpans(
      query,
      scope,
      rounds.filter(({ number }) => numbers.includes(number)),
      pupils,
    ),
  ])
  const given = keyed(answers, ({ round, pupil, school }) => `${round}/${pupil}/${school}`)
  const typed = new Map<string, Draft[]>()
  for (const draft of drafts) {
    const key = `${draft.round}/${draft.pupil}/${draft.school}`
    const own = typed.get(key)
    if (own) own.push(draft)
    else typed.set(key, [draft])
  }
  const roundOf = new Map(rounds.map((round) => [round.number, round]))
  return due.flatMap((row): PupilStanding[] => {
    const round = roundOf.get(row.round)
    if (!round) return []
    const key = `${row.round}/${row.pupil}/${row.school}`
    const sent = given.get(key) ?? new Map<string, Answer>()
    const { live, versions, filled } = draftsOver(typed.get(key) ?? [], sent, scope.today)
    const record = details.get(row.pupil)
    const span = spans.get(`${round.academicYear}/${row.pupil}/${row.school}`)
    // Sessions that were typed in all the same stand as they were sent.
    const feeds =
      span !== undefined && !sent.has('sessions_possible') && marksCover(span, row.placeBegan, asAtOf(row, round))
    const basis = {
      term: round.term,
      yearGroup: row.yearGroup,
      overlay: overlays.get(round.number) ?? new Map(),
      facts: feeds ? withFeed(factsOfDetails(record)) : factsOfDetails(record),
    }
    const asked = askedOf({ ...basis, answers: filled })
    return [
      {
        due: row,
        round,
        basis,
        record: record ?? new Map(),
        dates: datesFor(round, dates, row.school, scope.today),
        asked,
        answers: sent,
        drafts: live,
        versions,
        filled,
        completeness: completenessOf(asked, filled),
      },
    ]
  })
}

const withFeed = (facts: ReadonlySet<PupilFact>): ReadonlySet<PupilFact> => new Set([...facts, 'attendance_feed'])

/** The day a pupil's sessions are asked up to: the round's, or the last day at the school before it. */
const asAtOf = ({ placeEnded }: DueRow, { asAt }: Round) =>
  placeEnded !== null && placeEnded < asAt ? placeEnded : asAt

/** How far the registers' marks of some pupils go in the academic years of some rounds, by year, pupil and school. */
const registerSpans = async (
  query: Query,
  scope: Scope,
  rounds: readonly Round[],
  pupils: readonly number[],
): Promise<ReadonlyMap<string, MarkedSpan>> => {
  const years = [...new Set(rounds.map(({ academicYear }) => academicYear))]
  const spans = await Promise.all(
    years.map(async (year) => {
      const [from, to] = [weekOf(plainDate(`${year}-09-01`)), weekOf(plainDate(`${year + 1}-08-31`))]
      const reach = await marksReach(query, scope, pupils, from, to)
      return reach.map(({ pupil, school, ...span }) => [`${year}/${pupil}/${school}`, span] as const)
    }),
  )
  return new Map(spans.flat())
}

const pupilsOf = (due: readonly DueRow[]) => [...new Set(due.map(({ pupil }) => pupil))]

/** Adds what was known before. `entry_date` is taken from the place itself where the school never gave it. */
const withKnown = async (
  query: Query,
  scope: Scope,
  standings: readonly PupilStanding[],
): Promise<readonly PupilReturn[]> => {
  const pupils = pupilsOf(standings.map(({ due }) => due))
  const [latest, transfers] = await Promise.all([
    latestAnswers(query, scope, pupils, carriedOrAffirmed),
    knownFromTransfers(query, scope, pupils),
  ])
  const before = keyed(latest, ({ pupil, school }) => `${pupil}/${school}`)
  return standings.map((standing): PupilReturn => {
    const { due: row, basis, record, filled, drafts } = standing
    const askedAtMost = askedAtMostOf(basis)
    const isOpen = (item: string) => askedAtMost.has(item) && !filled.has(item) && !drafts.has(item)
    const known = new Map<string, Answer>()
    const asBefore = new Map<string, Answer>()
    if (isOpen('status') && row.enrolmentStatus) asBefore.set('status', { state: 'given', value: row.enrolmentStatus })
    for (const [item, answer] of before.get(`${row.pupil}/${row.school}`) ?? []) {
      if (!isOpen(item) || (item === 'status' && endsPlace.includes(answer.value ?? ''))) continue
      ;(carried.has(item) ? known : asBefore).set(item, answer)
    }
    for (const item of fromRecord) {
      const value = record.get(item)
      if (value && isOpen(item)) known.set(item, { state: 'given', value })
    }
    for (const [item, value] of transfers.get(`${row.pupil}/${row.school}`) ?? [])
      if (isOpen(item) && !known.has(item)) known.set(item, { state: 'given', value })
    if (isOpen('entry_date') && !known.has('entry_date'))
      known.set('entry_date', { state: 'given', value: row.placeBegan })
    return { ...standing, askedAtMost, known, asBefore }
  })
}

/** The same returns as `pupilStandings`, with what was known before each. */
export const pupilReturns = async (
  query: Query,
  scope: Scope,
  rounds: readonly Round[],
  among?: readonly number[],
): Promise<readonly PupilReturn[]> => withKnown(query, scope, await pupilStandings(query, scope, rounds, among))

/**
 * How the returns stand that are taken today: those of rounds that are open, or open again for the school that is
 * asked.
 */
export const openStandings = async (
  query: Query,
  scope: Scope,
  among?: readonly number[],
): Promise<readonly PupilStanding[]> =>
  (await pupilStandings(query, scope, await roundsOpenToSome(query, scope), among)).filter(({ dates }) => dates.open)

/** The same returns as `openStandings`, with what was known before each. */
export const openReturns = async (
  query: Query,
  scope: Scope,
  among?: readonly number[],
): Promise<readonly PupilReturn[]> => withKnown(query, scope, await openStandings(query, scope, among))

/** How a school stands in a round: words of a state, decided in one place for board, inbox and school page. */
export type ReturnStanding = 'submitted' | 'in_progress' | 'overdue' | 'not_started'

/**
 * Submitted: a submission stands, and every pupil asked about is in it or set aside with a reason. Otherwise overdue once the cut-off has passed,
 * in progress once it was opened or anything came, and not started before that.
 */
export const standingOf = (facts: {
  readonly submitted: boolean
  readonly pupilsWithoutAnswers: number
  readonly opened: boolean
  readonly overdue: boolean
}): ReturnStanding => {
  if (facts.submitted && facts.pupilsWithoutAnswers === 0) return 'submitted'
  if (facts.overdue) return 'overdue'
  return facts.opened || facts.submitted ? 'in_progress' : 'not_started'
}

/** Makes the row references that some returns still lack, and gives every return with its own. */
export const withReferences = async (
  db: Db,
  scope: Scope,
  returns: readonly PupilReturn[],
): Promise<readonly (PupilReturn & { readonly reference: string })[]> => {
  const lacking = returns.filter(({ due }) => due.reference === null)
  await db.commit(
    addRowReferences(
      lacking.map(({ due }) => ({
        reference: newPublicId().slice(0, 20),
        round: due.round,
        pupil: due.pupil,
        school: due.school,
      })),
    ),
  )
  const rounds = [...new Set(returns.map(({ due }) => due.round))]
  const rows = lacking.length === 0 ? [] : await dueRows(db.query, scope, rounds)
  const made = new Map(rows.map((row) => [`${row.round}/${row.pupil}/${row.school}`, row.reference]))
  return returns.flatMap((one) => {
    const reference = one.due.reference ?? made.get(`${one.due.round}/${one.due.pupil}/${one.due.school}`)
    return reference ? [{ ...one, reference }] : []
  })
}
