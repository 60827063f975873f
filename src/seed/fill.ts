import type { ReturnSheet } from '../../connectors/termly-return/rows.ts'
import { type PlainDate, plusDays } from '../domain/dates.ts'
import { askedOf } from '../domain/return/ask.ts'
import { itemOf } from '../domain/return/dictionary.ts'
import type { Answer, Item, PupilFact } from '../domain/return/item.ts'
import { pick, type Random, whole } from './random.ts'

const texts: Readonly<Record<string, string>> = {
  child_view_words: 'I like my maths group and I would like to join the choir.',
  please_call_reason: 'We would like to talk about the plan meeting.',
}

const answerTo = (item: Item, random: Random, asAt: PlainDate): Answer => {
  const { type } = item
  switch (type.kind) {
    case 'choice':
      return { state: 'given', value: pick(random, type.options) }
    case 'integer':
      return { state: 'given', value: String(whole(random, type.from, Math.min(type.to, type.from + 9))) }
    case 'decimal':
      return { state: 'given', value: String(whole(random, Math.ceil(type.from), Math.min(type.to, 25))) }
    case 'pence':
      return { state: 'given', value: String(whole(random, 1000, Math.min(type.to, 60_000))) }
    case 'date':
      return { state: 'given', value: plusDays(asAt, -whole(random, 5, 200)) }
    case 'text':
      return {
        state: 'given',
        value: (texts[item.code] ?? pick(random, ['5', '4+', 'secure', '3-'])).slice(0, type.longest),
      }
  }
}

const heldTargets = (asked: ReadonlyMap<string, unknown>): ReadonlySet<PupilFact> =>
  new Set(
    (['target_1_held', 'target_2_held', 'target_3_held'] as const).filter((fact) =>
      asked.has(fact.replace('_held', '_progress')),
    ),
  )

/** Answers that must agree with one another, made together: sessions, suspensions, the timetable. */
const together = (random: Random, asAt: PlainDate): ReadonlyMap<string, string> => {
  const possible = whole(random, 60, 90) * 2
  const authorised = whole(random, 0, 8)
  const unauthorised = whole(random, 0, 4)
  return new Map([
    ['status', 'C'],
    ['full_time', 'Y'],
    ['hours_offered', '25'],
    ['sessions_possible', String(possible)],
    ['sessions_attended', String(possible - authorised - unauthorised)],
    ['sessions_authorised', String(authorised)],
    ['sessions_unauthorised', String(unauthorised)],
    ['sessions_from', plusDays(asAt, -70)],
    ['sessions_to', asAt],
    ['suspensions', '0'],
    ['suspension_days', '0'],
    ['sen', pick(random, ['N', 'N', 'K', 'E'])],
    ['child_view_asked', 'Y'],
    ['attainment_scale', 'own'],
  ])
}

/**
 * A school's sheet with fictional answers in it, as a school might fill it in: every required question, most of the
 * others left alone. `share` is how much of what is asked gets an answer, from 0 to 1.
 */
export const filledSheet = (
  sheet: ReturnSheet,
  random: Random,
  overlayOf: (councilCode: string) => Parameters<typeof askedOf>[0]['overlay'],
  share = 1,
): ReturnSheet => ({
  ...sheet,
  rows: sheet.rows.map((row) => {
    const agreed = together(random, row.asAt)
    const known = new Map<string, Answer>(row.known)
    const yearGroup = known.get('year_group')?.value ?? ''
    // Twice, since an answer may bring up a question of its own.
    for (let turn = 0; turn < 2; turn += 1) {
      const asked = askedOf({
        term: sheet.term,
        yearGroup,
        overlay: overlayOf(row.council.code),
        facts: heldTargets(row.asked),
        answers: known,
      })
      for (const [code, need] of asked) {
        const item = itemOf(code)
        if (!item || known.has(code) || !row.asked.has(code) || need === 'optional' || need === 'conditional') continue
        if (random() > share) continue
        const value = agreed.get(code)
        const options = item.type.kind === 'choice' ? item.type.options : undefined
        known.set(
          code,
          value !== undefined && (!options || options.includes(value))
            ? { state: 'given', value }
            : answerTo(item, random, row.asAt),
        )
      }
    }
    return { ...row, known }
  }),
})
