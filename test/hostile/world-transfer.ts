import { plainDate } from '../../src/domain/dates.ts'
import { publishImports } from '../../src/intake/publish.ts'
import { receiveTransfer, transferPieces } from '../../src/intake/receive-transfer.ts'
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
  const bytes = new TextEncoder().encode(
    transferFile({ header: transferHeader(), pupils: there.map((child) => record(child, at)) }),
  )
  const received = await receiveTransfer(
    runtime,
    { name: `${name}.xml`, sha256: name, bytes: bytes.length },
    transferPieces(
      (async function* () {
        yield bytes
      })(),
    ),
    {
      from: {
        kind: 'school',
        school: school?.number ?? 0,
        virtualSchools: of.map((council) => numbers.get(council) ?? 0),
      },
      by: (await personByEmail(query, emailOf(by)))?.number ?? 0,
      via: 'page',
    },
  )
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  await publishImports(
    runtime,
    (await importsAsChanges(query, received.delivery)).map((one) => ({ ...one, by: null, part: 'command' })),
  )
}
