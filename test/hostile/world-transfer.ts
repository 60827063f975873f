import { plainDate } from '../../src/domain/dates.ts'
import { publishImports } from '../../src/intake/publish.ts'
import { receiveTransfer, type TransferSender, transferPieces } from '../../src/intake/receive-transfer.ts'
import type { NodeRuntime } from '../../src/runtime/node/open.ts'
import { personByEmail } from '../../src/store/people.ts'
import { importsAsChanges } from '../../src/store/report.ts'
import { schoolByUrn } from '../../src/store/schools.ts'
import { basicDetails, stage, transferFile, transferHeader, transferPupil } from '../transfer-files.ts'
import {
  type ChildName,
  type Council,
  childNamed,
  childNames,
  emailOf,
  type FileName,
  files,
  formerUpnOf,
  type Letter,
  rollFile,
  schools,
  uniqueOf,
} from './described.ts'

const record = (name: ChildName, at: Letter) =>
  transferPupil(
    childNames.indexOf(name) + 1,
    [
      basicDetails.replace(/<FormerUPN>\w+<\/FormerUPN>/, `<FormerUPN>${formerUpnOf(name, at)}</FormerUPN>`),
      `<StageAssessments>${stage('KS2', 2024, [['MAT', 'TA', 'MAT', 'NC', `ResultQx${name}${at}`]])}</StageAssessments>`,
      `<SchoolHistory><School><LEA>991</LEA><Estab>2001</Estab><SchoolName>PastQx${name}${at}</SchoolName>`,
      '<EntryDate>2018-09-04</EntryDate></School></SchoolHistory>',
    ].join(''),
    { UPN: uniqueOf(name).upn, Surname: `SurQx${name}`, Forename: `Qx${name}`, DOB: uniqueOf(name).born },
  )

/** One child of each council, of whom its own team brings a file from a school that nobody here knows. */
const namedElsewhere = { '991': 'onroll', '992': 'secondcouncil', '993': 'thirdcouncil' } as const

/** What a council brings in itself: a record that names a school where the child has no place. */
export const bringInTransfer = async (runtime: NodeRuntime, council: Council, virtualSchool: number): Promise<void> => {
  const child = namedElsewhere[council]
  const header = transferHeader({
    schools: `<SourceSchool><LEA>998</LEA><Estab>4777</Estab><URN>990777</URN><SchoolName>NamedQx${child}</SchoolName><AcademicYear>2025</AcademicYear></SourceSchool>`,
  })
  const { upn, born } = uniqueOf(child)
  const text = transferFile({
    header,
    pupils: [transferPupil(1, '', { UPN: upn, Surname: `SurQx${child}`, Forename: `Qx${child}`, DOB: born })],
  })
  await bring(runtime, rollFile('transfer', council), text, { kind: 'council', virtualSchool }, null)
}

const bring = async (
  runtime: NodeRuntime,
  name: string,
  text: string,
  from: TransferSender['from'],
  by: number | null,
) => {
  const bytes = new TextEncoder().encode(text)
  const received = await receiveTransfer(
    runtime,
    { name: `${name}.xml`, sha256: name, bytes: bytes.length },
    transferPieces(
      (async function* () {
        yield bytes
      })(),
    ),
    { from, by, via: 'page' },
  )
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  await publishImports(
    runtime,
    (await importsAsChanges(runtime.db.query, received.delivery)).map((one) => ({ ...one, by: null, part: 'command' })),
  )
}

/** A school's Common Transfer File about every child that ever was there, published for the councils it speaks to. */
export const sendTransfer = async (
  runtime: NodeRuntime,
  numbers: ReadonlyMap<Council, number>,
  name: FileName,
): Promise<void> => {
  const { query } = runtime.db
  const { at, by, of } = files[name]
  const school = await schoolByUrn(
    query,
    plainDate(runtime.now().slice(0, 10)),
    schools.find(({ letter }) => letter === at)?.urn ?? '',
  )
  const there = childNames.filter((child) => childNamed(child).places.some((place) => place.at === at))
  await bring(
    runtime,
    name,
    transferFile({ pupils: there.map((child) => record(child, at)) }),
    {
      kind: 'school',
      school: school?.number ?? 0,
      virtualSchools: of.map((council) => numbers.get(council) ?? 0),
    },
    (await personByEmail(query, emailOf(by)))?.number ?? 0,
  )
}
