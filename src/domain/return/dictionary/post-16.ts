import type { Condition, Item } from '../item.ts'
import { allTerms, anyDay, choice, email, noneIsAnAnswer, notAssessments, pastDay, text, yesNo } from './shared.ts'

const core = { phases: ['post_16'], terms: allTerms, dataClass: 'C2', carries: false, inPlan: true } as const

/** The statuses of a young person who is on no programme. */
const onNone = ['neet_available', 'neet_not_available'] as const

/** Asked of whoever is on a programme: nobody is asked for the course that a young person does not have. */
const onProgramme: Condition = { item: 'post_16_status', isNot: onNone }

const programme = { ...core, section: 'post_16', need: 'conditional', when: onProgramme } as const
const known = { ...programme, carries: true, states: notAssessments } as const

/** The results below a pass: English and mathematics go on until 18. Condition of funding, 16 to 19. */
const belowPass = ['3', '2', '1', 'U', 'entry_level', 'functional_skills', 'none'] as const

/** One of the two subjects that are studied until they are passed. */
const subject = (name: string): readonly Item[] => {
  const prior = `post_16_${name}_prior`
  const state = `post_16_${name}_state`
  return [
    {
      ...core,
      section: 'post_16',
      code: prior,
      type: choice('9', '8', '7', '6', '5', '4', ...belowPass),
      need: 'prefilled',
      carries: true,
      states: noneIsAnAnswer,
    },
    {
      ...core,
      section: 'post_16',
      code: state,
      type: choice('resit', 'functional', 'exempt', 'achieved'),
      need: 'conditional',
      when: { item: prior, is: belowPass },
    },
    {
      ...core,
      section: 'post_16',
      code: `post_16_${name}_series`,
      type: text(30),
      need: 'conditional',
      when: { item: state, is: ['resit', 'functional'] },
      states: notAssessments,
    },
  ]
}

/**
 * What a young person does after year 11, in a school's sixth form as in a college: the programme is known from one term
 * to the next, the position on it never.
 */
export const post16: readonly Item[] = [
  {
    ...core,
    section: 'post_16',
    code: 'post_16_status',
    type: choice(
      'sixth_form',
      'fe',
      'specialist',
      't_level',
      'apprenticeship',
      'supported_internship',
      'work_training',
      'esol',
      're_engagement',
      'custody',
      ...onNone,
      'he',
    ),
    need: 'required',
    affirmed: true,
    dataClass: 'C3',
    states: notAssessments,
  },
  { ...known, code: 'post_16_provider', type: text(8) },
  { ...known, code: 'post_16_programme', type: text(120) },
  {
    ...programme,
    code: 'post_16_level',
    type: choice('pre_entry', 'entry_1', 'entry_2', 'entry_3', '1', '2', '3', '4_plus'),
    carries: true,
  },
  { ...known, code: 'post_16_start', type: anyDay },
  { ...known, code: 'post_16_planned_end', type: anyDay },
  { ...known, code: 'post_16_planned_hours', type: { kind: 'integer', from: 0, to: 2500 } },
  {
    ...programme,
    code: 'post_16_position',
    type: choice('on_course', 'at_risk_attendance', 'at_risk_progress', 'at_risk_other', 'withdrawn'),
  },
  {
    ...programme,
    code: 'post_16_withdrawn_on',
    type: pastDay,
    when: { item: 'post_16_position', is: ['withdrawn'] },
    states: notAssessments,
  },
  ...subject('english'),
  ...subject('mathematics'),
  { ...core, section: 'post_16', code: 'post_16_bursary', type: yesNo, need: 'optional', carries: true },
]

const attendance = { ...programme, section: 'attendance', states: notAssessments } as const

/**
 * Attendance as the provider reports it, with what it is a share of and the days it runs from and to. A percentage is
 * kept as it was reported: there are no sums behind it, and it goes into no other percentage.
 */
export const post16Attendance: readonly Item[] = [
  { ...attendance, code: 'post_16_attendance_percent', type: { kind: 'decimal', from: 0, to: 100, places: 2 } },
  { ...attendance, code: 'post_16_attendance_basis', type: choice('hours', 'sessions', 'days') },
  { ...attendance, code: 'post_16_attendance_from', type: pastDay },
  { ...attendance, code: 'post_16_attendance_to', type: pastDay },
]

/** Where the young person goes from here; asked from spring on. */
export const post16NextStep: readonly Item[] = [
  {
    ...core,
    section: 'next_steps',
    code: 'post_16_next_step',
    type: choice('progression', 'ucas', 'work', 'unknown'),
    terms: ['spring', 'summer'],
    need: 'required',
  },
]

const contact = {
  ...core,
  section: 'contact',
  need: 'prefilled',
  carries: true,
  inPlan: false,
  states: notAssessments,
} as const

/** Whom to ask about this young person: a college has no designated teacher. */
export const post16Contact: readonly Item[] = [
  { ...contact, code: 'named_contact_name', type: text(80) },
  { ...contact, code: 'named_contact_email', type: email },
]
