import { writeXml, type XmlContent, type XmlElements } from '../format/xml-write.ts'
import type { Destination, FileToWrite, NamedSchool, PupilToWrite, StatedName } from './rows.ts'
import { yearOfAttendance, yearOfResult } from './years.ts'

/** What stands for an authority where a school's number belongs. */
const authority = 'LLLL'

const codeOf = (destination: Destination): { readonly la: string; readonly establishment: string } => {
  if (destination.kind === 'school') return destination
  if (destination.kind === 'authority') return { la: destination.la, establishment: authority }
  return destination.kind === 'unknown' ? { la: 'XXX', establishment: 'XXXX' } : { la: 'MMM', establishment: 'MMMM' }
}

/** The name a file must have: from, what, to, and its number among files between the two. */
export const transferFileName = (la: string, destination: Destination, number: number): string => {
  const to = codeOf(destination)
  return `${la}${authority}_CTF_${to.la}${to.establishment}_${String(number).padStart(3, '0')}.xml`
}

/** Writes a Common Transfer File, labelled as the virtual school's. */
export const writeTransferFile = (file: FileToWrite): Uint8Array => {
  const version = `${String(file.edition % 100).padStart(2, '0')}.0`
  const to = codeOf(file.destination)
  const urn = file.destination.kind === 'school' ? (file.destination.urn ?? 'XXXXXX') : null
  return writeXml([
    [
      'CTfile',
      [
        [
          'Header',
          [
            ['DocumentName', 'Common Transfer File'],
            ['CTFversion', version],
            ['DateTime', file.madeAt.slice(0, 19)],
            ['DocumentQualifier', file.full ? 'full' : 'partial'],
            ['DataDescriptor', `Made by ${file.source.name} from what a virtual school holds`],
            ['SupplierID', 'Virtual School Exchange'],
            [
              'SourceSchool',
              [
                ['LEA', file.source.la],
                ['Estab', authority],
                ['SchoolName', file.source.name],
                ['AcademicYear', yearOfAttendance.write(file.academicYear)],
              ],
            ],
            [
              'DestSchool',
              [
                ['LEA', to.la],
                ['Estab', to.establishment],
                ['URN', urn],
              ],
            ],
          ],
        ],
        ['CTFpupilData', file.pupils.map((pupil) => ['Pupil', pupilElements(pupil, file.edition)] as const)],
      ],
    ],
  ])
}

/** A part that is left out where nothing is in it. */
const part = (name: string, elements: XmlElements): readonly (readonly [string, XmlContent])[] =>
  elements.some(([, content]) => content !== null && content !== '') ? [[name, elements]] : []

const truth = (code: string | undefined): string => (code === 'Y' ? 'true' : code === 'N' ? 'false' : '')

const pupilElements = (pupil: PupilToWrite, edition: number): XmlElements => {
  const said = (name: StatedName) => pupil.stated.get(name) ?? ''
  // Gender became Sex during 2023/24; from version 25 on only Sex is known.
  const sex = edition >= 2024 ? 'Sex' : 'Gender'
  return [
    ['UPN', pupil.upn],
    ['UniqueLearnerNumber', pupil.uln],
    ['UCI', said('uci')],
    ['Surname', pupil.surname],
    ['Forename', pupil.forename],
    ['DOB', pupil.born],
    [sex, said('sex')],
    ...part('BasicDetails', [
      ['FormerUPN', said('former_upn')],
      ['NCyearActual', said('year_group')],
      ...part('Languages', languages(said('languages'))),
      ['ServiceChild', said('service_child')],
      ['EnrolStatus', said('enrolment_status')],
    ]),
    ...part('FSMhistory', [
      ['FSMreviewDate', said('fsm_review')],
      ...pupil.freeMeals.map(({ from, to, country }) => {
        return [
          'FSMinstance',
          [
            ['FSMstartDate', from],
            ['FSMendDate', to],
            ['UKcountry', country],
          ],
        ] as const
      }),
    ]),
    ...part('NAWdetails', [
      ['SpeakWelsh', said('speak_welsh')],
      ['HomeWelsh', said('home_welsh')],
      ['WelshSource', said('welsh_source')],
      ['EALAcquisition', said('eal_acquisition')],
      ['LanguageSource', said('language_source')],
      ['SENCurriculumandTeachingMethods', said('sen_curriculum')],
      ['SENGroupingandSupport', said('sen_grouping')],
      ['SENSpecialisedResources', said('sen_resources')],
      ['SENAdviceandAssessment', said('sen_advice')],
    ]),
    ...part('LookedAfter', [
      ['InCare', truth(pupil.stated.get('in_care'))],
      ['CareAuthority', said('care_authority')],
    ]),
    ...part('SENhistory', [
      ...pupil.sen.map(({ from, to, provision }) => {
        return [
          'SEN',
          [
            ['StartDate', from],
            ['SENprovision', provision],
            ['EndDate', to],
          ],
        ] as const
      }),
      ...part('SENneeds', needElements(pupil)),
    ]),
    ...part('Attendance', attendanceElements(pupil)),
    ...part('StageAssessments', stageElements(pupil)),
    ...part('SchoolHistory', schoolElements(pupil)),
  ]
}

const languages = (text: string): XmlElements =>
  text
    .split(', ')
    .filter((one) => one !== '')
    .map((one) => {
      const at = one.indexOf(' ')
      return [
        'Type',
        [
          ['LanguageType', one.slice(0, Math.max(at, 0))],
          ['Language', one.slice(at + 1)],
        ],
      ] as const
    })

const needElements = (pupil: PupilToWrite): XmlElements =>
  pupil.needs.map(({ rank, type, from, to }) => {
    return [
      'SENneed',
      [
        ['NeedStartDate', from],
        ['NeedEndDate', to],
        ['SENtypeRank', rank],
        ['SENtype', type],
      ],
    ] as const
  })

const schoolNamed = ({ la, establishment, urn, name }: NamedSchool): XmlElements => [
  ['LEA', la],
  ['Estab', establishment],
  ['URN', urn],
  ['SchoolName', name],
]

const count = (number: number | null): string | null => (number === null ? null : String(number))

const attendanceElements = (pupil: PupilToWrite): XmlElements =>
  pupil.attendance.map((year) => {
    return [
      'YearData',
      [
        ['Year', yearOfAttendance.write(year.academicYear)],
        ...schoolNamed(year.school),
        ['SessionsPossible', count(year.possible)],
        ['SessionsAuthorised', count(year.authorised)],
        ['SessionsAttended', count(year.attended)],
        ['SessionsUnauthorised', count(year.unauthorised)],
        ...part('AttendSessions', [
          ['AttendanceStartDate', year.marksFrom],
          ['AttendanceMarks', year.marks],
        ]),
      ],
    ] as const
  })

/** Results under their stage, in the order they have; results of one stage that stand apart stay apart. */
const stageElements = (pupil: PupilToWrite): XmlElements => {
  const stages: (readonly [string, PupilToWrite['results'][number][]])[] = []
  for (const result of pupil.results) {
    const last = stages[stages.length - 1]
    if (last && last[0] === result.stage) last[1].push(result)
    else stages.push([result.stage, [result]])
  }
  return stages.map(([stage, results]) => {
    return [
      'KeyStage',
      [
        ['Stage', stage],
        ...results.map((result) => {
          return [
            'StageAssessment',
            [
              ['Locale', result.locale],
              ['Year', yearOfResult.write(result.academicYear)],
              ['Subject', result.subject],
              ['Method', result.method],
              ['Component', result.component],
              ['ResultStatus', result.status],
              ['ResultQualifier', result.qualifier],
              ['Result', result.result],
              ['ResultDate', result.on],
            ],
          ] as const
        }),
      ],
    ] as const
  })
}

const schoolElements = (pupil: PupilToWrite): XmlElements =>
  pupil.schools.map((one) => {
    return [
      'School',
      [
        ...schoolNamed(one.school),
        ['EntryDate', one.from],
        ['LeavingDate', one.to],
        ['LeavingReason', one.reason],
        ['RemovalGrounds', one.grounds],
        ['LastSchool', truth(one.last) || one.last],
      ],
    ] as const
  })
