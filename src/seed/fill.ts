import type { ReturnSheet } from '../../connectors/termly-return/rows.ts'
import { type PlainDate, plusDays } from '../domain/dates.ts'
import { askedOf } from '../domain/return/ask.ts'
import { itemOf } from '../domain/return/dictionary.ts'
import type { Answer, Item, PupilFact } from '../domain/return/item.ts'
import { pick, type Random, whole } from './random.ts'

const texts: Readonly<Record<string, string>> = {
  child_view_words: 'I like my maths group and I would like to join the choir.',
  please_call_reason: 'We would like to talk about the plan meeting.',
  early_communication_words: 'Names pictures and asks what comes next in a story.',
  early_personal_words: 'Settles after a goodbye and plays beside two friends.',
  early_physical_words: 'Climbs, pours, and turns the pages of a book.',
  early_literacy_words: 'Knows the first letter of the name.',
  early_mathematics_words: 'Counts to five with objects.',
  named_contact_name: 'Ada Penn',
  named_contact_email: 'a.penn@fenwold-college.example',
}

/** Texts that are no grade: asked for beside the draw, so that every other answer of a seed stays as it was. */
const named: readonly (readonly [ending: string, text: string])[] = [
  ['_name', 'Fenwold Skills Hub'],
  ['_checked_by', 'the attendance officer, by telephone'],
]

const textOf = (item: Item, drawn: string): string =>
  named.find(([ending]) => item.code.startsWith('other_provision') && item.code.endsWith(ending))?.[1] ?? drawn

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
        value: (texts[item.code] ?? textOf(item, pick(random, ['5', '4+', 'secure', '3-']))).slice(0, type.longest),
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
    ['funded_hours_entitled', '15'],
    ['funded_hours_taken', '15'],
    ['funded_weeks', '38'],
    ['early_hours_from', plusDays(asAt, -70)],
    ['early_hours_to', asAt],
    ['early_hours_offered', '150'],
    ['early_hours_attended', String(150 - authorised)],
    ['two_year_check', 'due'],
    ['post_16_status', 'fe'],
    ['post_16_provider', '10099901'],
    ['post_16_programme', 'Level 2 Diploma in Catering'],
    ['post_16_level', '2'],
    ['post_16_start', plusDays(asAt, -70)],
    ['post_16_planned_end', plusDays(asAt, 230)],
    ['post_16_planned_hours', '580'],
    ['post_16_position', pick(random, ['on_course', 'on_course', 'at_risk_attendance'])],
    ['post_16_english_prior', pick(random, ['2', '3'])],
    ['post_16_english_state', 'resit'],
    ['post_16_english_series', 'next November'],
    ['post_16_mathematics_prior', '4'],
    ['post_16_attendance_percent', String(whole(random, 780, 990) / 10)],
    ['post_16_attendance_basis', 'hours'],
    ['post_16_attendance_from', plusDays(asAt, -70)],
    ['post_16_attendance_to', asAt],
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
