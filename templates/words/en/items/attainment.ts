import type { ItemWords } from '../../words.ts'
import { marksUpTo } from './shared.ts'

const subject = (code: string, name: string): Readonly<Record<string, ItemWords>> => ({
  [`${code}_grade`]: {
    label: `${name}: your grade`,
    help: 'The grade just as your school writes it, up to 20 characters.',
  },
  [`${code}_band`]: {
    label: `${name}: for the child’s age`,
    head: `${name}: for age`,
    help: 'How the child is doing against what is expected for their age, by your own judgement.',
    options: {
      pre_key_stage: 'Pre-key stage',
      engagement_model: 'Engagement model',
      below: 'Below',
      at: 'At',
      above: 'Above',
    },
  },
  [`${code}_progress`]: {
    label: `${name}: progress from the child’s own start`,
    head: `${name}: progress`,
    help: 'Progress since the child started with you, set beside what you would expect.',
    options: { less: 'Less than expected', expected: 'As expected', more: 'More than expected' },
  },
})

const onTrack = (code: string, name: string): Readonly<Record<string, ItemWords>> => ({
  [`${code}_on_track`]: {
    label: `${name}: on track for the end-of-year target?`,
    head: `${name}: on track`,
    help: 'Whether the child is likely to reach the target you set for the end of the year.',
    options: { N: 'No', Y: 'Yes', exceeding: 'Likely to go past it' },
  },
})

const scaledScore = (test: string, name: string, from: number, to: number): ItemWords => ({
  label: `${test}: ${name}, scaled score`,
  head: `${test}: ${name}`,
  help: `The scaled score from ${from} to ${to}, as it came to your school.`,
})

/** Words of learning in key stages 1 to 3, and of the national tests. */
export const attainmentWords: Readonly<Record<string, ItemWords>> = {
  attainment_scale: {
    label: 'Your school’s scale',
    head: 'Your scale',
    help: 'The scale that the grades beside it are written in.',
    options: {
      teacher_assessment: 'Working towards / expected / greater depth',
      pre_key_stage: 'Pre-key stage standards',
      engagement_model: 'Engagement model',
      national_curriculum_levels: 'National curriculum levels',
      standardised_score: 'Standardised score around 100',
      grades_9_1: 'GCSE grades 9 to 1',
      own: 'Our own scale',
    },
  },
  attainment_scale_own: {
    label: 'What is your own scale called?',
    head: 'Your own scale',
    help: 'Its name and its ends, such as "Ellerwick steps 1 to 9".',
  },
  ...subject('reading', 'Reading'),
  ...onTrack('reading', 'Reading'),
  ...subject('writing', 'Writing'),
  ...onTrack('writing', 'Writing'),
  ...subject('english', 'English'),
  ...subject('mathematics', 'Mathematics'),
  ...onTrack('mathematics', 'Mathematics'),
  ...subject('science', 'Science'),
  other_subjects_strength: {
    label: 'Other subjects that go well',
    head: 'Other subjects: strengths',
    help: 'Names of subjects only, and only where one stands out.',
  },
  other_subjects_concern: {
    label: 'Other subjects that need attention',
    head: 'Other subjects: concerns',
    help: 'Names of subjects only, and only where one needs attention.',
  },
  phonics_check: {
    label: 'Phonics screening check',
    help: 'The mark out of 40, or why there is none.',
    options: { ...marksUpTo(40), A: 'Absent', D: 'Disapplied', L: 'Left before the check' },
  },
  ks1_reading: scaledScore('Key stage 1', 'reading', 85, 115),
  ks1_mathematics: scaledScore('Key stage 1', 'mathematics', 85, 115),
  multiplication_tables_check: {
    label: 'Multiplication tables check',
    help: 'The mark out of 25, or why there is none.',
    options: {
      ...marksUpTo(25),
      A: 'Absent',
      B: 'Working below the check',
      J: 'Just arrived',
      L: 'Left before the check',
      U: 'Unable to take part',
      X: 'Not taken',
    },
  },
  ks2_reading: scaledScore('Key stage 2', 'reading', 80, 120),
  ks2_mathematics: scaledScore('Key stage 2', 'mathematics', 80, 120),
  ks2_grammar: scaledScore('Key stage 2', 'grammar', 80, 120),
  ks2_writing: {
    label: 'Key stage 2: writing, teacher assessment',
    head: 'Key stage 2: writing',
    help: 'The teacher assessment your school sent in.',
    options: {
      GDS: 'Greater depth',
      EXS: 'Expected standard',
      WTS: 'Working towards',
      ...Object.fromEntries([6, 5, 4, 3, 2, 1].map((step) => [`PK${step}`, `Pre-key stage ${step}`])),
    },
  },
}
