import type { ItemWords } from '../../words.ts'
import { yesNo } from './shared.ts'

const years = Object.fromEntries(Array.from({ length: 14 }, (_, index) => [String(index + 1), `Year ${index + 1}`]))

const provider = (slot: number): Readonly<Record<string, ItemWords>> => {
  const place = slot === 1 ? 'the other place' : 'the second other place'
  const head = `Other place ${slot}`
  const code = (part: string) => `other_provision_${slot}_${part}`
  return {
    [code('provider')]: {
      label: slot === 1 ? 'Where else does the child learn?' : 'Is there a second other place?',
      head: `${head}: name`,
      help: 'The name of the school, college, service or tutor; no address.',
    },
    [code('type')]: {
      label: `What kind of place is ${place}?`,
      head: `${head}: kind`,
      help: 'Choose the nearest; a place that is not a school is still worth naming.',
      options: {
        school: 'Another school',
        pru_ap: 'PRU or alternative provision',
        unregistered: 'Unregistered provision',
        fe_14_16: 'College for ages 14 to 16',
        tuition: 'Tuition',
        online: 'Online learning',
        hospital: 'Hospital school',
        eotas: 'Education otherwise than at school',
      },
    },
    [code('registered')]: {
      label: `Is ${place} registered?`,
      head: `${head}: registered`,
      help: 'Yes if it is registered with the Department for Education or inspected by Ofsted.',
      options: yesNo,
    },
    [code('hours')]: {
      label: `How many hours a week at ${place}?`,
      head: `${head}: hours`,
      help: 'Hours in a usual week, such as 6 or 7.5.',
    },
    [code('start')]: {
      label: `When did ${place} start?`,
      head: `${head}: from`,
      help: 'The first day there as day, month and year, such as 14/09/2026.',
    },
    [code('end')]: {
      label: `When does ${place} end?`,
      head: `${head}: until`,
      help: 'The last day agreed as day, month and year; leave it blank where none is agreed.',
    },
    [code('checked_by')]: {
      label: `Who checks each day that the child is at ${place}?`,
      head: `${head}: who checks`,
      help: 'The name or post of the person at your school who checks attendance there.',
    },
  }
}

/** Words of the child's place, hours and learning somewhere else. */
export const placeWords: Readonly<Record<string, ItemWords>> = {
  status: {
    label: 'Is the child on your roll?',
    head: 'On your roll',
    help: 'How things stood on the as-at date of the round.',
    options: {
      C: 'On roll here only',
      M: 'On roll here and elsewhere (we are main)',
      S: 'On roll here and elsewhere (we are second)',
      G: 'Guest here',
      F: 'At a further education college',
      O: 'At another provider',
      left_destination_known: 'Left and we know where to',
      left_destination_unknown: 'Left and we do not know where to',
      never_ours: 'Never our pupil',
    },
  },
  left_on: {
    label: 'When did the child leave?',
    head: 'Left on',
    help: 'The last day on your roll as day, month and year, such as 14/07/2026.',
  },
  left_destination: {
    label: 'Where did the child go?',
    head: 'Went to',
    help: 'The name of the next school, college or service; no address.',
  },
  year_group: {
    label: 'Year group',
    help: 'The year group the child is taught in; X where your school does not teach by year.',
    options: {
      E1: 'Early years 1',
      E2: 'Early years 2',
      N1: 'Nursery 1',
      N2: 'Nursery 2',
      R: 'Reception',
      ...years,
      X: 'Not taught by year',
    },
  },
  entry_date: {
    label: 'When did the child join?',
    head: 'Joined on',
    help: 'The first day on your roll as day, month and year, such as 02/09/2025.',
  },
  hours_offered: {
    label: 'How many hours of education a week are offered?',
    head: 'Hours a week',
    help: 'Hours offered in a usual week here and elsewhere together, such as 25 or 32.5.',
  },
  full_time: {
    label: 'Is that full time?',
    head: 'Full time',
    help: 'Yes if it is as much as any child of this age in your setting has.',
    options: yesNo,
  },
  part_time_reason: {
    label: 'Why a shorter timetable?',
    head: 'Shorter timetable: why',
    help: 'Choose the main reason; we ask for no medical detail.',
    options: {
      phased: 'Phased start',
      reintegration: 'Coming back to school',
      medical: 'Medical',
      awaiting_place: 'Waiting for another place',
      other: 'Another reason',
    },
  },
  part_time_start: {
    label: 'When did the shorter timetable start?',
    head: 'Shorter timetable: from',
    help: 'Its first day as day, month and year, such as 14/09/2026.',
  },
  part_time_review: {
    label: 'When is the shorter timetable next reviewed?',
    head: 'Shorter timetable: review',
    help: 'The next review as day, month and year, such as 12/10/2026.',
  },
  part_time_end: {
    label: 'When does the shorter timetable end?',
    head: 'Shorter timetable: until',
    help: 'The last day agreed as day, month and year; write "to follow" where none is agreed yet.',
  },
  part_time_agreed: {
    label: 'Have the social worker and the virtual school agreed to it?',
    head: 'Shorter timetable: agreed',
    help: 'Yes if both have agreed to the shorter timetable.',
    options: yesNo,
  },
  other_provision: {
    label: 'Does the child learn anywhere else in the week?',
    head: 'Learns elsewhere',
    help: 'Yes for another school, alternative provision, college, tuition or online learning, however few the hours.',
    options: yesNo,
  },
  ...provider(1),
  ...provider(2),
}
