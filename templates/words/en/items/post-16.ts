import type { ItemWords } from '../../words.ts'
import { yesNo } from './shared.ts'

const subject = (code: string, name: string): Readonly<Record<string, ItemWords>> => ({
  [`post_16_${code}_prior`]: {
    label: `${name}: the grade held`,
    head: `${name}: grade held`,
    help: 'The best result so far; choose the kind of course where it was no GCSE.',
    options: {
      ...Object.fromEntries(['9', '8', '7', '6', '5', '4', '3', '2', '1', 'U'].map((grade) => [grade, grade])),
      entry_level: 'Entry level',
      functional_skills: 'Functional Skills',
      none: 'No result yet',
    },
  },
  [`post_16_${code}_state`]: {
    label: `${name}: what happens now?`,
    head: `${name}: now`,
    help: 'Asked where the grade held is below 4.',
    options: {
      resit: 'Sits the GCSE again',
      functional: 'Takes Functional Skills',
      exempt: 'Exempt',
      achieved: 'Passed since',
    },
  },
  [`post_16_${code}_series`]: {
    label: `${name}: the next series`,
    head: `${name}: next series`,
    help: 'The month and year of the next exam, such as November 2026.',
  },
})

/** Words of what is asked about young people after year 11. */
export const post16Words: Readonly<Record<string, ItemWords>> = {
  post_16_status: {
    label: 'What does the young person do now?',
    head: 'Doing now',
    help: 'The main thing on the as-at date of the round; we ask for no reason and no detail.',
    options: {
      sixth_form: 'School sixth form',
      fe: 'Further education college',
      specialist: 'Specialist college',
      t_level: 'T Level',
      apprenticeship: 'Apprenticeship',
      supported_internship: 'Supported internship',
      work_training: 'Work with training',
      esol: 'English for speakers of other languages',
      re_engagement: 'Re-engagement programme',
      custody: 'Learning in custody',
      neet_available: 'Not in education or work: available',
      neet_not_available: 'Not in education or work: not available',
      he: 'Higher education',
    },
  },
  post_16_provider: {
    label: 'Which provider? UKPRN or URN',
    head: 'Provider: UKPRN or URN',
    help: 'The eight digits of a UKPRN, or the six of a school’s URN.',
  },
  post_16_programme: {
    label: 'Which programme?',
    head: 'Programme',
    help: 'Its title, such as "T Level Health" or "A levels: biology, history, art".',
  },
  post_16_level: {
    label: 'At which level?',
    head: 'Level',
    help: 'The level of the main aim.',
    options: {
      pre_entry: 'Pre-entry',
      entry_1: 'Entry 1',
      entry_2: 'Entry 2',
      entry_3: 'Entry 3',
      '1': 'Level 1',
      '2': 'Level 2',
      '3': 'Level 3',
      '4_plus': 'Level 4 or above',
    },
  },
  post_16_start: {
    label: 'When did the programme start?',
    head: 'Programme: from',
    help: 'Its first day as day, month and year, such as 07/09/2026.',
  },
  post_16_planned_end: {
    label: 'When is the programme planned to end?',
    head: 'Programme: planned end',
    help: 'The planned last day as day, month and year, such as 25/06/2027.',
  },
  post_16_planned_hours: {
    label: 'How many hours a year are planned?',
    head: 'Planned hours a year',
    help: 'Planned hours in the year, teaching and other together, such as 580.',
  },
  post_16_position: {
    label: 'How do things stand?',
    head: 'How it stands',
    help: 'Whether the young person is on course to finish; choose the main reason where that is at risk.',
    options: {
      on_course: 'On course',
      at_risk_attendance: 'At risk: attendance',
      at_risk_progress: 'At risk: progress',
      at_risk_other: 'At risk: another reason',
      withdrawn: 'Withdrawn',
    },
  },
  post_16_withdrawn_on: {
    label: 'When did the young person withdraw?',
    head: 'Withdrawn on',
    help: 'The last day on the programme as day, month and year, such as 14/02/2026.',
  },
  ...subject('english', 'English'),
  ...subject('mathematics', 'Mathematics'),
  post_16_bursary: {
    label: 'Is a 16 to 19 bursary in place?',
    head: '16 to 19 bursary',
    help: 'Yes if the bursary for young people in care has been agreed.',
    options: yesNo,
  },
  post_16_attendance_percent: {
    label: 'Attendance as you report it, in per cent',
    head: 'Attendance: per cent',
    help: 'The figure of your own system, such as 87.5; it is shown as yours and put together with no other.',
  },
  post_16_attendance_basis: {
    label: 'What is that per cent of?',
    head: 'Attendance: per cent of',
    help: 'What your system counts.',
    options: { hours: 'Hours', sessions: 'Sessions', days: 'Days' },
  },
  post_16_attendance_from: {
    label: 'Attendance: counted from',
    head: 'Attendance: from',
    help: 'The first day counted as day, month and year, such as 07/09/2026.',
  },
  post_16_attendance_to: {
    label: 'Attendance: counted to',
    head: 'Attendance: to',
    help: 'The last day counted as day, month and year, such as 18/12/2026.',
  },
  post_16_next_step: {
    label: 'What comes next?',
    head: 'Next step',
    help: 'The plan as it stands today; it may change.',
    options: {
      progression: 'On to the next level here or elsewhere',
      ucas: 'University through UCAS',
      work: 'Work or an apprenticeship',
      unknown: 'No plan yet',
    },
  },
  named_contact_name: {
    label: 'Whom may we ask about this young person?',
    head: 'Named contact',
    help: 'The name of a tutor or another person at your college who knows them.',
  },
  named_contact_email: {
    label: 'Work e-mail of the named contact',
    head: 'Named contact: e-mail',
    help: 'A work address, never a personal one.',
  },
}
