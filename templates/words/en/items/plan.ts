import type { ItemWords } from '../../words.ts'
import { yesNo } from './shared.ts'

const target = (slot: number): Readonly<Record<string, ItemWords>> => ({
  [`target_${slot}_progress`]: {
    label: `Progress on target ${slot} of the plan (PEP)`,
    head: `Plan target ${slot}`,
    help: `How far the child has come with target ${slot} of the plan now in force.`,
    options: {
      not_started: 'Not started',
      partly: 'Partly met',
      met: 'Met',
      exceeded: 'More than met',
      no_longer_right: 'No longer the right target',
    },
  },
})

/** Words of next steps, the plan, the child's view and who answers. */
export const planWords: Readonly<Record<string, ItemWords>> = {
  transfer_school: {
    label: 'Which secondary school will the child go to?',
    head: 'Secondary school',
    help: 'The name of the school that offered the place and whose offer was accepted.',
  },
  transfer_date: {
    label: 'When is the transition day?',
    head: 'Transition day',
    help: 'The first visit agreed with the new school as day, month and year, such as 02/07/2026.',
  },
  intended_destination: {
    label: 'What does the child plan to do after year 11?',
    head: 'After year 11',
    help: 'The plan as it stands today; it may change.',
    options: {
      sixth_form: 'School sixth form',
      fe_college: 'Further education college',
      apprenticeship: 'Apprenticeship',
      other: 'Something else',
      none: 'No plan yet',
    },
  },
  destination_offer: {
    label: 'Does the child hold an offer?',
    head: 'Offer held',
    help: 'Yes if a place or post has been offered, with conditions or without.',
    options: yesNo,
  },
  destination_offer_seen: {
    label: 'When did you see the offer?',
    head: 'Offer seen on',
    help: 'The day you saw the letter or e-mail as day, month and year, such as 14/03/2026.',
  },
  careers_interview: {
    label: 'Last careers interview',
    help: 'Its day as day, month and year; leave it blank where there was none.',
  },
  ...target(1),
  ...target(2),
  ...target(3),
  pupil_premium_plus_delivered: {
    label: 'Pupil Premium Plus: has what was paid for happened?',
    head: 'PP+: happened',
    help: 'Whether what the council paid for this child has been delivered.',
    options: { yes: 'All of it', partly: 'Some of it', not_yet: 'Not yet' },
  },
  pupil_premium_plus_spent: {
    label: 'Pupil Premium Plus: spent so far',
    head: 'PP+: spent',
    help: 'Pounds and pence spent of what was paid, such as 380.00.',
  },
  pupil_premium_plus_effect: {
    label: 'Pupil Premium Plus: what difference did it make?',
    head: 'PP+: difference',
    help: 'One or two sentences on what changed for the child, up to 300 characters.',
  },
  child_view_asked: {
    label: 'Has the child been asked for their view?',
    head: 'Child asked',
    help: 'Yes if somebody asked the child this term how school is going.',
    options: yesNo,
  },
  child_view_words: {
    label: 'What did the child say?',
    head: 'Child’s own words',
    help: 'Their own words, up to 500 characters; nothing the child would not want shared.',
  },
  child_view_asked_by: {
    label: 'Who asked?',
    head: 'Who asked the child',
    help: 'The name or post of the person who asked.',
  },
  child_view_share_with: {
    label: 'With whom may it be shared?',
    head: 'Child’s words: share with',
    help: 'What the child agreed to.',
    options: {
      virtual_school: 'Virtual school only',
      social_worker: 'Virtual school and social worker',
      plan_meeting: 'Everyone at the plan meeting',
      nobody_else: 'Nobody beyond this return',
    },
  },
  child_view_not_asked_because: {
    label: 'Why was the child not asked?',
    head: 'Child not asked: why',
    help: 'Choose the main reason.',
    options: {
      not_the_right_time: 'Not the right time',
      asked_elsewhere: 'Asked by somebody else',
      chose_not_to: 'Chose not to say',
      needs_support_to_say: 'Needs support to say it',
      not_seen: 'Not in school to be asked',
      other: 'Another reason',
    },
  },
  answered_by_name: {
    label: 'Who answers for this child?',
    head: 'Answered by',
    help: 'The name of the person we may ask about these answers.',
  },
  answered_by_email: {
    label: 'Work e-mail of who answers',
    head: 'Answered by: e-mail',
    help: 'A work address, never a personal one.',
  },
  lead_name: {
    label: 'Lead for looked-after children',
    head: 'Lead',
    help: 'The designated teacher, or whoever leads in your setting.',
  },
  lead_email: {
    label: 'Work e-mail of the lead',
    head: 'Lead: e-mail',
    help: 'The lead’s work address, never a personal one.',
  },
  deputy_name: {
    label: 'Deputy',
    help: 'Who stands in when the lead is away; leave it blank where nobody does.',
  },
  deputy_email: {
    label: 'Work e-mail of the deputy',
    head: 'Deputy: e-mail',
    help: 'The deputy’s work address, never a personal one.',
  },
  please_call: {
    label: 'Would you like the virtual school to call?',
    head: 'Please call me',
    help: 'Choose yes and somebody from the virtual school will ring you.',
    options: { Y: 'Yes' },
  },
  please_call_reason: {
    label: 'What is the call about?',
    head: 'Call about',
    help: 'Up to 300 characters, with no health, family or offence detail.',
  },
}
