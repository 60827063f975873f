import type { ItemWords } from '../../words.ts'

const subject = (
  slot: string,
  name: string,
  ownChoice: boolean,
  tier: boolean,
): Readonly<Record<string, ItemWords>> => {
  const code = (part: string) => `ks4_${slot}_${part}`
  return {
    ...(ownChoice
      ? {
          [code('title')]: {
            label: `${name}: which subject?`,
            head: `${name}: title`,
            help: 'The subject as its certificate will name it; leave it blank where there is none.',
          },
        }
      : {}),
    [code('qualification')]: {
      label: `${name}: what kind of course?`,
      head: `${name}: course`,
      help: ownChoice
        ? 'The kind of course the child is taking in this subject.'
        : 'The kind of course; choose "does not apply" where the child does not take this subject.',
      options: {
        gcse: 'GCSE',
        vocational: 'Vocational',
        entry_level: 'Entry level',
        functional_skills: 'Functional skills',
      },
    },
    ...(tier
      ? {
          [code('tier')]: {
            label: `${name}: which tier?`,
            head: `${name}: tier`,
            help: ownChoice
              ? 'Foundation or higher, where the GCSE has tiers.'
              : 'Foundation or higher; "to follow" where it is not decided yet.',
            options: { F: 'Foundation', H: 'Higher' },
          },
        }
      : {}),
    [code('working_at')]: {
      label: `${name}: working at`,
      help: 'The grade the child works at now, as your school writes it.',
    },
    [code('most_likely')]: {
      label: `${name}: most likely grade`,
      head: `${name}: likely`,
      help: 'The grade the child is most likely to leave with, as your school writes it.',
    },
    [code('target')]: {
      label: `${name}: target`,
      help: 'The grade agreed as the child’s target, as your school writes it.',
    },
    [code('entry')]: {
      label: `${name}: entered for the exam?`,
      head: `${name}: entry`,
      help: 'Where entry for this year’s exams stands.',
      options: { planned: 'Planned', entered: 'Entered', withdrawn: 'Withdrawn', not_entered: 'Not to be entered' },
    },
    [code('withdrawn_why')]: {
      label: `${name}: why was the entry withdrawn?`,
      head: `${name}: withdrawn`,
      help: 'Choose the main reason.',
      options: {
        another_qualification: 'Takes another qualification',
        later_series: 'Will sit in a later series',
        not_ready: 'Not ready yet',
        not_attending: 'Not attending lessons',
        course_ended: 'Course ended',
        other: 'Another reason',
      },
    },
    [code('result')]: {
      label: `${name}: result`,
      help: 'The grade on results day, as it came to your school.',
    },
  }
}

/** Words of courses and grades in years 10 and 11. */
export const keyStage4Words: Readonly<Record<string, ItemWords>> = {
  ks4_scale: {
    label: 'Your school’s scale for years 10 and 11',
    head: 'Your scale, years 10 and 11',
    help: 'The scale that working at, likely and target grades are written in.',
    options: {
      grades_9_1: 'GCSE grades 9 to 1 and U',
      grades_9_1_fine: 'GCSE grades with plus and minus',
      vocational: 'Pass / merit / distinction',
      entry_level: 'Entry level 1 to 3',
      by_qualification: 'Each course’s own grades',
      own: 'Our own scale',
    },
  },
  ks4_scale_own: {
    label: 'What is your own scale for years 10 and 11 called?',
    head: 'Own scale, years 10 and 11',
    help: 'Its name and its ends, such as "Ellerwick steps 1 to 9".',
  },
  access_arrangements: {
    label: 'Access arrangements for exams',
    head: 'Access arrangements',
    help: 'Where extra time, a reader or other arrangements stand; no reason is asked.',
    options: { in_place: 'In place', applied: 'Applied for', not_needed: 'Not needed' },
  },
  ...subject('english_language', 'English language', false, false),
  ...subject('english_literature', 'English literature', false, false),
  ...subject('mathematics', 'KS4 mathematics', false, true),
  ...subject('combined_science', 'Combined science', false, true),
  ...Object.fromEntries(
    [5, 6, 7, 8].flatMap((slot) => Object.entries(subject(`subject_${slot}`, `Subject ${slot}`, true, true))),
  ),
}
