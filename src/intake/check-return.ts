import type { ReturnRow, SentAnswer } from '../../connectors/termly-return/rows.ts'
import type { PlainDate } from '../domain/dates.ts'
import type { Finding, FindingPlace } from '../domain/finding.ts'
import { parseUpn } from '../domain/identifiers.ts'
import { askedOf, type Overlay } from '../domain/return/ask.ts'
import { crossChecks } from '../domain/return/cross-check.ts'
import { type EarlierAnswer, earlierChecks } from '../domain/return/cross-check-earlier.ts'
import { itemOf } from '../domain/return/dictionary.ts'
import type { Answer, Answers, Need, PupilFact, Term } from '../domain/return/item.ts'

/** All that a matched row is checked against. */
export type CheckedAgainst = {
  readonly term: Term
  readonly yearGroup: string
  readonly overlay: Overlay
  readonly facts: ReadonlySet<PupilFact>
  readonly asAt: PlainDate
  readonly today: PlainDate
  readonly academicYear: number
  /** What the same school published about the pupil in earlier rounds. */
  readonly earlier: readonly EarlierAnswer[]
}

const askedByOverlay = new WeakMap<Overlay, Map<string, ReadonlyMap<string, Need>>>()

/** What a row may come to need whatever its answers; worked out once for all pupils who are alike in it. */
const askedAtMost = ({ term, yearGroup, overlay, facts }: CheckedAgainst): ReadonlyMap<string, Need> => {
  const known = askedByOverlay.get(overlay) ?? new Map<string, ReadonlyMap<string, Need>>()
  askedByOverlay.set(overlay, known)
  const alike = [term, yearGroup, ...[...facts].sort()].join(' ')
  const asked = known.get(alike) ?? askedOf({ term, yearGroup, overlay, facts, answers: new Map() })
  known.set(alike, asked)
  return asked
}

const readable = (answers: readonly SentAnswer[]): Answers => {
  const read = new Map<string, Answer>()
  for (const { item, state, value } of answers) if (state !== 'unread') read.set(item, { state, value })
  return read
}

/**
 * Checks the cells of one matched row against what is asked of that pupil and against one another. Gives the findings,
 * and which answers are for questions this pupil is not asked (they are not taken in).
 */
export const checkCells = (
  answers: readonly SentAnswer[],
  against: CheckedAgainst,
): { readonly findings: readonly Finding[]; readonly notAsked: ReadonlySet<string> } => {
  const { asAt, today } = against
  const asked = askedAtMost(against)
  const outside = answers.filter(({ item }) => !asked.has(item))
  const notAsked = new Set(outside.map(({ item }) => item))
  const inside = outside.length === 0 ? answers : answers.filter(({ item }) => asked.has(item))
  const taken = readable(inside)
  const crossed = [...crossChecks(taken, { asAt }), ...earlierChecks(taken, against)]
  const places = new Map(crossed.length === 0 ? [] : answers.map(({ item, at }) => [item, at]))
  return {
    notAsked,
    findings: [
      ...outside.map(
        (answer): Finding => ({ code: 'ITEM_NOT_ASKED', severity: 'warning', at: answer.at, parameters: {} }),
      ),
      ...inside
        .filter((answer) => isTooLate(answer, today))
        .map(({ at }): Finding => ({ code: 'DATE_IN_FUTURE', severity: 'error', at, parameters: {} })),
      ...crossed.map(
        ({ code, severity, items, parameters }): Finding => ({
          code,
          severity,
          at: placeOf(items, places),
          parameters,
        }),
      ),
    ],
  }
}

/** A day that must have happened already, and has not: only intake knows what today is. */
const isTooLate = ({ item, state, value }: SentAnswer, today: PlainDate): boolean => {
  const type = itemOf(item)?.type
  return state === 'given' && type?.kind === 'date' && type.latest === 'today' && (value ?? '') > today
}

/** A plan that was due again before today: said at the row, with both days. */
export const checkPlan = (row: ReturnRow, nextBy: PlainDate | undefined, today: PlainDate): readonly Finding[] =>
  nextBy !== undefined && nextBy < today
    ? [{ code: 'PLAN_DATE_PAST', severity: 'warning', at: row.at, parameters: { nextBy, today } }]
    : []

/** The first cell a cross-check speaks of that was filled in. */
const placeOf = (items: readonly string[], places: ReadonlyMap<string, FindingPlace>): FindingPlace => {
  for (const item of items) {
    const at = places.get(item)
    if (at) return at
  }
  return items[0] && itemOf(items[0]) ? { column: items[0] } : {}
}

/**
 * Whether the UPN in a row is the one its pupil is known by. Where they differ it is one finding at the cell, in place
 * of those on its shape; only the last two characters are ever said.
 */
export const checkUpn = (row: ReturnRow, held: string): readonly Finding[] => {
  const ofUpn = row.findings.filter(({ code }) => code.startsWith('UPN_'))
  if (!row.upn) return ofUpn
  const sent = parseUpn(row.upn.raw)
  if (sent === held) return []
  if (held === '') return ofUpn.length > 0 ? ofUpn : [upnFinding('UPN_NEW', 'warning', row, held)]
  return [upnFinding('UPN_DIFFERS', 'error', row, held)]
}

const upnFinding = (code: string, severity: Finding['severity'], row: ReturnRow, held: string): Finding => ({
  code,
  severity,
  at: row.upn?.at ?? row.at,
  parameters: { sent: row.upn?.raw.trim().slice(-2) ?? '', expected: held.slice(-2) },
})
