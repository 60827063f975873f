import type { Item } from '../item.ts'
import { allTerms, choice, noneIsAnAnswer, text } from './shared.ts'

const core = {
  section: 'key_stage_4',
  phases: ['key_stage_4'],
  terms: allTerms,
  carries: false,
  dataClass: 'C2',
  inPlan: true,
} as const

type Slot = {
  readonly name: string
  /** Whether the school names the subject itself; the rest is then asked once it has. */
  readonly ownChoice: boolean
  /** Whether its GCSE comes in tiers: mathematics and the sciences do, English does not. */
  readonly tier: boolean
}

const fixedSlots: readonly Slot[] = [
  { name: 'english_language', ownChoice: false, tier: false },
  { name: 'english_literature', ownChoice: false, tier: false },
  { name: 'mathematics', ownChoice: false, tier: true },
  { name: 'combined_science', ownChoice: false, tier: true },
]

const ownSlots: readonly Slot[] = [5, 6, 7, 8].map((number) => ({
  name: `subject_${number}`,
  ownChoice: true,
  tier: true,
}))

const entryCore = {
  ...core,
  terms: ['spring', 'summer'],
  needIn: { summer: 'optional' },
  needInYearGroup: { '10': 'optional' },
} as const

/**
 * One subject. What is studied carries to the next term; how it is going never does. Where the qualification "does not
 * apply" the child does not take the subject, and nothing more of it is asked.
 */
const subject = ({ name, ownChoice, tier }: Slot): readonly Item[] => {
  const code = (part: string) => `ks4_${name}_${part}`
  const studied = { ...core, carries: true, needIn: { spring: 'prefilled', summer: 'prefilled' } } as const
  const taken = { when: { item: code('qualification'), answered: true } } as const
  const need = ownChoice ? 'conditional' : 'required'
  return [
    ...(ownChoice ? [{ ...core, code: code('title'), type: text(60), need: 'optional', carries: true } as const] : []),
    {
      ...studied,
      code: code('qualification'),
      type: choice('gcse', 'vocational', 'entry_level', 'functional_skills'),
      ...(ownChoice
        ? { need: 'conditional', needIn: {}, when: { item: code('title'), answered: true } }
        : { need: 'required' }),
    },
    ...(tier
      ? [
          {
            ...core,
            code: code('tier'),
            type: choice('F', 'H'),
            need: ownChoice ? 'optional' : 'conditional',
            when: { item: code('qualification'), is: ['gcse'] },
            carries: true,
          } as const,
        ]
      : []),
    ...['working_at', 'most_likely', 'target'].map(
      (part): Item => ({ ...core, ...taken, code: code(part), type: text(20), need }),
    ),
    {
      ...entryCore,
      ...taken,
      code: code('entry'),
      type: choice('planned', 'entered', 'withdrawn', 'not_entered'),
      need,
    },
    {
      ...core,
      code: code('withdrawn_why'),
      type: choice('another_qualification', 'later_series', 'not_ready', 'not_attending', 'course_ended', 'other'),
      terms: ['spring', 'summer'],
      need: 'conditional',
      when: { item: code('entry'), is: ['withdrawn'] },
    },
    {
      ...core,
      ...taken,
      code: code('result'),
      type: text(20),
      yearGroups: ['11'],
      terms: ['summer'],
      need: 'optional',
      inPlan: false,
    },
  ]
}

/** Courses and grades in years 10 and 11: four subjects most children take, and four of the school's own choosing. */
export const keyStage4: readonly Item[] = [
  {
    ...core,
    code: 'ks4_scale',
    type: choice('grades_9_1', 'grades_9_1_fine', 'vocational', 'entry_level', 'by_qualification', 'own'),
    need: 'required',
    affirmed: true,
  },
  {
    ...core,
    code: 'ks4_scale_own',
    type: text(80),
    affirmed: true,
    need: 'conditional',
    when: { item: 'ks4_scale', is: ['own'] },
  },
  {
    ...core,
    code: 'access_arrangements',
    type: choice('in_place', 'applied', 'not_needed'),
    need: 'required',
    needIn: { spring: 'prefilled', summer: 'prefilled' },
    carries: true,
    dataClass: 'C3',
    states: noneIsAnAnswer,
  },
  ...[...fixedSlots, ...ownSlots].flatMap(subject),
]
