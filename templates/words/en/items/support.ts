import type { ItemWords } from '../../words.ts'

/** Words of support, suspensions and sessions. */
export const supportWords: Readonly<Record<string, ItemWords>> = {
  sen: {
    label: 'Special educational needs',
    help: 'The support the child has on the as-at date; the last three are for schools in Wales.',
    options: {
      N: 'No special educational needs',
      K: 'SEN support',
      E: 'EHC plan',
      no_aln: 'No additional learning needs (Wales)',
      school_idp: 'School IDP (Wales)',
      la_idp: 'Council IDP (Wales)',
    },
  },
  english_proficiency: {
    label: 'How well does the child know English?',
    head: 'English proficiency',
    help: 'Your own judgement on the five steps from new to English to fluent.',
    options: {
      A: 'New to English',
      B: 'Early acquisition',
      C: 'Developing competence',
      D: 'Competent',
      E: 'Fluent',
      N: 'Too soon to say',
    },
  },
  suspensions: {
    label: 'Suspensions since 1 September',
    help: 'How many times; write 0 or none where there were none.',
  },
  suspension_days: {
    label: 'School days lost to suspension since 1 September',
    head: 'Days suspended',
    help: 'All of them together in days and half days, such as 2.5.',
  },
  sessions_from: {
    label: 'Sessions counted from',
    head: 'Sessions from',
    help: 'The first day counted this school year, such as 02/09/2025.',
  },
  sessions_to: {
    label: 'Sessions counted to',
    head: 'Sessions to',
    help: 'The last day counted, such as 12/12/2025.',
  },
  sessions_possible: {
    label: 'Sessions possible',
    help: 'Half days this child could have attended at your school in that time.',
  },
  sessions_attended: {
    label: 'Sessions attended',
    help: 'Half days attended, with those at an approved activity elsewhere.',
  },
  sessions_authorised: {
    label: 'Sessions absent, authorised',
    head: 'Absent, authorised',
    help: 'Half days absent with leave; write 0 or none where there were none.',
  },
  sessions_unauthorised: {
    label: 'Sessions absent, not authorised',
    head: 'Absent, not authorised',
    help: 'Half days absent without leave; write 0 or none where there were none.',
  },
}
