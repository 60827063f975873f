/**
 * The numbers a setting goes by: the register's URN; Ofsted's number of an early years provider (EY and six digits);
 * the UK provider reference number of a college or training provider (eight digits beginning with 1); the seven digits
 * of a Welsh school after a W; or, where no register lists it, one of ours (X and eight characters).
 */
export type SchoolNumberKind = 'urn' | 'ofsted' | 'ukprn' | 'welsh' | 'ours'

const shapes: readonly (readonly [SchoolNumberKind, RegExp])[] = [
  ['urn', /^\d{6}$/],
  ['ofsted', /^EY\d{6}$/],
  ['ukprn', /^1\d{7}$/],
  ['welsh', /^W6[678]\d{5}$/],
  ['ours', /^X[A-HJ-NP-Z2-9]{8}$/],
]

/** Which kind of number a text is, or undefined where it is none. */
export const schoolNumberKind = (text: string): SchoolNumberKind | undefined =>
  shapes.find(([, shape]) => shape.test(text))?.[0]

/** A new number of ours for a setting that no register lists; `id` is a new public id, which it is cut from. */
export const ownSchoolNumber = (id: string): string =>
  `X${id
    .toUpperCase()
    .replace(/[^A-HJ-NP-Z2-9]/g, '')
    .padEnd(8, 'X')
    .slice(0, 8)}`

/** The kinds of setting that people may make by hand, since the register of schools does not list them all. */
export const settingKinds = [
  'early_years',
  'further_education',
  'training_provider',
  'unregistered',
  'tutor',
  'eotas',
  'custody',
  'other',
] as const
export type SettingKind = (typeof settingKinds)[number]
