/** The fictional councils of the demo. Their codes are none that any council has. */
export const demoCouncils = [
  { laCode: '991', name: 'Wendlemoor', mailbox: 'virtual.school@wendlemoor.example' },
  { laCode: '992', name: 'Kestrelham', mailbox: 'virtual.school@kestrelham.example' },
  { laCode: '993', name: 'North Ashdale', mailbox: 'virtual.school@north-ashdale.example' },
  { laCode: '994', name: 'Port Sallow', mailbox: 'virtual.school@port-sallow.example' },
] as const

/** A fictional school: its URN, where it is, what it is, and who leads there for looked-after children. */
export type DemoSchool = {
  readonly urn: string
  readonly name: string
  readonly phase: string
  readonly laCode: string
  /** Years as numbers: 0 is Reception, -1 and -2 the nursery years before it. */
  readonly years: readonly number[]
  readonly lead: { readonly name: string; readonly email: string }
}

const school = (
  urn: string,
  name: string,
  phase: string,
  laCode: string,
  years: readonly [number, number],
  lead: string,
  mail: string,
): DemoSchool => ({
  urn,
  name,
  phase,
  laCode,
  years: Array.from({ length: years[1] - years[0] + 1 }, (_, index) => years[0] + index),
  lead: { name: lead, email: mail },
})

export const demoSchools: readonly DemoSchool[] = [
  school('900001', 'Ellerwick Academy', 'secondary', '992', [7, 11], 'Dana Okoro', 'd.okoro@ellerwick.example'),
  school('900002', 'Marrow Lane Primary', 'primary', '991', [1, 6], 'Beth Carrow', 'b.carrow@marrow-lane.example'),
  school(
    '900003',
    'St Aldreda’s Church of England Primary',
    'primary',
    '991',
    [1, 6],
    'Ifeoma Gray',
    'i.gray@st-aldredas.example',
  ),
  school('900004', 'Fenwold High', 'secondary', '991', [7, 11], 'Martin Sole', 'm.sole@fenwold.example'),
  school('900005', 'The Quenby Centre', 'pupil referral unit', '991', [8, 11], 'Josie Amble', 'j.amble@quenby.example'),
  school('900006', 'Hollin Bank Primary', 'primary', '991', [1, 6], 'Peter Lowry', 'p.lowry@hollin-bank.example'),
  school('900007', 'Wendle Park School', 'all-through', '991', [1, 11], 'Aisha Tarn', 'a.tarn@wendle-park.example'),
  school('900008', 'Cray Street Infants', 'primary', '991', [1, 2], 'Moira Fenn', 'm.fenn@cray-street.example'),
  school('900009', 'Tarnbeck Primary', 'primary', '993', [1, 6], 'Owen Rusk', 'o.rusk@tarnbeck.example'),
  school(
    '900010',
    'Port Sallow City Academy',
    'secondary',
    '994',
    [7, 11],
    'Lena Voss',
    'l.voss@port-sallow-city.example',
  ),
  school('900011', 'Oxmere Grange', 'secondary', '992', [7, 11], 'Grace Holt', 'g.holt@oxmere.example'),
  school('900012', 'Sallow Reach School', 'all-through', '994', [1, 11], 'Tom Birtle', 't.birtle@sallow-reach.example'),
  school('900013', 'Pebble Lane Nursery', 'nursery', '991', [-2, -1], 'Nell Harte', 'n.harte@pebble-lane.example'),
  school(
    '900014',
    'Fenwold College',
    'further education',
    '991',
    [12, 14],
    'Rob Amos',
    'r.amos@fenwold-college.example',
  ),
]

/** A person of a council's own team. */
export type DemoOfficer = {
  readonly laCode: string
  readonly name: string
  readonly email: string
  readonly role: string
}

const officer = (laCode: string, role: string, name: string, email: string): DemoOfficer => ({
  laCode,
  role,
  name,
  email,
})

export const demoOfficers: readonly DemoOfficer[] = [
  officer('991', 'data_officer', 'Helen Marsh', 'h.marsh@wendlemoor.example'),
  officer('991', 'head', 'Amrit Dhillon', 'a.dhillon@wendlemoor.example'),
  officer('991', 'officer', 'Carys Bowen', 'c.bowen@wendlemoor.example'),
  officer('991', 'panel_member', 'Neil Ashby', 'n.ashby@wendlemoor.example'),
  officer('991', 'finance', 'Rita Song', 'r.song@wendlemoor.example'),
  officer('991', 'auditor', 'Paul Etim', 'p.etim@wendlemoor.example'),
  officer('991', 'administrator', 'Sue Lark', 's.lark@wendlemoor.example'),
  officer('991', 'social_worker', 'Tomasz Hale', 't.hale@wendlemoor.example'),
  officer('992', 'data_officer', 'Yusuf Brandt', 'y.brandt@kestrelham.example'),
  officer('992', 'head', 'Clare Odell', 'c.odell@kestrelham.example'),
  officer('993', 'officer', 'Fiona Marr', 'f.marr@north-ashdale.example'),
  officer('994', 'data_officer', 'Derek Pool', 'd.pool@port-sallow.example'),
]

/** The deputy whom Ellerwick's lead appointed. */
export const demoDeputy = { name: 'Simon Whitlock', email: 's.whitlock@ellerwick.example', urn: '900001' } as const

/** Who the command line acts for in a demo when nobody is named. */
export const demoOperator = 'h.marsh@wendlemoor.example'

export const forenames = [
  'Amara',
  'Jayden',
  'Ruby',
  'Callum',
  'Kofi',
  'Ella',
  'Noah',
  'Maisie',
  'Tariq',
  'Lily',
  'Owen',
  'Zara',
  'Finn',
  'Ava',
  'Idris',
  'Poppy',
  'Leo',
  'Nia',
  'Harvey',
  'Sana',
  'Theo',
  'Freya',
  'Malik',
  'Isla',
  'Bobby',
  'Erin',
  'Kai',
  'Daisy',
] as const

export const surnames = [
  'Arden',
  'Blythe',
  'Cotter',
  'Dunmore',
  'Eze',
  'Farr',
  'Gale',
  'Hollis',
  'Aziz',
  'Corran',
  'Lisle',
  'Drew',
  'Fallow',
  'Garth',
  'Moss',
  'Quill',
  'Ridley',
  'Stroud',
  'Tarrant',
  'Umber',
  'Vale',
  'Wilding',
  'Yeo',
  'Zane',
  'Ames',
  'Birch',
] as const
