import type { Item, YearGroup } from '../item.ts'
import { allTerms, choice, notAssessments, pastDay, text, yesNo } from './shared.ts'

const core = { phases: ['early_years'], terms: allTerms, dataClass: 'C2', carries: false, inPlan: true } as const

/** Before Reception: a Reception class is a school place, and no part of the funded hours. */
const beforeReception: readonly YearGroup[] = ['E1', 'E2', 'N1', 'N2']

const hours = (to: number) => ({ kind: 'decimal', from: 0, to, places: 2 }) as const

const funded = { ...core, section: 'place', yearGroups: beforeReception, need: 'required', carries: true } as const

/** The hours a week that the state pays for, those that are taken, and over how many weeks of the year. */
export const fundedHours: readonly Item[] = [
  { ...funded, code: 'funded_hours_entitled', type: hours(50), states: notAssessments },
  { ...funded, code: 'funded_hours_taken', type: hours(50), states: notAssessments },
  { ...funded, code: 'funded_weeks', type: { kind: 'integer', from: 1, to: 52 }, states: notAssessments },
]

const attended = {
  ...core,
  section: 'attendance',
  need: 'conditional',
  when: { fact: 'attendance_feed', holds: false },
  states: notAssessments,
} as const

// 50 hours a week in all weeks of the year.
const mostHours = 2600

/** Hours attended beside hours offered, with the days they run from and to: an early years setting marks no sessions. */
export const earlyAttendance: readonly Item[] = [
  { ...attended, code: 'early_hours_from', type: pastDay },
  { ...attended, code: 'early_hours_to', type: pastDay },
  { ...attended, code: 'early_hours_offered', type: hours(mostHours) },
  { ...attended, code: 'early_hours_attended', type: hours(mostHours) },
]

/** One area of learning: against what is expected for age, and in the setting's own words once that is said. */
const area = (name: string, yearGroups?: readonly YearGroup[]): readonly Item[] => {
  const asked = { ...core, section: 'attainment', ...(yearGroups ? { yearGroups } : {}) } as const
  return [
    { ...asked, code: `${name}_band`, type: choice('below', 'at', 'above'), need: 'required' },
    {
      ...asked,
      code: `${name}_words`,
      type: text(300),
      need: 'conditional',
      when: { item: `${name}_band`, answered: true },
      restricted: true,
    },
  ]
}

/** The nursery years and Reception, in which a child is three or four. */
const threeAndFour: readonly YearGroup[] = ['N1', 'N2', 'R']

/** The years in which a child is two: the check is made between the second and the third birthday. */
const aroundTwo: readonly YearGroup[] = ['E2', 'N1']

/** The prime areas of the early years foundation stage, literacy and mathematics, and the progress check at age two. */
export const earlyLearning: readonly Item[] = [
  ...area('early_communication'),
  ...area('early_personal'),
  ...area('early_physical'),
  ...area('early_literacy', threeAndFour),
  ...area('early_mathematics', threeAndFour),
  {
    ...core,
    section: 'attainment',
    code: 'two_year_check',
    type: choice('done', 'due'),
    yearGroups: aroundTwo,
    need: 'required',
    states: notAssessments,
  },
  {
    ...core,
    section: 'attainment',
    code: 'two_year_check_on',
    type: pastDay,
    yearGroups: aroundTwo,
    need: 'conditional',
    when: { item: 'two_year_check', is: ['done'] },
    states: notAssessments,
  },
]

/** The twelve early learning goals of the prime areas, literacy and mathematics: a good level rests on them. */
const goodLevel = [
  ...['listening', 'speaking', 'self_regulation', 'managing_self', 'relationships', 'gross_motor', 'fine_motor'],
  ...['comprehension', 'word_reading', 'writing', 'number', 'numerical_patterns'],
]

/** The five of the other areas: seventeen in all, in the order of the profile's handbook since 2021. */
const otherGoals = ['past_present', 'people_communities', 'natural_world', 'materials', 'imaginative']

const goalCode = (goal: string) => `eyfsp_${goal}`

/** The goals behind a good level of development, by the codes of their items. */
export const goodLevelGoals: readonly string[] = goodLevel.map(goalCode)

const profile = {
  ...core,
  section: 'national_results',
  yearGroups: ['R'],
  terms: ['summer'],
  need: 'prefilled',
  inPlan: false,
} as const

/** The early years foundation stage profile, asked in summer of Reception only where the council does not hold it yet. */
export const earlyProfile: readonly Item[] = [
  ...[...goodLevel, ...otherGoals].map(
    (goal): Item => ({ ...profile, code: goalCode(goal), type: choice('1', '2', 'A') }),
  ),
  { ...profile, code: 'eyfsp_good_level', type: yesNo },
]

const place = { ...core, section: 'next_steps', yearGroups: ['N2'] } as const

/** The school place for the year after: asked for by 15 January, offered on 16 April. */
export const receptionPlace: readonly Item[] = [
  { ...place, code: 'reception_applied', type: yesNo, need: 'required' },
  {
    ...place,
    code: 'reception_offered',
    type: yesNo,
    terms: ['spring', 'summer'],
    need: 'conditional',
    needIn: { spring: 'optional' },
    when: { item: 'reception_applied', is: ['Y'] },
  },
  {
    ...place,
    code: 'reception_school',
    type: text(120),
    terms: ['spring', 'summer'],
    need: 'conditional',
    when: { item: 'reception_offered', is: ['Y'] },
    states: notAssessments,
  },
]

const premium = {
  ...core,
  section: 'plan',
  yearGroups: beforeReception,
  need: 'conditional',
  when: { fact: 'early_years_pupil_premium_paid', holds: true },
} as const

/** What the early years pupil premium was for, and how much of it is spent, where it was paid. */
export const earlyPremium: readonly Item[] = [
  { ...premium, code: 'early_premium_purpose', type: text(200), restricted: true },
  { ...premium, code: 'early_premium_spent', type: { kind: 'pence', to: 200_000 }, states: notAssessments },
]
