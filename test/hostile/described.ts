import { type PlainDate, plainDate, plusDays } from '../../src/domain/dates.ts'
import { upnCheckLetter } from '../../src/domain/identifiers.ts'

/** The day on which the hostile world is looked at. Its clock stands still, so that every boundary lies where it is drawn. */
export const today = plainDate('2026-11-18')
export const moment = '2026-11-18T10:00:00.000Z'

export type Council = '991' | '992' | '993'
export type Letter = 'A' | 'B' | 'C'
export const councils: readonly Council[] = ['991', '992', '993']

/** Three schools; the third has nobody who could answer there. */
export const schools = [
  { letter: 'A', urn: '900001', name: 'Firstschool', laCode: '991' },
  { letter: 'B', urn: '900002', name: 'Secondschool', laCode: '992' },
  { letter: 'C', urn: '900003', name: 'Thirdschool', laCode: '993' },
] as const

/** A place: where, from and to which day counted from today; unless `asserted` it is confirmed. */
export type Place = {
  readonly at: Letter
  readonly from: number
  readonly to?: number
  readonly asserted?: true
  readonly status?: 'M' | 'S'
}

/** A child of the hostile world: whose, where, and what guards it. */
export type Child = {
  readonly council: Council
  readonly places: readonly Place[]
  readonly year?: '11'
  readonly careEnds?: readonly [number, 'returned_home' | 'adopted']
  readonly careBegins?: number
  readonly sealed?: true
  readonly noDisclose?: true
}

const place = (at: Letter, from = -400, to?: number): Place => ({ at, from, ...(to === undefined ? {} : { to }) })

/** Every relation a child can have to the first school, and to the people around it. Keys are made into canaries. */
export const children = {
  onroll: { council: '991', places: [place('A')] },
  secondcouncil: { council: '992', places: [place('A')] },
  thirdcouncil: { council: '993', places: [place('A')] },
  tomorrow: { council: '991', places: [place('A', 1)] },
  carestomorrow: { council: '991', places: [place('A')], careBegins: 1 },
  yesterday: { council: '991', places: [place('A', -400, -1)] },
  insummer: { council: '991', places: [place('A', -400, -121)] },
  leaver: { council: '991', places: [place('A', -400, -121)], year: '11' },
  longago: { council: '991', places: [place('A', -900, -500)] },
  never: { council: '991', places: [place('B')] },
  otherplace: { council: '992', places: [place('B')] },
  nowhere: { council: '991', places: [] },
  asserted: { council: '991', places: [{ ...place('A'), asserted: true }] },
  assertedthird: { council: '993', places: [{ ...place('A'), asserted: true }] },
  assertedother: { council: '992', places: [{ ...place('B'), asserted: true }] },
  hiddenasserted: { council: '991', places: [{ ...place('A'), asserted: true }], noDisclose: true },
  sealedasserted: { council: '991', places: [{ ...place('A'), asserted: true }], sealed: true },
  careended: { council: '991', places: [place('A')], careEnds: [-1, 'returned_home'] },
  sealed: { council: '991', places: [place('A')], careEnds: [-30, 'adopted'] },
  guarded: { council: '991', places: [place('A')], sealed: true },
  hidden: { council: '991', places: [place('B')], noDisclose: true },
  hiddenhere: { council: '991', places: [place('A')], noDisclose: true },
  dual: {
    council: '991',
    places: [
      { ...place('A'), status: 'M' },
      { ...place('B', -399), status: 'S' },
    ],
  },
  dualasserted: { council: '991', places: [place('A'), { ...place('B', -398), asserted: true }] },
  mover: { council: '991', places: [place('A', -400, -9), place('B', -8)] },
} as const satisfies Readonly<Record<string, Child>>

export type ChildName = keyof typeof children
export const childNames = Object.keys(children) as readonly ChildName[]
export const childNamed = (name: ChildName): Child => children[name]

export const day = (days: number): PlainDate => plusDays(today, days)

/** The facts of a child that stand nowhere else in the world: days and numbers are canaries like words. */
export const uniqueOf = (name: ChildName) => {
  const index = childNames.indexOf(name)
  const twelve = `9998${String(index).padStart(2, '0')}${String(index * 7 + 11).padStart(6, '0')}`
  const { careBegins } = childNamed(name)
  return {
    born: plusDays(plainDate('2012-02-03'), index * 5),
    upn: `${upnCheckLetter(twelve)}${twelve}`,
    careFrom: day(careBegins ?? -1500 - index),
  }
}

/** The number that a school's own record says a child had before. */
export const formerUpnOf = (name: ChildName, at: Letter): string => {
  const twelve = `9997${String(childNames.indexOf(name)).padStart(2, '0')}${at.charCodeAt(0)}${'0'.repeat(4)}`
  return `${upnCheckLetter(twelve)}${twelve}`
}

/** A part of a person at one school, or in the team of one council; days are counted from today. */
export type Appointment = {
  readonly role: string
  readonly at: Letter | null
  readonly of: readonly Council[]
  readonly from?: number
  readonly to?: number
}

const at = (letter: Letter | null, role: string, ...of: Council[]): Appointment => ({ role, at: letter, of })
const lead = 'designated_teacher'

/** The people of the hostile world: every kind of reference/people.md, and those whose part has ended or not begun. */
export const people = {
  lead1: [at('A', lead, '991', '992')],
  deputy1: [at('A', 'deputy', '991')],
  colleague1: [at('A', 'colleague', '991')],
  lead2: [at('B', lead, '991', '992')],
  lead3: [at('A', lead, '993')],
  trust: [at('A', lead, '991'), at('B', lead, '992')],
  half: [{ ...at('A', lead, '991'), to: -1 }, at('A', lead, '992'), { ...at('B', 'colleague', '991'), to: -1 }],
  expired: [{ ...at('A', lead, '991'), to: -1 }],
  future: [{ ...at('A', lead, '991'), from: 1 }],
  disabled: [at('A', lead, '991')],
  nopart: [],
  head: [at(null, 'head', '991')],
  officer: [at(null, 'officer', '991')],
  handler: [at(null, 'officer', '991')],
  data: [at(null, 'data_officer', '991')],
  // Who once worked at a school that asks decides on what it asks today.
  panel: [at(null, 'panel_member', '991'), { ...at('A', 'colleague', '991'), to: -1 }],
  finance: [at(null, 'finance', '991')],
  auditor: [at(null, 'auditor', '991')],
  admin: [at(null, 'administrator', '991')],
  worker: [at(null, 'social_worker', '991')],
  head2: [at(null, 'head', '992')],
  data2: [at(null, 'data_officer', '992')],
  data3: [at(null, 'data_officer', '993')],
  both: [at('B', 'colleague', '992'), at(null, 'officer', '993')],
} as const satisfies Readonly<Record<string, readonly Appointment[]>>

export type PersonName = keyof typeof people
export const personNames = Object.keys(people) as readonly PersonName[]
export const emailOf = (name: string): string => `${name}@people.example`

/** Somebody at a browser: a person, in the school part or in one role of one council. */
export type Viewer = {
  readonly person: PersonName
  readonly part: 'school' | { readonly role: string; readonly of: Council }
}

const school = (person: PersonName): Viewer => ({ person, part: 'school' })
const team = (person: PersonName, role: string, of: Council): Viewer => ({ person, part: { role, of } })

export const viewers = {
  lead1: school('lead1'),
  deputy1: school('deputy1'),
  colleague1: school('colleague1'),
  lead2: school('lead2'),
  lead3: school('lead3'),
  trust: school('trust'),
  half: school('half'),
  both: school('both'),
  bothOffice: team('both', 'officer', '993'),
  head: team('head', 'head', '991'),
  officer: team('officer', 'officer', '991'),
  handler: team('handler', 'officer', '991'),
  data: team('data', 'data_officer', '991'),
  panel: team('panel', 'panel_member', '991'),
  finance: team('finance', 'finance', '991'),
  auditor: team('auditor', 'auditor', '991'),
  admin: team('admin', 'administrator', '991'),
  worker: team('worker', 'social_worker', '991'),
  head2: team('head2', 'head', '992'),
  data2: team('data2', 'data_officer', '992'),
  data3: team('data3', 'data_officer', '993'),
} as const satisfies Readonly<Record<string, Viewer>>

export type ViewerName = keyof typeof viewers
export const viewerNames = Object.keys(viewers) as readonly ViewerName[]
export const viewerNamed = (name: ViewerName): Viewer => viewers[name]

/** Signed in once, and let in no more: no part today, none yet, none at all, or no sign-in. */
export const shutOut: readonly PersonName[] = ['expired', 'future', 'disabled', 'nopart']

/**
 * The files that came in. `of` are the councils whose rows a school's file holds; a council's own roll has none and
 * names its `roll`. A staged one was never confirmed.
 */
export const files = {
  Filesummer: { at: 'A', of: ['991', '992'], by: 'lead1', state: 'published' },
  Filefirst: { at: 'A', of: ['991', '992'], by: 'lead1', state: 'published' },
  Filethird: { at: 'A', of: ['993'], by: 'lead3', state: 'published' },
  Filewithdrawn: { at: 'A', of: ['993'], by: 'lead3', state: 'withdrawn' },
  Filesecond: { at: 'B', of: ['991', '992'], by: 'lead2', state: 'published' },
  Filedraft: { at: 'A', of: ['991', '992'], by: 'lead1', state: 'staged' },
  Transferfirst: { at: 'A', of: ['991', '992'], by: 'lead1', state: 'published' },
  Transferthird: { at: 'A', of: ['993'], by: 'lead3', state: 'published' },
  Transfersecond: { at: 'B', of: ['991', '992'], by: 'lead2', state: 'published' },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly at: Letter
      readonly of: readonly Council[]
      readonly by: PersonName
      readonly state: 'published' | 'withdrawn' | 'staged'
    }
  >
>
export type FileName = keyof typeof files
export const fileNames = Object.keys(files) as readonly FileName[]

/** The rolls that a council brought in, one file each; `Rollstaged` was never published. */
export const rollFile = (kind: string, council: Council): string => `Roll${kind}${council}`

/** A mark of a child in the register of one school, which no other child has there or anywhere: a canary. */
export const markOf = (name: ChildName, at: Letter): string =>
  `x${String(childNames.indexOf(name) * 3 + ['A', 'B', 'C'].indexOf(at) + 10)}`

/** The day of that mark, counted from today: five days ago, or the last day there; null where there is none. */
export const markedOn = (name: ChildName, at: Letter): number | null => {
  const child = childNamed(name)
  const place = child.places.find((one) => one.at === at)
  if (!place || child.careBegins !== undefined) return null
  const on = Math.min(place.to ?? -5, -5)
  return on < place.from ? null : on
}
