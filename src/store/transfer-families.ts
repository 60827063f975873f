import type { Family } from './family.ts'

const ofSchool = ['pupil_number', 'school_number'] as const

/** The facts that transfer files bring, each by the school whose record it is. */
export const transferFamilies = [
  {
    current: 'pupil_stated',
    key: [...ofSchool, 'attribute'],
    values: ['value'],
  },
  {
    current: 'stage_result',
    key: [...ofSchool, 'academic_year', 'stage', 'locale', 'subject', 'method', 'component', 'qualifier'],
    values: ['result', 'status', 'result_on'],
  },
  {
    current: 'attendance_year',
    key: [...ofSchool, 'academic_year', 'la_code', 'establishment'],
    values: ['urn', 'school_name', 'possible', 'attended', 'authorised', 'unauthorised', 'marks_from', 'marks'],
  },
  {
    current: 'sen_period',
    key: [...ofSchool, 'first_day', 'provision'],
    values: ['last_day'],
  },
  {
    current: 'sen_need',
    key: [...ofSchool, 'need_type', 'need_rank'],
    values: ['first_day', 'last_day'],
  },
  {
    current: 'free_meals',
    key: [...ofSchool, 'first_day'],
    values: ['last_day', 'country'],
  },
  {
    current: 'past_school',
    key: [...ofSchool, 'la_code', 'establishment', 'entry_day'],
    values: ['urn', 'school_name', 'leaving_day', 'leaving_reason', 'removal_grounds', 'last_school'],
  },
  {
    current: 'named_school',
    key: [...ofSchool, 'la_code', 'establishment', 'urn'],
    values: ['school_name', 'named_on'],
  },
] as const satisfies readonly Family[]
