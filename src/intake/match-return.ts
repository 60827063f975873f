import type { ReturnRow } from '../../connectors/termly-return/rows.ts'
import { parseUpn, type Upn } from '../domain/identifiers.ts'
import type { DueRow } from '../store/answers.ts'
import type { Round } from '../store/rounds.ts'

/** Where a row reference leads, for the school that sent the file. */
export type KnownReference = { readonly round: number; readonly pupil: number; readonly virtualSchool: number }

/** A school's due list as rows are looked up in it. */
export type DueBy = {
  readonly reference: (round: number, pupil: number) => DueRow | undefined
  readonly upn: (upn: Upn) => readonly DueRow[]
}

/** Makes a due list ready to be looked up in, row after row. */
export const dueBy = (due: readonly DueRow[]): DueBy => {
  const byReference = new Map<string, DueRow>()
  const byUpn = new Map<string, DueRow[]>()
  for (const row of due) {
    const key = `${row.round} ${row.pupil}`
    if (!byReference.has(key)) byReference.set(key, row)
    const same = byUpn.get(row.upn)
    if (same) same.push(row)
    else byUpn.set(row.upn, [row])
  }
  return {
    reference: (round, pupil) => byReference.get(`${round} ${pupil}`),
    upn: (upn) => byUpn.get(upn) ?? [],
  }
}

/** What there is to match with: the school's own due list in the open rounds, and nothing beyond it. */
export type MatchAgainst = {
  readonly rounds: readonly Round[]
  readonly due: DueBy
  readonly references: ReadonlyMap<string, KnownReference>
  /** The virtual schools the sender may speak to, whether or not they have a round open. */
  readonly reaches: ReadonlySet<number>
}

/** Whom a row is about: matched by its reference or UPN, once due and no longer, nobody, or for no council at all. */
export type Match =
  | { readonly kind: 'matched'; readonly due: DueRow; readonly round: Round; readonly by: 'reference' | 'upn' }
  | { readonly kind: 'not-asked'; readonly round: Round | undefined; readonly virtualSchool: number }
  | { readonly kind: 'unmatched'; readonly round: Round }
  | { readonly kind: 'no-council'; readonly round: Round }
  | { readonly kind: 'no-round' }

const tidy = (text: string) => text.trim().toLowerCase().replace(/\s+/g, ' ')

/** The open rounds a row names by its council: by code in digits or by name; the only one where there is but one. */
const roundsNamed = (row: ReturnRow, rounds: readonly Round[]): readonly Round[] => {
  const sent = tidy(row.council?.raw ?? '')
  if (sent === '') return rounds.length === 1 ? rounds : []
  const code = /\b\d{3}\b/.exec(sent)?.[0]
  return rounds.filter((round) => (code ? round.laCode === code : tidy(round.council) === sent))
}

/** Of the rounds that a council has open at once, the one whose answers a row without a reference gives: the newest. */
const newest = (rounds: readonly Round[]): Round | undefined =>
  [...rounds].sort((one, other) =>
    one.asAt === other.asAt ? other.number - one.number : one.asAt < other.asAt ? 1 : -1,
  )[0]

/**
 * Matches one row: its own reference first, then its UPN among the children this school is asked about. Never a
 * former UPN, a name or a birthday, and never a child of a council the row does not name.
 */
export const matchReturnRow = (row: ReturnRow, { rounds, due, references, reaches }: MatchAgainst): Match => {
  const reference = row.reference && references.get(row.reference.raw.trim())
  if (reference) {
    const first = rounds[0]
    if (!rounds.some(({ virtualSchool }) => virtualSchool === reference.virtualSchool))
      return reaches.has(reference.virtualSchool)
        ? { kind: 'not-asked', round: undefined, virtualSchool: reference.virtualSchool }
        : first
          ? { kind: 'no-council', round: first }
          : { kind: 'no-round' }
    const round = rounds.find(({ number }) => number === reference.round)
    const found = due.reference(reference.round, reference.pupil)
    if (round && found) return { kind: 'matched', due: found, round, by: 'reference' }
    return { kind: 'not-asked', round, virtualSchool: reference.virtualSchool }
  }
  const upn: Upn | undefined = row.upn ? parseUpn(row.upn.raw) : undefined
  const named = roundsNamed(row, rounds)
  const candidates = upn
    ? due.upn(upn).filter((one) => named.length === 0 || named.some(({ number }) => number === one.round))
    : []
  if (new Set(candidates.map(({ pupil }) => pupil)).size === 1) {
    const round = newest(rounds.filter(({ number }) => candidates.some((one) => one.round === number)))
    const found = candidates.find((one) => one.round === round?.number)
    if (round && found) return { kind: 'matched', due: found, round, by: 'upn' }
  }
  const unmatchedIn = newest(named)
  if (unmatchedIn) return { kind: 'unmatched', round: unmatchedIn }
  const first = rounds[0]
  return first ? { kind: 'no-council', round: first } : { kind: 'no-round' }
}
