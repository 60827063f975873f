import { type PlainDate, parsePlainDate } from '../../src/domain/dates.ts'
import type { Finding, FindingPlace } from '../../src/domain/finding.ts'
import { hasUlnCheckDigit, parseUln, readUpn, type Uln, type Upn } from '../../src/domain/identifiers.ts'
import { type Branch, groupsIn, groupsUnder, placeIn, sentIn, textIn } from './branch.ts'
import type {
  AttendanceYear,
  FreeMeals,
  NamedSchool,
  PastSchool,
  SenNeed,
  SenPeriod,
  SentValue,
  StageResult,
  Stated,
  StatedName,
  TransferPupil,
} from './rows.ts'
import { yearOfAttendance, yearOfResult } from './years.ts'

type Note = (code: string, at: FindingPlace, parameters?: Finding['parameters']) => void

/** A school as an element names it; null where it names none. */
export const schoolIn = (branch: Branch | undefined): NamedSchool | null => {
  const la = textIn(branch, 'LEA') || textIn(branch, 'LA')
  const [establishment, urn, name] = [textIn(branch, 'Estab'), textIn(branch, 'URN'), textIn(branch, 'SchoolName')]
  if (la + establishment + urn + name === '') return null
  return { la, establishment, urn, name }
}

/** Reads a day; a time that stands behind it is left. Notes what is no day. */
const dayIn = (branch: Branch, name: string, note: Note): PlainDate | null => {
  const text = textIn(branch, name)
  if (text === '') return null
  const day = /^\d{4}-\d\d-\d\d(?:$|T|Z|\+)/.test(text) ? parsePlainDate(text.slice(0, 10)) : undefined
  if (!day) note('TRANSFER_DAY_NOT_READ', placeIn(branch, name), { element: name })
  return day ?? null
}

const countIn = (branch: Branch, name: string, note: Note): number | null => {
  const text = textIn(branch, name)
  if (text === '') return null
  if (/^\d{1,4}$/.test(text)) return Number(text)
  note('TRANSFER_NUMBER_NOT_READ', placeIn(branch, name), { element: name })
  return null
}

/** Notes a part that lacks what it cannot be kept without, and so is left out. */
const lacks = (branch: Branch, name: string, note: Note) =>
  note('TRANSFER_PART_LACKS', { line: branch.line, path: branch.path }, { element: name, part: branch.name })

const freeMealsOf = (pupil: Branch, note: Note): readonly FreeMeals[] =>
  groupsUnder(pupil, 'FSMhistory', 'FSMinstance').flatMap((one) => {
    const from = dayIn(one, 'FSMstartDate', note)
    const to = dayIn(one, 'FSMendDate', note)
    if (from) return [{ from, to, country: textIn(one, 'UKcountry') }]
    lacks(one, 'FSMstartDate', note)
    return []
  })

/** Support, plan or none; the kinds before 2014 and any other stay as sent, with a note. */
const knownProvisions: ReadonlySet<string> = new Set(['N', 'K', 'E', 'A', 'P', 'S', 'Q'])

const senOf = (pupil: Branch, note: Note): readonly SenPeriod[] =>
  groupsUnder(pupil, 'SENhistory', 'SEN').flatMap((one) => {
    const from = dayIn(one, 'StartDate', note)
    const to = dayIn(one, 'EndDate', note)
    const provision = textIn(one, 'SENprovision')
    if (provision !== '' && !knownProvisions.has(provision))
      note('TRANSFER_CODE_NOT_KNOWN', placeIn(one, 'SENprovision'), { element: 'SENprovision' })
    if (from && provision !== '') return [{ from, to, provision }]
    lacks(one, from ? 'SENprovision' : 'StartDate', note)
    return []
  })

const needsOf = (pupil: Branch, note: Note): readonly SenNeed[] =>
  groupsUnder(pupil, 'SENhistory', 'SENneeds').flatMap((needs) =>
    groupsIn(needs, 'SENneed').flatMap((one) => {
      const [rank, type] = [textIn(one, 'SENtypeRank'), textIn(one, 'SENtype')]
      const [from, to] = [dayIn(one, 'NeedStartDate', note), dayIn(one, 'NeedEndDate', note)]
      if (type !== '') return [{ rank, type, from, to }]
      lacks(one, 'SENtype', note)
      return []
    }),
  )

const attendanceOf = (pupil: Branch, note: Note): readonly AttendanceYear[] =>
  groupsUnder(pupil, 'Attendance', 'YearData').flatMap((one) => {
    const academicYear = yearOfAttendance.read(textIn(one, 'Year'))
    const school = schoolIn(one)
    const [possible, attended] = [countIn(one, 'SessionsPossible', note), countIn(one, 'SessionsAttended', note)]
    const authorised = countIn(one, 'SessionsAuthorised', note)
    const unauthorised = countIn(one, 'SessionsUnauthorised', note)
    if (possible !== null && attended !== null && authorised !== null && unauthorised !== null)
      if (possible !== attended + authorised + unauthorised)
        note('SESSIONS_DO_NOT_ADD_UP', placeIn(one, 'SessionsPossible'))
    const base = { possible, attended, authorised, unauthorised }
    if (academicYear === undefined || !school) {
      lacks(one, academicYear === undefined ? 'Year' : 'Estab', note)
      return []
    }
    const sessions = groupsIn(one, 'AttendSessions')
    for (const more of sessions.slice(1))
      note('TRANSFER_TWICE', placeIn(more, 'AttendanceMarks'), { element: more.name })
    const first = sessions[0]
    return [
      {
        academicYear,
        school,
        ...base,
        marksFrom: first ? dayIn(first, 'AttendanceStartDate', note) : null,
        marks: textIn(first, 'AttendanceMarks'),
      },
    ]
  })

const resultsOf = (pupil: Branch, note: Note): readonly StageResult[] =>
  groupsUnder(pupil, 'StageAssessments', 'KeyStage').flatMap((stage) => {
    const results = groupsIn(stage, 'StageAssessment').flatMap((one) => {
      const academicYear = yearOfResult.read(textIn(one, 'Year'))
      const on = dayIn(one, 'ResultDate', note)
      if (academicYear === undefined) {
        lacks(one, 'Year', note)
        return []
      }
      return [
        {
          academicYear,
          stage: textIn(stage, 'Stage'),
          locale: textIn(one, 'Locale'),
          subject: textIn(one, 'Subject'),
          method: textIn(one, 'Method'),
          component: textIn(one, 'Component'),
          status: textIn(one, 'ResultStatus'),
          qualifier: textIn(one, 'ResultQualifier'),
          result: textIn(one, 'Result'),
          on,
        },
      ]
    })
    if (results.length === 0) lacks(stage, 'StageAssessment', note)
    return results
  })

const schoolsOf = (pupil: Branch, note: Note): readonly PastSchool[] =>
  groupsUnder(pupil, 'SchoolHistory', 'School').flatMap((one) => {
    const school = schoolIn(one)
    const [from, to] = [dayIn(one, 'EntryDate', note), dayIn(one, 'LeavingDate', note)]
    if (!school) {
      lacks(one, 'Estab', note)
      return []
    }
    const [reason, grounds] = [textIn(one, 'LeavingReason'), textIn(one, 'RemovalGrounds')]
    return [
      { school, from, to, reason, grounds, last: truthOf(textIn(one, 'LastSchool')) || textIn(one, 'LastSchool') },
    ]
  })

const truthOf = (text: string): 'Y' | 'N' | '' => {
  if (/^(true|1)$/i.test(text)) return 'Y'
  return /^(false|0)$/i.test(text) ? 'N' : ''
}

const statedOf = (pupil: Branch, sen: readonly SenPeriod[], note: Note): readonly Stated[] => {
  const stated: Stated[] = []
  const say = (name: StatedName, value: string, at: FindingPlace) => {
    if (value !== '') stated.push({ name, value, at })
  }
  const take = (branch: Branch | undefined, name: StatedName, ...elements: readonly string[]) => {
    const sent = branch && sentIn(branch, ...elements)
    if (sent) say(name, sent.text, sent.at)
  }
  const [basic] = groupsIn(pupil, 'BasicDetails')
  take(basic, 'former_upn', 'FormerUPN')
  take(pupil, 'uci', 'UCI')
  sexOf(pupil, note, say)
  take(basic, 'year_group', 'NCyearActual')
  take(basic, 'enrolment_status', 'EnrolStatus')
  take(basic, 'service_child', 'ServiceChild')
  const [languages] = groupsIn(basic, 'Languages')
  const spoken = groupsIn(languages, 'Type').map((one) =>
    `${textIn(one, 'LanguageType')} ${textIn(one, 'Language')}`.trim(),
  )
  if (languages) say('languages', spoken.filter((one) => one !== '').join(', '), placeIn(languages, 'Type'))
  const [meals] = groupsIn(pupil, 'FSMhistory')
  const review = meals && dayIn(meals, 'FSMreviewDate', note)
  if (meals && review) say('fsm_review', review, placeIn(meals, 'FSMreviewDate'))
  careOf(pupil, note, say)
  const now = sen.filter(({ to }) => to === null).sort((one, other) => (one.from < other.from ? 1 : -1))[0]
  if (now && ['N', 'K', 'E'].includes(now.provision))
    say('sen', now.provision, { path: `${pupil.path}/SENhistory`, line: pupil.line })
  const [wales] = groupsIn(pupil, 'NAWdetails')
  for (const [name, element] of welsh) take(wales, name, element)
  return stated
}

type Say = (name: StatedName, value: string, at: FindingPlace) => void

const sexOf = (pupil: Branch, note: Note, say: Say) => {
  const sex = sentIn(pupil, 'Sex', 'Gender')
  if (!sex) return
  if (!['M', 'F', 'U', 'W'].includes(sex.text)) note('TRANSFER_CODE_NOT_KNOWN', sex.at, { element: 'Sex' })
  const gender = textIn(pupil, 'Gender')
  if (gender !== '' && gender !== sex.text) note('TRANSFER_TWICE', placeIn(pupil, 'Gender'), { element: 'Gender' })
  say('sex', sex.text, sex.at)
}

/** Being in care is said or not stated; a file that says nothing does not say no. */
const careOf = (pupil: Branch, note: Note, say: Say) => {
  const [care] = groupsIn(pupil, 'LookedAfter')
  const sent = care && sentIn(care, 'InCare')
  if (care && sent) {
    const truth = truthOf(sent.text)
    if (truth === '') note('TRANSFER_CODE_NOT_KNOWN', sent.at, { element: 'InCare' })
    say('in_care', truth, sent.at)
  }
  const authority = care && sentIn(care, 'CareAuthority')
  if (authority) say('care_authority', authority.text, authority.at)
}

const welsh: readonly (readonly [StatedName, string])[] = [
  ['speak_welsh', 'SpeakWelsh'],
  ['home_welsh', 'HomeWelsh'],
  ['welsh_source', 'WelshSource'],
  ['eal_acquisition', 'EALAcquisition'],
  ['language_source', 'LanguageSource'],
  ['sen_curriculum', 'SENCurriculumandTeachingMethods'],
  ['sen_grouping', 'SENGroupingandSupport'],
  ['sen_resources', 'SENSpecialisedResources'],
  ['sen_advice', 'SENAdviceandAssessment'],
]

/** A UPN of the wrong shape withholds the pupil; a wrong check letter or none at all only warns. */
const upnOf = (sent: SentValue | null, pupil: Branch, findings: Finding[]): Upn | null => {
  const find = (code: string, severity: Finding['severity'], at: FindingPlace) =>
    findings.push({ code, severity, at, parameters: {} })
  const read = sent && readUpn(sent.text)
  if (!sent || read?.kind === 'none') {
    find('UPN_NOT_SENT', 'warning', sent?.at ?? placeIn(pupil, 'UPN'))
    return null
  }
  if (!read) {
    find('UPN_SHAPE', 'error', sent.at)
    return null
  }
  if (!read.checked) find('UPN_CHECK_LETTER', 'warning', sent.at)
  return read.upn
}

const ulnOf = (pupil: Branch, note: Note): { readonly uln: Uln | null; readonly sent: SentValue | null } => {
  const sent = sentIn(pupil, 'UniqueLearnerNumber')
  if (!sent) return { uln: null, sent }
  const uln = parseUln(sent.text)
  if (!uln) note('ULN_SHAPE', sent.at)
  else if (!hasUlnCheckDigit(uln)) note('ULN_CHECK_DIGIT', sent.at)
  return { uln: uln ?? null, sent }
}

/** Notes what stands twice under one key: the store holds one of each, and the last one said would hide the first. */
const once = <Part>(
  parts: readonly Part[],
  keyOf: (part: Part) => readonly unknown[],
  element: string,
  at: FindingPlace,
  note: Note,
) => {
  const keys = new Set<string>()
  return parts.filter((part) => {
    const key = JSON.stringify(keyOf(part))
    if (keys.has(key)) note('TRANSFER_TWICE', at, { element })
    const first = !keys.has(key)
    keys.add(key)
    return first
  })
}

/** Reads one pupil from the elements of a file. `found` is what was noted while they were gathered. */
export const readPupil = (branch: Branch, number: number, found: readonly Finding[]): TransferPupil => {
  const findings: Finding[] = []
  const note: Note = (code, at, parameters = {}) => findings.push({ code, severity: 'warning', at, parameters })
  const upnSent = sentIn(branch, 'UPN')
  const upn = upnOf(upnSent, branch, findings)
  const { uln, sent } = ulnOf(branch, note)
  const born = dayIn(branch, 'DOB', note)
  const under = (name: string): FindingPlace => ({ line: branch.line, path: `${branch.path}/${name}` })
  const of = ({ la, establishment }: NamedSchool) => [la, establishment]
  const sen = once(senOf(branch, note), (one) => [one.from, one.provision], 'SEN', under('SENhistory'), note)
  const results = once(
    resultsOf(branch, note),
    (one) => [one.academicYear, one.stage, one.locale, one.subject, one.method, one.component, one.qualifier],
    'StageAssessment',
    under('StageAssessments'),
    note,
  )
  const attendance = once(
    attendanceOf(branch, note),
    (one) => [one.academicYear, ...of(one.school)],
    'YearData',
    under('Attendance'),
    note,
  )
  const schools = once(
    schoolsOf(branch, note),
    (one) => [...of(one.school), one.from],
    'School',
    under('SchoolHistory'),
    note,
  )
  const needs = once(needsOf(branch, note), (one) => [one.type, one.rank], 'SENneed', under('SENhistory'), note)
  const freeMeals = once(freeMealsOf(branch, note), (one) => [one.from], 'FSMinstance', under('FSMhistory'), note)
  const stated = statedOf(branch, sen, note)
  return {
    number,
    at: { line: branch.line, path: branch.path },
    upn,
    upnSent,
    uln,
    surname: textIn(branch, 'Surname'),
    forename: textIn(branch, 'Forename'),
    born,
    stated: [
      ...(sent && uln ? [{ name: 'uln' as const, value: uln, at: sent.at }] : []),
      ...(born ? [{ name: 'date_of_birth' as const, value: born, at: placeIn(branch, 'DOB') }] : []),
      ...stated,
    ],
    freeMeals,
    sen,
    needs,
    attendance,
    results,
    schools,
    findings: [...found, ...findings],
  }
}
