/**
 * What a file may hold, element by element: `text` is read; `never` is not read because this portal never holds it;
 * `extra` is not read because it is a supplier's own. An element that is not here is unknown, and a finding.
 */
export type Shape = { readonly [name: string]: 'text' | 'never' | 'extra' | Shape }

const text = (...names: readonly string[]): Shape => Object.fromEntries(names.map((name) => [name, 'text' as const]))
const never = (...names: readonly string[]): Shape => Object.fromEntries(names.map((name) => [name, 'never' as const]))

/** Suppliers repeat some of their own elements outside SuppInfo. */
const extra: Shape = Object.fromEntries(
  ['SuppInfo', 'EnglishAsAdditionalLanguage', 'BirthCertificate', 'CourtOrder'].map((name) => [name, 'extra' as const]),
)

const school = text('LEA', 'LA', 'Estab', 'URN', 'SchoolName')

const header: Shape = {
  ...text('DocumentName', 'CTFversion', 'DateTime', 'DocumentQualifier', 'DataQualifier', 'SupplierID'),
  ...never('DataDescriptor'),
  SourceSchool: { ...school, ...text('AcademicYear'), ...extra },
  DestSchool: { ...school, ...extra },
  ...extra,
}

const basicDetails: Shape = {
  ...text('FormerUPN', 'NCyearActual', 'ServiceChild', 'EnrolStatus'),
  Languages: { Type: text('LanguageType', 'Language') },
  // Other names may tell who a child was; ethnicity, religion and health are asked by nobody here (as in the local roll).
  ...never('PreferredSurname', 'FormerSurname', 'PreferredForename', 'FormerForename', 'MiddleNames'),
  ...never('Ethnicity', 'EthnicitySource', 'MedicalFlag', 'Disabilities', 'Religion'),
  ...extra,
}

const wales: Shape = {
  ...text('SpeakWelsh', 'HomeWelsh', 'WelshSource', 'EALAcquisition', 'LanguageSource'),
  ...text('SENCurriculumandTeachingMethods', 'SENGroupingandSupport'),
  ...text('SENSpecialisedResources', 'SENAdviceandAssessment'),
  ...never('NationalIdentity'),
  ...extra,
}

const pupil: Shape = {
  ...text('UPN', 'UniqueLearnerNumber', 'UCI', 'Surname', 'Forename', 'DOB', 'Gender', 'Sex'),
  BasicDetails: basicDetails,
  FSMhistory: {
    ...text('FSMreviewDate'),
    FSMinstance: text('FSMstartDate', 'FSMendDate', 'UKcountry'),
    ...extra,
  },
  NAWdetails: wales,
  LookedAfter: { ...text('InCare', 'CareAuthority'), ...extra },
  SENhistory: {
    SEN: text('StartDate', 'SENprovision', 'EndDate'),
    SENneeds: { SENneed: text('NeedStartDate', 'NeedEndDate', 'SENtypeRank', 'SENtype') },
    ...extra,
  },
  // Where a child lives and who cares for them has no place here at all.
  ...never('Address', 'Phones', 'Email', 'Contacts'),
  Attendance: {
    YearData: {
      ...text('Year', 'LEA', 'LA', 'Estab', 'URN', 'SchoolName'),
      ...text('SessionsPossible', 'SessionsAuthorised', 'SessionsAttended', 'SessionsUnauthorised'),
      AttendSessions: text('AttendanceStartDate', 'AttendanceMarks'),
      ...extra,
    },
    ...extra,
  },
  StageAssessments: {
    KeyStage: {
      ...text('Stage'),
      StageAssessment: {
        ...text('Locale', 'Year', 'Subject', 'Method', 'Component'),
        ...text('ResultStatus', 'ResultQualifier', 'Result', 'ResultDate'),
        ...extra,
      },
      ...extra,
    },
    ...extra,
  },
  SchoolHistory: {
    School: {
      ...school,
      ...text('EntryDate', 'LeavingDate', 'LeavingReason', 'RemovalGrounds', 'LastSchool'),
      ...extra,
    },
    ...extra,
  },
  ...never('Religion', 'PreferredSurname', 'FormerSurname', 'PreferredForename', 'FormerForename', 'MiddleNames'),
  ...extra,
}

/** A Common Transfer File from its root. */
export const transferFile: Shape = {
  CTfile: { Header: header, CTFpupilData: { Pupil: pupil } },
}

/** An element as the reader looks it up: by its name in small letters. */
export type Known = {
  readonly name: string
  /** The names from the root to it, the same for every pupil. */
  readonly way: string
  readonly reads: 'text' | 'never' | 'extra' | 'group'
  readonly inside: ReadonlyMap<string, Known>
}

/** A shape by its names, and by small letters too, so that `CTFVersion` is found where `CTFversion` was meant. */
export const lookUp = (shape: Shape, above = ''): ReadonlyMap<string, Known> => {
  const known = Object.entries(shape).map(([name, reads]): Known => {
    const way = above === '' ? name : `${above}/${name}`
    return typeof reads === 'string'
      ? { name, way, reads, inside: new Map() }
      : { name, way, reads: 'group', inside: lookUp(reads, way) }
  })
  return new Map([
    ...known.map((one) => [one.name.toLowerCase(), one] as const),
    ...known.map((one) => [one.name, one] as const),
  ])
}
