import type { Item, Phase } from '../item.ts'
import { allTerms, choice, text } from './shared.ts'

const primary: readonly Phase[] = ['key_stage_1', 'key_stage_2']
const secondary: readonly Phase[] = ['key_stage_3']
const both: readonly Phase[] = [...primary, ...secondary]

const core = { section: 'attainment', terms: allTerms, carries: false, dataClass: 'C2', inPlan: true } as const

type Asked = Pick<Item, 'phases' | 'need' | 'needInYearGroup'>

/** A subject's grade as the school writes it, its place against what is expected for age, and progress from own start. */
const subject = (name: string, asked: Asked): readonly Item[] => [
  { ...core, ...asked, code: `${name}_grade`, type: text(20) },
  {
    ...core,
    ...asked,
    code: `${name}_band`,
    type: choice('pre_key_stage', 'engagement_model', 'below', 'at', 'above'),
  },
  { ...core, ...asked, code: `${name}_progress`, type: choice('less', 'expected', 'more') },
]

const onTrack = (name: string): Item => ({
  ...core,
  code: `${name}_on_track`,
  type: choice('N', 'Y', 'exceeding'),
  phases: primary,
  terms: ['spring', 'summer'],
  need: 'required',
})

const requiredInKeyStage3 = { '7': 'required', '8': 'required', '9': 'required' } as const

/** How the child is doing in key stages 1 to 3: the school's own grades beside one named scale, never worked out. */
export const attainment: readonly Item[] = [
  {
    ...core,
    code: 'attainment_scale',
    type: choice(
      'teacher_assessment',
      'pre_key_stage',
      'engagement_model',
      'national_curriculum_levels',
      'standardised_score',
      'grades_9_1',
      'own',
    ),
    phases: both,
    need: 'required',
    affirmed: true,
  },
  {
    ...core,
    code: 'attainment_scale_own',
    type: text(80),
    affirmed: true,
    phases: both,
    need: 'conditional',
    when: { item: 'attainment_scale', is: ['own'] },
  },
  ...subject('reading', { phases: primary, need: 'required' }),
  onTrack('reading'),
  ...subject('writing', { phases: primary, need: 'required' }),
  onTrack('writing'),
  ...subject('english', { phases: secondary, need: 'required' }),
  ...subject('mathematics', { phases: both, need: 'required' }),
  onTrack('mathematics'),
  ...subject('science', { phases: both, need: 'optional', needInYearGroup: requiredInKeyStage3 }),
  ...(['strength', 'concern'] as const).map(
    (kind): Item => ({
      ...core,
      code: `other_subjects_${kind}`,
      type: text(200),
      phases: secondary,
      need: 'optional',
      restricted: true,
    }),
  ),
]
