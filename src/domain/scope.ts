import type { PlainDate } from './dates.ts'

/** What a person is to a school. The lead is the designated teacher, or whoever leads for looked-after children there. */
export const schoolRoles = ['designated_teacher', 'deputy', 'colleague'] as const

/** What a person is to a virtual school. */
export const councilRoles = [
  'head',
  'officer',
  'data_officer',
  'panel_member',
  'finance',
  'auditor',
  'administrator',
  'social_worker',
] as const
export type CouncilRole = (typeof councilRoles)[number]

/**
 * The parts somebody can act in: everything a person does for schools together, or one role in one virtual school.
 * `intake` is no person: it is a file being matched for one school and the virtual schools it may speak to.
 */
export type Part =
  | { readonly kind: 'school' }
  | { readonly kind: 'council'; readonly virtualSchool: number; readonly role: CouncilRole }
  | { readonly kind: 'intake'; readonly school: number; readonly virtualSchools: readonly number[] }

/**
 * For whom and on which day something is read. Every read of a child's data needs one; the store turns it into
 * conditions on today's care, places and appointments, so that a change works on the next request.
 */
export type Scope = {
  readonly person: number
  readonly today: PlainDate
  readonly part: Part
  /** The earliest last day at a school whose tail still runs today, and the same for pupils of years 11 and 13. */
  readonly tail: { readonly others: PlainDate; readonly leavers: PlainDate }
}

const pupilReaders: readonly CouncilRole[] = ['head', 'officer', 'data_officer', 'auditor']

/** Whether a council role reads the records of the council's children at all. */
export const readsPupils = (role: CouncilRole): boolean => pupilReaders.includes(role)

/** Whether a council role works with returns, files and matching. */
export const worksWithReturns = (role: CouncilRole): boolean =>
  role === 'head' || role === 'officer' || role === 'data_officer'

/** Whether a council role decides on applications for money. */
export const decidesOnMoney = (role: CouncilRole): boolean =>
  role === 'head' || role === 'officer' || role === 'panel_member'

/** Whether a council role sees payments, payees and the fund: by reference, payee and amount. */
export const seesPayments = (role: CouncilRole): boolean =>
  role === 'head' || role === 'officer' || role === 'finance' || role === 'auditor'

/** Whether a council role is told that a school sent another date of birth than the council holds. */
export const comparesDatesOfBirth = (role: CouncilRole): boolean => role === 'head' || role === 'officer'

/** Whether a council role may bring in and change the council's own records: roll, people, schools, rounds. */
export const keepsRecords = (role: CouncilRole): boolean =>
  role === 'head' || role === 'data_officer' || role === 'administrator'
