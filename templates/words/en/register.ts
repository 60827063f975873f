import type { PlainDate } from '../../../src/domain/dates.ts'
import { count } from './counts.ts'
import { day } from './dates.ts'

/** Words of the national register of schools: finding a school in it, and what it leaves to a person. */
export const registerWords = {
  find: {
    title: 'Find a school',
    heading: 'Which school is it?',
    none: 'No register of schools was brought in yet. Your operator downloads it and runs vsx import; until then add the school by hand.',
    search: 'Name, town, authority or URN',
    searchHint: 'For example, St Mary Wendleby, or 123456',
    button: 'Search',
    nothing:
      'Nothing in the register fits. Try fewer words, or the town alone. A setting that no register lists is added by hand.',
    found: (shown: number, more: boolean) =>
      more ? `The first ${shown} that fit` : count(shown, 'school fits', 'schools fit'),
    more: 'Add a word to see fewer.',
    columns: { name: 'School', area: 'Area', phase: 'Phase and type', urn: 'Number', next: 'Next' },
    add: 'Add',
    here: 'Open',
    byHand: 'Add a setting that no register lists',
    byNumber: 'Add a school by its URN, without the register',
    status: {
      open: '',
      closing: 'open, proposed to close',
      closed: 'closed',
      proposed: 'proposed to open',
    } as Readonly<Record<string, string>>,
  },
  setting: {
    title: 'Add a setting by hand',
    says: 'For a nursery or childminder, a college or provider, a tutor, or any place no register of schools lists. Say who made sure of it and how: others rely on it.',
    name: 'Name of the setting',
    kind: 'What it is',
    kinds: {
      early_years: 'Nursery, pre-school or childminder',
      further_education: 'Further education college',
      training_provider: 'Training provider',
      unregistered: 'Alternative provision that is not registered as a school',
      tutor: 'Tutor or tuition service',
      eotas: 'Education otherwise than at school',
      custody: 'Education in custody',
      other: 'Something else',
    },
    number: 'Number, if it has one',
    numberHint: 'Ofsted’s EY number, or the UK provider reference number. Leave it empty where there is none.',
    numberWrong:
      'Give Ofsted’s number (EY and six digits), a provider number (eight digits beginning with 1) or a URN (six digits), or leave it empty.',
    registered: 'Is it registered with Ofsted or DfE?',
    registeredOptions: { Y: 'Yes', N: 'No', not_known: 'Not known yet' },
    area: 'Area (council code)',
    areaHint: 'Three digits',
    country: 'Country',
    checkedOn: 'Checked on',
    checkedOnHint: 'For example, 14 9 2026',
    how: 'How it was checked',
    howHint: 'What you looked at, and who you spoke to there. No child’s name.',
    button: 'Add the setting',
    needs: {
      name: 'Give its name.',
      kind: 'Say what it is.',
      registered: 'Say whether it is registered.',
      area: 'Give the three digits of the council whose area it is in.',
      checkedOn: 'Give the day it was checked, today or before.',
      how: 'Say how it was checked.',
    },
  },
  checks: {
    title: 'Who made sure of it',
    columns: { on: 'Checked on', by: 'By', what: 'Registered', how: 'How' },
    none: 'Nobody has noted a check of this setting.',
    again: 'Note a check',
  },
  questions: {
    title: 'Questions about schools',
    heading: (open: number) => (open === 0 ? 'Nothing is left to settle' : `${count(open, 'school')} to settle`),
    lead: 'The register says that these schools changed. Where one school simply has a new number it carries on by itself; what could mean two things is for you.',
    nothing: 'When a school closes, merges or is split, it is listed here.',
    on: (date: PlainDate | null) => (date === null ? '' : ` on ${day(date)}`),
    merger: (name: string, on: string, next: string) =>
      `${name} closed${on} and became part of ${next}, with at least one other school.`,
    split: (name: string, on: string, next: string) => `${name} closed${on}. ${next} is one of several that follow it.`,
    closure: (name: string, on: string) => `${name} closed${on}. The register names nobody that follows it.`,
    two_places: (name: string, on: string, next: string) =>
      `${name} closed${on} and became ${next}, which is a school here already.`,
    pupils: (pupils: number) =>
      pupils === 0
        ? 'None of your pupils has a place there now.'
        : `${count(pupils, 'pupil')} of yours has a place there. Places move only when you, or your roll, say so.`.replace(
            /^(\d+ pupils) of yours has/,
            '$1 of yours have',
          ),
    options: {
      carries_on: 'It is the same school under a new number: people, history and open returns stay with it',
      new_place: 'It is another place: pupils join it with a new place of their own',
      seen: 'I have seen it',
    },
    button: 'Save the answer',
    choose: 'Say which it is.',
  },
} as const
