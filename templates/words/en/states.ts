import type { AnswerState, Phase, Section } from '../../../src/domain/return/item.ts'

/** Where a school stands with one council's round. */
export const returnStateWords = {
  not_started: 'Not started',
  in_progress: 'In progress',
  submitted: 'Submitted',
  overdue: 'Overdue',
} as const

/** A return that is in, and came after its date due. */
export const submittedLateWord = 'Submitted late'

/** How one row of an upload stands. */
export const rowStateWords = {
  ready: 'Ready',
  to_check: 'Ready once checked',
  held_back: 'Held back',
  set_aside: 'Set aside',
  not_matched: 'Not matched to a pupil',
  not_asked: 'Not asked now',
  sent: 'Sent',
} as const

/** What an answer is, where it is not a value. */
export const answerStateWords: Readonly<Record<Exclude<AnswerState, 'given'>, string>> = {
  not_known: 'not known',
  not_assessed: 'not assessed',
  not_applicable: 'does not apply',
  declined: 'would rather not say',
  to_follow: 'to follow',
  cleared: 'none',
}

/** How an import stands. */
export const importStateWords = {
  reading: 'Being read',
  checked: 'To check',
  published: 'In use',
  in_part: 'In use in part',
  withdrawn: 'Withdrawn',
  refused: 'Not read',
} as const

/** How a place at a school stands. */
export const placeStateWords = {
  asserted: 'Place not confirmed',
  confirmed: 'Confirmed',
  ended: 'Ended',
} as const

/** Headings of the sections of the return. */
export const sectionWords: Readonly<Record<Section, string>> = {
  place: 'Place and hours',
  provision: 'Learning somewhere else',
  support: 'Support',
  post_16: 'Course or work after 16',
  attendance: 'Attendance',
  attainment: 'Learning',
  key_stage_4: 'GCSEs and other courses',
  national_results: 'National results',
  next_steps: 'Next steps',
  plan: 'Plan (PEP) and Pupil Premium Plus',
  child: 'The child’s view',
  contact: 'Who answers',
}

/** The phases of education. */
export const phaseWords: Readonly<Record<Phase, string>> = {
  early_years: 'Early years',
  key_stage_1: 'Key stage 1',
  key_stage_2: 'Key stage 2',
  key_stage_3: 'Key stage 3',
  key_stage_4: 'Key stage 4',
  post_16: 'After 16',
}
