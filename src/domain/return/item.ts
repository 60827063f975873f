/** The key stages and phases a return speaks of. Reception counts as early years. */
export type Phase = 'early_years' | 'key_stage_1' | 'key_stage_2' | 'key_stage_3' | 'key_stage_4' | 'post_16'

export type Term = 'autumn' | 'spring' | 'summer'

/** Year groups as the common basic data set codes them (E1 to N2 early years, R Reception, 1 to 14, X not by year). */
export type YearGroup = string

/**
 * What an answer is, beside its value. `given` has a value; `cleared` is the word "none" typed over an earlier value;
 * the rest are answers too: never zero, never "no". A blank cell is no answer at all and has no state.
 */
export type AnswerState =
  | 'given'
  | 'not_known'
  | 'not_assessed'
  | 'not_applicable'
  | 'declined'
  | 'to_follow'
  | 'cleared'

/** One answer: its state, and its value as the dictionary types it (null unless the state is `given`). */
export type Answer = { readonly state: AnswerState; readonly value: string | null }

/** One pupil's answers by item code. A blank is not there. */
export type Answers = ReadonlyMap<string, Answer>

/** What a cell of an item holds. Values are kept as text: codes, 'YYYY-MM-DD', digits, or decimal digits. */
export type ItemType =
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'text'; readonly longest: number }
  /** `noneIsZero`: the word "none" is a count of 0 here, and clears nothing. */
  | { readonly kind: 'integer'; readonly from: number; readonly to: number; readonly noneIsZero?: true }
  | { readonly kind: 'decimal'; readonly from: number; readonly to: number; readonly places: number }
  | { readonly kind: 'date'; readonly latest?: 'today' }
  | { readonly kind: 'pence'; readonly to: number }

/**
 * R required; C required if its condition holds, otherwise not asked; P prefilled, the school confirms (counts as
 * required); O optional (never in the completeness base).
 */
export type Need = 'required' | 'conditional' | 'prefilled' | 'optional'

/** Facts about a pupil that a condition may ask for and that are not answers. */
export type PupilFact =
  | 'target_1_held'
  | 'target_2_held'
  | 'target_3_held'
  | 'pupil_premium_plus_paid'
  | 'early_years_pupil_premium_paid'
  | 'attendance_feed'
  | 'newly_arrived'

/** When a conditional item is asked: data, so that page, workbook and check agree. */
export type Condition =
  | { readonly item: string; readonly is: readonly string[] }
  | { readonly item: string; readonly isNot: readonly string[] }
  | { readonly item: string; readonly answered: true }
  | { readonly fact: PupilFact; readonly holds: boolean }
  | { readonly anyOf: readonly Condition[] }
  | { readonly allOf: readonly Condition[] }

export type Section =
  | 'place'
  | 'provision'
  | 'support'
  | 'post_16'
  | 'attendance'
  | 'attainment'
  | 'key_stage_4'
  | 'national_results'
  | 'next_steps'
  | 'plan'
  | 'child'
  | 'contact'

/**
 * One question of the termly return: the whole of what the workbook, the CSV, the checks and the pages need to know of
 * it, but for its words (templates/words/<language>/items.ts, by code). Source: reference practice of the field;
 * dated where an authority or a year changes it.
 */
export type Item = {
  /** snake_case, stable for ever: it is the CSV header and the key of answers. */
  readonly code: string
  readonly section: Section
  readonly type: ItemType
  readonly phases: readonly Phase[]
  /** Narrower than the phases: only these year groups are asked. */
  readonly yearGroups?: readonly YearGroup[]
  readonly terms: readonly Term[]
  readonly need: Need
  /** A different need in one term. */
  readonly needIn?: Partial<Readonly<Record<Term, Need>>>
  /** A different need in one year group, before that of the term. */
  readonly needInYearGroup?: Readonly<Record<YearGroup, Need>>
  readonly when?: Condition
  /** Offered again next term already filled in. Never attainment, progress, sessions, suspensions or the child's view. */
  readonly carries: boolean
  /**
   * A fact that is never filled in unasked, and that a person may say on screen is as it was last: the child is still
   * on roll, the school's scale is the same.
   */
  readonly affirmed?: true
  /** C2 an education record; C3 special category. C4 has no item, on purpose. */
  readonly dataClass: 'C2' | 'C3'
  /** Also an item of the personal education plan's school section. */
  readonly inPlan: boolean
  /** Free text or a suspension's reason: not shown to a data officer. */
  readonly restricted?: true
  /** States beside `given` that may be answered; all of them unless said. */
  readonly states?: readonly AnswerState[]
}
