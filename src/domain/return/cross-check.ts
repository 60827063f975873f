import { daysBetween, type PlainDate, parsePlainDate } from '../dates.ts'
import type { Severity } from '../finding.ts'
import { goodLevelGoals } from './dictionary/early-years.ts'
import type { Answers } from './item.ts'

/** Every rule that looks across the answers of one pupil. Its words are looked up by this code. */
export type CrossCheckCode =
  | 'ATTENDED_ABOVE_POSSIBLE'
  | 'ABSENT_ABOVE_POSSIBLE'
  | 'SESSIONS_DO_NOT_ADD_UP'
  | 'SESSIONS_PERIOD_BACKWARDS'
  | 'SESSIONS_BEFORE_JOINING'
  | 'LEFT_BEFORE_JOINING'
  | 'LEFT_AFTER_AS_AT'
  | 'LEFT_BUT_ON_ROLL'
  | 'PART_TIME_ENDS_BEFORE_START'
  | 'PART_TIME_REVIEW_BEFORE_START'
  | 'OTHER_PLACE_ENDS_BEFORE_START'
  | 'HOURS_ABOVE_USUAL'
  | 'FULL_TIME_FEW_HOURS'
  | 'OTHER_HOURS_ABOVE_OFFERED'
  | 'SUSPENSION_DAYS_WITHOUT_SUSPENSION'
  | 'SUSPENSION_DAYS_TOO_FEW'
  | 'FUNDED_TAKEN_ABOVE_ENTITLED'
  | 'EARLY_HOURS_PERIOD_BACKWARDS'
  | 'EARLY_HOURS_ABOVE_OFFERED'
  | 'GOOD_LEVEL_DOES_NOT_FIT'
  | 'PROGRAMME_ENDS_BEFORE_START'
  | 'PROVIDER_NUMBER_SHAPE'
  | 'POST_16_ATTENDANCE_BACKWARDS'
  | 'CHILD_WORDS_BUT_NOT_ASKED'
  | 'EMAIL_SHAPE'

/** One thing that does not fit within a pupil's own answers, the items it stands between, and no personal data. */
export type CrossCheck = {
  readonly code: CrossCheckCode
  readonly severity: Severity
  readonly items: readonly string[]
  readonly parameters: Readonly<Record<string, string | number>>
}

/** What the rules need beside the answers. */
export type CrossCheckContext = { readonly asAt: PlainDate }

type Rule = (answers: Answers, context: CrossCheckContext) => readonly CrossCheck[]

const usualHours = 40
const fewHours = 15

const given = (answers: Answers, item: string): string | undefined => {
  const answer = answers.get(item)
  return answer?.state === 'given' ? (answer.value ?? undefined) : undefined
}

const number = (answers: Answers, item: string): number | undefined => {
  const value = given(answers, item)
  return value === undefined ? undefined : Number(value)
}

const date = (answers: Answers, item: string): PlainDate | undefined => parsePlainDate(given(answers, item) ?? '')

const found = (
  code: CrossCheckCode,
  severity: Severity,
  items: readonly string[],
  parameters: Readonly<Record<string, string | number>> = {},
): readonly CrossCheck[] => [{ code, severity, items, parameters }]

const nothing: readonly CrossCheck[] = []

/** The first of two days should not come after the second. */
const inOrder =
  (code: CrossCheckCode, severity: Severity, first: string, second: string): Rule =>
  (answers) => {
    const [from, to] = [date(answers, first), date(answers, second)]
    return from && to && daysBetween(from, to) < 0 ? found(code, severity, [first, second]) : nothing
  }

const attendedAbovePossible: Rule = (answers) => {
  const [attended, possible] = [number(answers, 'sessions_attended'), number(answers, 'sessions_possible')]
  if (attended === undefined || possible === undefined || attended <= possible) return nothing
  return found('ATTENDED_ABOVE_POSSIBLE', 'error', ['sessions_attended', 'sessions_possible'], { attended, possible })
}

const absentAbovePossible: Rule = (answers) =>
  ['sessions_authorised', 'sessions_unauthorised'].flatMap((item) => {
    const [absent, possible] = [number(answers, item), number(answers, 'sessions_possible')]
    if (absent === undefined || possible === undefined || absent <= possible) return nothing
    return found('ABSENT_ABOVE_POSSIBLE', 'error', [item, 'sessions_possible'], { absent, possible })
  })

const sessionsDoNotAddUp: Rule = (answers) => {
  const possible = number(answers, 'sessions_possible')
  const parts = ['sessions_attended', 'sessions_authorised', 'sessions_unauthorised']
  const counts = parts.map((part) => number(answers, part))
  if (possible === undefined || counts.includes(undefined)) return nothing
  const sum = counts.reduce<number>((all, count) => all + (count ?? 0), 0)
  // A part that is itself above what is possible has its own finding.
  if (sum === possible || counts.some((count) => (count ?? 0) > possible)) return nothing
  return found('SESSIONS_DO_NOT_ADD_UP', 'warning', ['sessions_possible', ...parts], { possible, sum })
}

const leftAfterAsAt: Rule = (answers, { asAt }) => {
  const left = date(answers, 'left_on')
  if (!left || left <= asAt || !given(answers, 'status')?.startsWith('left_')) return nothing
  return found('LEFT_AFTER_AS_AT', 'warning', ['left_on', 'status'], { asAt })
}

const leftButOnRoll: Rule = (answers) => {
  const status = given(answers, 'status')
  const stays = status !== undefined && !status.startsWith('left_') && status !== 'never_ours'
  return stays && date(answers, 'left_on') ? found('LEFT_BUT_ON_ROLL', 'error', ['left_on', 'status']) : nothing
}

const hoursAboveUsual: Rule = (answers) =>
  (number(answers, 'hours_offered') ?? 0) > usualHours
    ? found('HOURS_ABOVE_USUAL', 'warning', ['hours_offered'], { usual: usualHours })
    : nothing

const fullTimeFewHours: Rule = (answers) =>
  given(answers, 'full_time') === 'Y' && (number(answers, 'hours_offered') ?? usualHours) < fewHours
    ? found('FULL_TIME_FEW_HOURS', 'warning', ['hours_offered', 'full_time'], { few: fewHours })
    : nothing

const otherHoursAboveOffered: Rule = (answers) => {
  const slots = ['other_provision_1_hours', 'other_provision_2_hours']
  const offered = number(answers, 'hours_offered')
  // In hundredths: the hours have two places and are compared exactly.
  const elsewhere = slots.reduce((sum, slot) => sum + Math.round((number(answers, slot) ?? 0) * 100), 0)
  if (offered === undefined || elsewhere <= Math.round(offered * 100)) return nothing
  const items = ['hours_offered', ...slots.filter((slot) => number(answers, slot) !== undefined)]
  return found('OTHER_HOURS_ABOVE_OFFERED', 'warning', items, { offered, elsewhere: elsewhere / 100 })
}

const suspensionDays: Rule = (answers) => {
  const [count, days] = [number(answers, 'suspensions'), number(answers, 'suspension_days')]
  const items = ['suspensions', 'suspension_days']
  if (count === undefined || days === undefined) return nothing
  if (count === 0) return found('SUSPENSION_DAYS_WITHOUT_SUSPENSION', 'error', items, { days })
  return days * 2 < count ? found('SUSPENSION_DAYS_TOO_FEW', 'warning', items, { count, days }) : nothing
}

/** The first of two numbers should not be above the second. */
const atMost =
  (code: CrossCheckCode, severity: Severity, first: string, second: string): Rule =>
  (answers) => {
    const [less, most] = [number(answers, first), number(answers, second)]
    return less !== undefined && most !== undefined && less > most
      ? found(code, severity, [first, second], { less, most })
      : nothing
  }

/** A good level of development is the expected level in every goal of the prime areas, literacy and mathematics. */
const goodLevelDoesNotFit: Rule = (answers) => {
  const said = given(answers, 'eyfsp_good_level')
  const marks = goodLevelGoals.map((goal) => given(answers, goal))
  if (said === undefined || marks.includes(undefined)) return nothing
  const below = marks.filter((mark) => mark !== '2').length
  return (said === 'Y') === (below === 0)
    ? nothing
    : found('GOOD_LEVEL_DOES_NOT_FIT', 'warning', ['eyfsp_good_level'], { below })
}

/** A UKPRN has eight digits and begins with 1; a URN has six. */
const providerNumber: Rule = (answers) => {
  const provider = given(answers, 'post_16_provider')
  return provider === undefined || /^(1\d{7}|\d{6})$/.test(provider)
    ? nothing
    : found('PROVIDER_NUMBER_SHAPE', 'error', ['post_16_provider'])
}

const childWordsButNotAsked: Rule = (answers) =>
  given(answers, 'child_view_asked') === 'N' && given(answers, 'child_view_words') !== undefined
    ? found('CHILD_WORDS_BUT_NOT_ASKED', 'warning', ['child_view_asked', 'child_view_words'])
    : nothing

const emailShape: Rule = (answers) =>
  ['answered_by_email', 'lead_email', 'deputy_email', 'named_contact_email'].flatMap((item) => {
    const email = given(answers, item)
    return email === undefined || /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email)
      ? nothing
      : found('EMAIL_SHAPE', 'error', [item])
  })

const rules: readonly Rule[] = [
  inOrder('LEFT_BEFORE_JOINING', 'error', 'entry_date', 'left_on'),
  leftAfterAsAt,
  leftButOnRoll,
  hoursAboveUsual,
  fullTimeFewHours,
  inOrder('PART_TIME_ENDS_BEFORE_START', 'error', 'part_time_start', 'part_time_end'),
  inOrder('PART_TIME_REVIEW_BEFORE_START', 'warning', 'part_time_start', 'part_time_review'),
  otherHoursAboveOffered,
  ...[1, 2].map((slot) =>
    inOrder('OTHER_PLACE_ENDS_BEFORE_START', 'error', `other_provision_${slot}_start`, `other_provision_${slot}_end`),
  ),
  suspensionDays,
  inOrder('SESSIONS_PERIOD_BACKWARDS', 'error', 'sessions_from', 'sessions_to'),
  inOrder('SESSIONS_BEFORE_JOINING', 'warning', 'entry_date', 'sessions_from'),
  attendedAbovePossible,
  absentAbovePossible,
  sessionsDoNotAddUp,
  atMost('FUNDED_TAKEN_ABOVE_ENTITLED', 'warning', 'funded_hours_taken', 'funded_hours_entitled'),
  inOrder('EARLY_HOURS_PERIOD_BACKWARDS', 'error', 'early_hours_from', 'early_hours_to'),
  atMost('EARLY_HOURS_ABOVE_OFFERED', 'error', 'early_hours_attended', 'early_hours_offered'),
  goodLevelDoesNotFit,
  inOrder('PROGRAMME_ENDS_BEFORE_START', 'error', 'post_16_start', 'post_16_planned_end'),
  providerNumber,
  inOrder('POST_16_ATTENDANCE_BACKWARDS', 'error', 'post_16_attendance_from', 'post_16_attendance_to'),
  childWordsButNotAsked,
  emailShape,
]

/**
 * What does not fit within one pupil's own answers: to mend (an error) or to check (a warning). Give the answers as they
 * would stand, what is known already with the row on top. An answer that is not known or blank is never compared.
 */
export const crossChecks = (answers: Answers, context: CrossCheckContext): readonly CrossCheck[] =>
  rules.flatMap((rule) => rule(answers, context))
