import { gzipSync, zipSync } from 'fflate'
import type { KeptPart } from '../connectors/format/xml.ts'
import { upnCheckLetter } from '../src/domain/identifiers.ts'
import { makePupil, makeUpn, seededRandom } from './make.ts'

/** A made-up transfer file in the words of one producer; every name and number is nobody's. */
export type TransferWish = {
  readonly header?: string
  readonly pupils?: readonly string[]
  readonly declaration?: string
}

const source = `<SourceSchool><LEA>999</LEA><Estab>4001</Estab><URN>990101</URN><SchoolName>Tillbrook Academy</SchoolName><AcademicYear>2025</AcademicYear></SourceSchool>`
const destination = '<DestSchool><LEA>998</LEA><Estab>4102</Estab><URN>990202</URN></DestSchool>'

/** The head of a file, with some of it otherwise. */
export const transferHeader = (
  wish: {
    readonly version?: string
    readonly supplier?: string
    readonly qualifier?: string
    readonly name?: string
    readonly schools?: string
  } = {},
): string =>
  `<Header><DocumentName>${wish.name ?? 'Common Transfer File'}</DocumentName><CTFversion>${wish.version ?? '25.0'}</CTFversion>` +
  `<DateTime>2026-06-22T09:00:00</DateTime><DocumentQualifier>${wish.qualifier ?? 'full'}</DocumentQualifier>` +
  `<SupplierID>${wish.supplier ?? 'SIMS'}</SupplierID>${wish.schools ?? source + destination}</Header>`

/** A whole file. */
export const transferFile = ({
  header = transferHeader(),
  pupils = [transferPupil(1)],
  declaration,
}: TransferWish = {}): string =>
  `${declaration ?? '<?xml version="1.0" encoding="utf-8"?>'}\n<CTfile>\n${header}\n<CTFpupilData>\n${pupils.join('\n')}\n</CTFpupilData>\n</CTfile>\n`

/** The core of a made-up pupil and then some sections. */
export const transferPupil = (seed: number, sections = '', core: Readonly<Record<string, string>> = {}): string => {
  const random = seededRandom(seed)
  const pupil = makePupil(random)
  const all = {
    UPN: pupil.upn,
    Surname: pupil.surname,
    Forename: pupil.forename,
    DOB: pupil.dateOfBirth,
    Sex: random.pick(['F', 'M']),
    ...core,
  }
  const elements = Object.entries(all).map(([name, text]) => (text === '-' ? '' : `<${name}>${text}</${name}>`))
  return `<Pupil>\n${elements.join('')}\n${sections}\n</Pupil>`
}

/** The copy that may be kept, put together. */
export const keptText = (parts: readonly KeptPart[]): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(parts.map(({ bytes }) => bytes)))

/** What must never come through, put wherever it may stand. */
export const secret = 'ZQSECRETZQ'

/** Every section that is never read, full of the secret. */
export const neverRead =
  `<Address><BS7666Address><PAON> ${secret} </PAON><Street>${secret} Street</Street></BS7666Address><PostCode>${secret}</PostCode></Address>` +
  `<Phones><Phone><TelephoneType>H</TelephoneType><PhoneNo>01632 ${secret}</PhoneNo></Phone></Phones><Email>${secret}@x.example</Email>` +
  `<Contacts><Contact><Order>1</Order><Surname>${secret}</Surname><Gender>F</Gender><Relationship>FOS</Relationship><Address><AddressAsPupil>true</AddressAsPupil></Address></Contact></Contacts>`

export const basicDetails = `<BasicDetails><FormerUPN>${makeUpn(seededRandom(77))}</FormerUPN><PreferredSurname>${secret}</PreferredSurname><FormerSurname>${secret}</FormerSurname><PreferredForename>${secret}</PreferredForename><MiddleNames>${secret}</MiddleNames><NCyearActual>8</NCyearActual><Ethnicity>${secret}</Ethnicity><EthnicitySource>P</EthnicitySource><Languages><Type><LanguageType>F</LanguageType><Language>CYM</Language></Type><Type><LanguageType>H</LanguageType><Language>ENG</Language></Type></Languages><ServiceChild>N</ServiceChild><MedicalFlag>true</MedicalFlag><Disabilities><Disability>${secret}</Disability></Disabilities><EnrolStatus>C</EnrolStatus></BasicDetails>`

export const meals =
  '<FSMhistory><FSMreviewDate>2026-09-01</FSMreviewDate><FSMinstance><FSMstartDate>2024-01-08</FSMstartDate><FSMendDate>2025-03-31</FSMendDate><UKcountry>ENG</UKcountry></FSMinstance><FSMinstance><FSMstartDate>2025-09-01</FSMstartDate></FSMinstance></FSMhistory>'

export const lookedAfter = '<LookedAfter><InCare>true</InCare><CareAuthority>999</CareAuthority></LookedAfter>'

export const sen =
  '<SENhistory><SEN><StartDate>2024-09-02</StartDate><SENprovision>K</SENprovision></SEN><SEN><StartDate>2022-09-05</StartDate><SENprovision>N</SENprovision><EndDate>2024-09-01</EndDate></SEN><SENneeds><SENneed><NeedStartDate>2024-09-02</NeedStartDate><SENtypeRank>1</SENtypeRank><SENtype>SEMH</SENtype></SENneed></SENneeds></SENhistory>'

const totals =
  '<SessionsPossible>380</SessionsPossible><SessionsAuthorised>20</SessionsAuthorised><SessionsAttended>350</SessionsAttended><SessionsUnauthorised>10</SessionsUnauthorised>'
export const yearData = (
  inside = totals,
  school = '<LEA>999</LEA><Estab>4001</Estab><URN>990101</URN><SchoolName>Tillbrook Academy</SchoolName>',
): string => `<Attendance><YearData><Year>2025</Year>${school}${inside}</YearData></Attendance>`

/** One stage's results: subject, method, component, qualifier and result of each. */
export const stage = (
  name: string,
  year: number,
  rows: readonly (readonly [string, string, string, string, string])[],
): string =>
  `<KeyStage><Stage>${name}</Stage>${rows
    .map(
      ([subject, method, component, qualifier, result]) =>
        `<StageAssessment><Locale>ENG</Locale><Year>${year}</Year><Subject>${subject}</Subject><Method>${method}</Method><Component>${component}</Component><ResultStatus>R</ResultStatus><ResultQualifier>${qualifier}</ResultQualifier><Result>${result}</Result></StageAssessment>`,
    )
    .join('')}</KeyStage>`

export const assessments = `<StageAssessments>${stage('EYF', 2018, [
  ['COM', 'FA', 'E01', 'FD', '2'],
  ['LIT', 'FA', 'E08', 'FD', '1'],
])}${stage('KS1', 2020, [
  ['ENG', 'TA', 'REA', 'NC', 'EXS'],
  ['MAT', 'TA', 'MAT', 'NC', 'WTS'],
])}${stage('KS2', 2024, [
  ['ENG', 'TA', 'WRI', 'NC', 'EXS'],
  ['MAT', 'TT', 'MTC', 'MT', '21'],
])}</StageAssessments>`

export const schools =
  '<SchoolHistory><School><LEA>999</LEA><Estab>2001</Estab><URN>990303</URN><SchoolName>St Cyr&apos;s Primary</SchoolName><EntryDate>2018-09-04</EntryDate><LeavingDate>2024-07-19</LeavingDate><LeavingReason>PM</LeavingReason></School><School><LEA>999</LEA><Estab>4001</Estab><URN>990101</URN><SchoolName>Tillbrook Academy</SchoolName><EntryDate>2024-09-03</EntryDate><LeavingDate/><LastSchool>true</LastSchool></School></SchoolHistory>'

const wales =
  '<NAWdetails><SpeakWelsh>1</SpeakWelsh><HomeWelsh>N</HomeWelsh><NationalIdentity>ZQSECRETZQ</NationalIdentity><WelshSource>P</WelshSource><EALAcquisition>E</EALAcquisition><SENCurriculumandTeachingMethods>CT2</SENCurriculumandTeachingMethods></NAWdetails>'

/** Everything a pupil may have, in the order of a producer. */
export const everything = basicDetails + meals + lookedAfter + sen + neverRead + yearData() + assessments + schools

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16 = (text: string): Uint8Array => new Uint8Array([0xff, 0xfe, ...Buffer.from(text, 'utf16le')])
const latin = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))
const upn = (twelve: string): string => `${upnCheckLetter(twelve)}${twelve}`
const file = (sections: string, core: Readonly<Record<string, string>> = {}): string =>
  transferFile({ pupils: [transferPupil(1, sections, core)] })

/** Every shape of a producer and every known quirk, by name; made here, so that no real file is ever kept. */
export const transferVariants: Readonly<Record<string, () => Uint8Array>> = {
  'sims-19-full': () =>
    encode(
      transferFile({
        header: transferHeader({ version: '19.0' }),
        pupils: [
          transferPupil(1, everything, { Sex: '-', Gender: 'F' }),
          transferPupil(2, everything, { Sex: '-', Gender: 'M' }),
        ],
      }),
    ),
  'arbor-21-partial-key-stage-1': () =>
    encode(
      transferFile({
        header: transferHeader({ version: '21.0', supplier: 'Arbor', qualifier: 'partial' }).replace(
          '<SupplierID>',
          '<DataDescriptor>Partial CTF containing Key Stage 1 data</DataDescriptor><SupplierID>',
        ),
        pupils: [transferPupil(1, `\n\n\n${assessments}`, { Sex: '-', Gender: 'F' })],
      }),
    ),
  'arbor-22-full': () =>
    encode(
      transferFile({
        header: transferHeader({ version: '22.0', supplier: 'Arbor' }),
        pupils: [transferPupil(1, everything.replace('<NCyearActual>8', '<NCyearActual>R'))],
      }),
    ),
  'mtc-24-stamped-a-year-old': () =>
    encode(
      transferFile({
        header: transferHeader({ version: '24.0', supplier: 'Multiplication Tables Check', qualifier: 'partial' }),
        pupils: [
          transferPupil(
            1,
            `<StageAssessments>${stage('KS2', 2025, [['MAT', 'TT', 'MTC', 'MT', 'A']])}</StageAssessments>`,
            { Surname: 'ASHDOWN', Forename: 'LOWRI' },
          ),
          transferPupil(
            2,
            '<StageAssessments><KeyStage><Stage>KS2</Stage><StageAssessment><Locale>ENG</Locale><Year>2025</Year><Subject>MAT</Subject><Method>TT</Method><Component>MTC</Component><ResultStatus>R</ResultStatus><ResultQualifier>MT</ResultQualifier><Result/></StageAssessment></KeyStage></StageAssessments>',
          ),
        ],
      }),
    ),
  'giap-25-with-mark-and-no-numbers': () =>
    encode(
      `\uFEFF${transferFile({ header: transferHeader({ supplier: 'GIAP', schools: '<SourceSchool><LEA>XXX</LEA><Estab>XXXX</Estab><SchoolName>GIAP</SchoolName><AcademicYear>2025</AcademicYear></SourceSchool><DestSchool><LEA>999</LEA><Estab>4001</Estab></DestSchool>' }), pupils: [transferPupil(1, '<StageAssessments />', { UPN: '' }), transferPupil(2, assessments)] })}`,
    ),
  'aspen-12-with-marks': () =>
    encode(
      transferFile({
        header: transferHeader({ version: '12.0', supplier: 'Aspen' }),
        pupils: [
          transferPupil(
            1,
            yearData(
              `${totals}<AttendSessions><AttendanceStartDate>2025-09-03</AttendanceStartDate><AttendanceMarks>/\\/\\NNL\\####/\\</AttendanceMarks></AttendSessions>`,
            ) + lookedAfter,
            { Sex: '-', Gender: 'M' },
          ),
        ],
      }),
    ),
  'version-13': () => encode(transferFile({ header: transferHeader({ version: '13.0' }) })),
  'version-26': () => encode(transferFile({ header: transferHeader({ version: '26.0' }) })),
  'version-41-not-known': () => encode(transferFile({ header: transferHeader({ version: '41.0' }) })),
  'version-11-too-old': () => encode(transferFile({ header: transferHeader({ version: '11.0' }) })),
  'version-not-said': () => encode(transferFile({ header: transferHeader({ version: '' }) })),
  'one-writes-ctfversion-otherwise': () => encode(transferFile().replaceAll('CTFversion', 'CTFVersion')),
  'la-in-place-of-lea': () => encode(file(yearData() + schools).replaceAll('LEA>', 'LA>')),
  'urn-not-known': () => encode(transferFile({ header: transferHeader().replaceAll(/<URN>\d{6}/g, '<URN>XXXXXX') })),
  'urn-not-there': () => encode(transferFile({ header: transferHeader().replaceAll(/<URN>\d{6}<\/URN>/g, '') })),
  'sections-in-any-order': () =>
    encode(file(schools + assessments + yearData() + neverRead + sen + lookedAfter + meals + basicDetails)),
  'pupils-before-the-head': () =>
    encode(
      `<?xml version="1.0"?><CTfile><CTFpupilData>${transferPupil(1, sen)}</CTFpupilData>${transferHeader()}</CTfile>`,
    ),
  'head-not-there': () => encode(transferFile({ header: '' })),
  'without-a-declaration': () => encode(transferFile({ declaration: '' }).trimStart()),
  'utf-16-little-end-first': () =>
    utf16(
      transferFile({
        declaration: '<?xml version="1.0" encoding="utf-16"?>',
        pupils: [transferPupil(1, everything, { Forename: 'Zoë' })],
      }),
    ),
  'windows-1252': () =>
    latin(
      transferFile({
        declaration: '<?xml version="1.0" encoding="windows-1252"?>',
        pupils: [transferPupil(1, basicDetails, { Surname: 'Sa\u00efdi', Forename: 'Zo\u00eb' })],
      }),
    ),
  'says-utf-16-and-is-utf-8': () => encode(transferFile({ declaration: '<?xml version="1.0" encoding="utf-16"?>' })),
  gzipped: () => gzipSync(encode(file(everything)), { mtime: 0 }),
  zipped: () =>
    zipSync({ '9994001_CTF_9984102_001 (1).xml': encode(file(everything)) }, { mtime: new Date(2026, 0, 1) }),
  'names-with-entities': () => encode(file('', { Surname: 'O&apos;Brayne &amp; Dunmore', Forename: '&#90;o&#xEB;' })),
  'surname-missing': () => encode(file('', { Surname: '-' })),
  'day-of-birth-missing': () => encode(file('', { DOB: '-' })),
  'day-of-birth-with-a-time': () => encode(file('', { DOB: '2013-05-02T00:00:00' })),
  'day-of-birth-that-is-none': () => encode(file('', { DOB: '2013-02-30' })),
  'upn-with-a-wrong-letter': () =>
    encode(file('', { UPN: `${upn('999120001010') === 'A999120001010' ? 'B' : 'A'}999120001010` })),
  'upn-temporary': () => encode(file('', { UPN: upn('99912000101V') })),
  'upn-that-is-none': () => encode(file('', { UPN: '12345' })),
  'upn-with-an-illegal-last-letter': () => encode(file('', { UPN: 'A99912000101O' })),
  'upn-a-reason-for-none': () => encode(file('', { UPN: 'UN3' })),
  'uln-right': () => encode(file('', { UniqueLearnerNumber: '9276308686', UCI: '990010000001A' })),
  'uln-wrong': () => encode(file('', { UniqueLearnerNumber: '9276308687' })),
  'uln-no-shape': () => encode(file('', { UniqueLearnerNumber: '12' })),
  'sex-and-gender': () => encode(file('', { Sex: 'F', Gender: 'M' })),
  'sex-a-code-not-known': () => encode(file('', { Sex: 'Q' })),
  'in-care-as-a-digit': () => encode(file('<LookedAfter><InCare>1</InCare></LookedAfter>')),
  'in-care-false': () => encode(file('<LookedAfter><InCare>false</InCare></LookedAfter>')),
  'in-care-not-read': () =>
    encode(file('<LookedAfter><InCare>perhaps</InCare><CareAuthority>MMM</CareAuthority></LookedAfter>')),
  'leaving-day-blank': () =>
    encode(
      file(schools.replace('<LeavingDate>2024-07-19</LeavingDate>', '<LeavingDate></LeavingDate><RemovalGrounds/>')),
    ),
  'removal-grounds': () =>
    encode(file(schools.replace('</LeavingReason>', '</LeavingReason><RemovalGrounds>G</RemovalGrounds>'))),
  'sessions-do-not-add-up': () => encode(file(yearData(totals.replace('380', '381')))),
  'sessions-not-a-number': () => encode(file(yearData(totals.replace('380', 'many')))),
  'attendance-without-a-year': () => encode(file(yearData().replace('<Year>2025</Year>', ''))),
  'sen-of-long-ago': () => encode(file(sen.replaceAll('>K<', '>S<').replace('SEMH', 'BESD'))),
  'sen-a-code-not-known': () => encode(file(sen.replaceAll('>K<', '>Z<'))),
  'sen-without-a-first-day': () => encode(file(sen.replace('<StartDate>2024-09-02</StartDate>', ''))),
  'free-meals-without-a-first-day': () => encode(file(meals.replaceAll(/<FSMstartDate>[^<]*<\/FSMstartDate>/g, ''))),
  'key-stage-2-under-key-stage-1': () => encode(file(assessments.replaceAll('KS2', 'KS1'))),
  'results-of-a-kind-not-known': () =>
    encode(file(`<StageAssessments>${stage('KS3', 2025, [['GEO', 'XX', 'ZZZ', 'QQ', '7b']])}</StageAssessments>`)),
  'result-without-a-year': () => encode(file(assessments.replaceAll(/<Year>2018<\/Year>/g, ''))),
  wales: () =>
    encode(
      transferFile({
        header: transferHeader({ version: '20.0', schools: source.replace('999', '671') }),
        pupils: [transferPupil(1, wales)],
      }),
    ),
  'supplier-extras-three-times': () =>
    encode(
      file(
        `<BasicDetails><NCyearActual>5</NCyearActual><EnglishAsAdditionalLanguage>${secret}</EnglishAsAdditionalLanguage><SuppInfo><Religion>${secret}</Religion></SuppInfo></BasicDetails><EnglishAsAdditionalLanguage>${secret}</EnglishAsAdditionalLanguage><SuppInfo>${secret}</SuppInfo>`,
      ),
    ),
  'elements-not-known': () =>
    encode(
      transferFile({
        pupils: [
          transferPupil(1, `<Newcomer><Inside>${secret}</Inside></Newcomer>`),
          transferPupil(2, '<Newcomer>1</Newcomer>'),
        ],
      }),
    ),
  'service-child-told-at-length': () =>
    encode(file(`<ServiceChildDetails><Response>${secret}</Response></ServiceChildDetails>`)),
  'an-element-twice': () =>
    encode(
      file(
        '<UPN>B801200005001</UPN><LookedAfter><InCare>true</InCare></LookedAfter><LookedAfter><InCare>false</InCare></LookedAfter>',
      ),
    ),
  'text-between-elements': () => encode(file(`${secret}<SENhistory>${secret}</SENhistory>`)),
  'remarks-and-attributes': () =>
    encode(
      file(
        `<!-- ${secret} --><?note ${secret}?><BasicDetails who="${secret}"><NCyearActual by="${secret}">7<!-- ${secret} --></NCyearActual></BasicDetails>`,
      ),
    ),
  'text-in-cdata': () => encode(file('', { Surname: '<![CDATA[Ash & down]]>' })),
  'everything-on-one-line': () => encode(transferFile({ pupils: [transferPupil(1, everything)] }).replaceAll('\n', '')),
  'lines-of-windows': () => encode(transferFile({ pupils: [transferPupil(1, everything)] }).replaceAll('\n', '\r\n')),
  'many-pupils-one-school': () =>
    encode(transferFile({ pupils: Array.from({ length: 12 }, (_, index) => transferPupil(index + 1, everything)) })),
  'admissions-file': () =>
    encode(
      `<?xml version="1.0"?><ATfile><Header><DocumentName>Admissions Data Transfer File</DocumentName></Header><ATFpupilData/></ATfile>`,
    ),
  'admissions-file-in-a-ctf': () =>
    encode(transferFile({ header: transferHeader({ name: 'Admissions Data Transfer File' }) })),
  'missing-education-file': () => encode('<?xml version="1.0"?><CMLfile><Header/></CMLfile>'),
  'missing-education-in-a-ctf': () =>
    encode(transferFile({ header: transferHeader({ name: 'Children Missing Education Leaver' }) })),
  'another-root': () => encode('<?xml version="1.0"?><Message><Header/></Message>'),
  'no-pupils': () => encode(transferFile({ pupils: [] })),
  'two-declarations': () => encode(`<?xml version="1.0" encoding="utf-8"?>\n${transferFile()}`),
  'document-type': () =>
    encode(transferFile({ declaration: '<?xml version="1.0"?><!DOCTYPE CTfile SYSTEM "ctf.dtd">' })),
  'entity-not-known': () => encode(file('', { Surname: '&nbsp;Ashdown' })),
  'not-well-formed': () => encode(transferFile().replace('</Surname>', '</Sumame>')),
  'cut-short': () => encode(transferFile({ pupils: [transferPupil(1, everything)] }).slice(0, 900)),
  'not-in-its-encoding': () => latin(transferFile({ pupils: [transferPupil(1, '', { Forename: 'Zo\u00eb' })] })),
  'encoding-not-known': () => encode(transferFile({ declaration: '<?xml version="1.0" encoding="ebcdic-cp-gb"?>' })),
  'too-deep': () => encode(file(`${'<a>'.repeat(60)}${'</a>'.repeat(60)}`)),
}

/** A whole school's file, about 7.5 KB a pupil, given in pieces so that it can be as large as is wanted. */
export function* wholeSchool(pupils: number, seed: number, upnOf: (index: number) => string): Generator<string> {
  yield `<?xml version="1.0" encoding="utf-8"?>\n<CTfile>\n${transferHeader()}\n<CTFpupilData>\n`
  const body = pretty(everything + neverRead)
  for (let index = 0; index < pupils; index += 1) {
    const more = pretty(
      `<StageAssessments>${Array.from({ length: 6 }, (_, row) => stage('KS1', 2019, [['ENG', 'TA', `C${row}`, 'NC', 'EXS']])).join('')}</StageAssessments>`,
    )
    yield `${transferPupil(seed + index, body + more, { UPN: upnOf(index) })}\n`
  }
  yield '</CTFpupilData>\n</CTfile>\n'
}

/** One element a line, indented, as a management system writes it. */
const pretty = (text: string): string => text.replaceAll('><', '>\n      <')
