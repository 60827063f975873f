import { newPublicId, upnCheckLetter } from '../../../src/domain/identifiers.ts'
import { confirmReturn } from '../../../src/intake/confirm-return.ts'
import { publishRegister, receiveRegister } from '../../../src/intake/receive-register.ts'
import { intakeScope } from '../../../src/intake/receive-return.ts'
import { addVirtualSchools } from '../../../src/seed/demo.ts'
import { csvFile } from '../../../src/seed/random.ts'
import { bringInRoll } from '../../../src/seed/roll.ts'
import { importsOfDelivery } from '../../../src/store/imports.ts'
import { schoolByUrn, virtualSchools } from '../../../src/store/schools.ts'
import { establishmentsFile, inPieces, linksFile } from '../../connectors/register.ts'
import { fillWorkbook, makeCsv } from '../../make.ts'
import { everything, transferFile, transferPupil } from '../../transfer-files.ts'
import { type Browser, browserFor } from '../../web/browser.ts'
import { rowsOf } from '../filled.ts'
import type { NodePortal } from '../server.ts'
import { fillMoney } from './filled-money.ts'

/** Who opens pages: one person of each kind that pages differ for. The last two have a council with nothing in it. */
export const readers = {
  lead: 'd.okoro@ellerwick.example',
  data: 'h.marsh@wendlemoor.example',
  head: 'a.dhillon@wendlemoor.example',
  newLead: 'lead@newly-opened.example',
  newHead: 'head@newly-opened.example',
} as const

export type Reader = keyof typeof readers

const went = (answer: Response): Response => {
  if (answer.status !== 303) throw new Error(`${answer.url} answered ${answer.status}`)
  return answer
}

const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer())

const upnOfNobody = `${upnCheckLetter('993123456789') ?? 'A'}993123456789`

const slips = [
  { item: 'status', value: 'on role' },
  { item: 'entry_date', value: '31/06/2026' },
  { item: 'hours_offered', value: '99' },
  { item: 'suspensions', value: 'a few' },
]

/** One return that is sent, with a row for the council's officers to match; then one with a cell to mend in each row. */
const sendReturns = async ({ runtime }: NodePortal, lead: Browser) => {
  const workbook = await bytesOf(await lead.get('/return/workbook.xlsx'))
  const rows = rowsOf(workbook)
  const own = rows.findIndex(({ council }) => council?.raw.startsWith('Wendlemoor'))
  const referenceOf = (index: number) => rows[index]?.reference?.raw ?? ''
  const stranger = fillWorkbook(workbook, [
    { rowReference: referenceOf(own), item: 'upn', value: upnOfNobody },
    { rowReference: referenceOf(own), item: 'row_reference', value: null },
  ])
  const sent = went(await lead.upload('ellerwick-first.xlsx', stranger)).headers.get('location') ?? ''
  const { query } = runtime.db
  const school = await schoolByUrn(query, intakeScope(runtime, 0, [], 0).today, '900001')
  const person = await query
    .selectFrom('person')
    .select('number')
    .where('email', '=', readers.lead)
    .executeTakeFirstOrThrow()
  const scope = intakeScope(runtime, school?.number ?? 0, await councilsOf(runtime), person.number)
  for (const part of await importsOfDelivery(query, scope, sent.split('/').at(-1) ?? '')) {
    if (part.council !== 'Wendlemoor') continue
    const said = { by: person.number, part: 'school', warningsAccepted: true }
    const { outcome } = await confirmReturn(runtime, scope, part, said)
    if (outcome !== 'submitted') throw new Error(outcome)
  }
  const edits = slips.map((one, index) => ({ ...one, rowReference: referenceOf(index) }))
  went(await lead.upload('ellerwick-autumn.xlsx', fillWorkbook(workbook, edits)))
}

const councilsOf = async ({ db }: NodePortal['runtime']) => (await virtualSchools(db.query)).map(({ number }) => number)

const upnsAtEllerwick = async ({ runtime }: NodePortal): Promise<readonly string[]> => {
  const rows = await runtime.db.query
    .selectFrom('pupil_identifier')
    .innerJoin('place', 'place.pupil_number', 'pupil_identifier.pupil_number')
    .innerJoin('school_detail', 'school_detail.school_number', 'place.school_number')
    .select('pupil_identifier.value')
    .where('school_detail.name', '=', 'Ellerwick Academy')
    .where('pupil_identifier.kind', '=', 'upn')
    .orderBy('pupil_identifier.pupil_number')
    .execute()
  return rows.map(({ value }) => value)
}

/** A school's own export, as its system might write it, with words of its own. */
export const ownExport = async (portal: NodePortal): Promise<Uint8Array> =>
  makeCsv([
    ['UPN', 'Legal Surname', 'SEN Status', 'Weekly hours', 'Reading', 'Medical', 'Registration group of the pupil'],
    ...(await upnsAtEllerwick(portal)).map((upn, index) => [
      ...[upn, 'Ash', 'sen support', '25', `Step ${(index % 3) + 1}`, 'none', '8W'],
    ]),
  ])

const saidOfSchool = async (portal: NodePortal) => {
  const lead = await browserFor(portal.runtime, readers.lead)
  await sendReturns(portal, lead)
  went(
    await lead.post('/your-school/scales/new', {
      ...{ code: 'own', name: 'Small steps', step: 'save' },
      ...{ 'w-0': 'Step 1', 'm-0': 'below', 'w-1': 'Step 2', 'm-1': 'at', 'y-1': '8', 't-1': 'autumn' },
    }),
  )
  const known = await upnsAtEllerwick(portal)
  const pupils = known.slice(0, 4).map((upn, index) => transferPupil(300 + index, everything, { UPN: upn }))
  const file = new TextEncoder().encode(transferFile({ pupils }))
  went(await lead.upload('ellerwick.xml', file, '/return/transfer-files'))
  const data = await browserFor(portal.runtime, readers.data)
  went(await data.upload('tillbrook.xml', file, '/transfer-files'))
}

/** A council that has just begun, and a school that answers to it: nobody on roll, no round, nothing sent. */
const beginCouncil = async ({ runtime }: NodePortal) => {
  await runtime.db.commit(
    addVirtualSchools([{ laCode: '995', name: 'Newly Opened', mailbox: 'virtual.school@newly-opened.example' }]),
  )
  const council = (await virtualSchools(runtime.db.query)).find(({ laCode }) => laCode === '995')?.number ?? 0
  await bringInRoll(
    runtime,
    council,
    csvFile('schools.csv', [
      ['urn', 'school_name', 'phase', 'la_code', 'country'],
      ['900099', 'New Bridge School', 'secondary', '995', 'England'],
    ]),
  )
  await bringInRoll(
    runtime,
    council,
    csvFile('staff.csv', [
      ['email', 'name', 'role', 'urn'],
      [readers.newLead, 'Noor Ash', 'designated_teacher', '900099'],
      [readers.newHead, 'Nia Birch', 'head', null],
    ]),
  )
}

/** What a council has to settle: a place that nobody has confirmed, and a school that a register says has merged. */
const leaveToSettle = async ({ runtime }: NodePortal) => {
  const { query } = runtime.db
  const council = (await virtualSchools(query)).find(({ laCode }) => laCode === '991')?.number ?? 0
  const child = await query
    .selectFrom('pupil')
    .select('child_reference as reference')
    .where('virtual_school_number', '=', council)
    .orderBy('number')
    .executeTakeFirstOrThrow()
  await bringInRoll(
    runtime,
    council,
    csvFile('places.csv', [
      ['child_reference', 'urn', 'first_day', 'enrolment_status'],
      [child.reference, '900010', '2026-09-02', 'C'],
    ]),
  )
  const closed = { 'EstablishmentStatus (name)': 'Closed', CloseDate: '31-08-2026' }
  for (const bytes of [
    establishmentsFile(2025, [
      { URN: '149100', EstablishmentName: 'Hollin Bank and Tarnbeck Primary' },
      { URN: '900006', EstablishmentName: 'Hollin Bank Primary', ...closed },
      { URN: '900004', EstablishmentName: 'Fenwold High', ...closed },
    ]),
    linksFile([['900006', '149100', 'Successor - merged', '01-09-2026']]),
  ]) {
    const file = { name: 'register.csv', chunks: inPieces(bytes, 65_536), sha256: newPublicId(), bytes: bytes.length }
    const received = await receiveRegister(runtime, file, { virtualSchool: council, by: null })
    if (received.outcome === 'refused') throw new Error(received.finding.code)
    await publishRegister(runtime, received.delivery, { by: null, part: 'command' })
  }
}

/** Fills the demo with what its pages can show, so that every page has something on it. */
export const fill = async (portal: NodePortal): Promise<void> => {
  await saidOfSchool(portal)
  await leaveToSettle(portal)
  await beginCouncil(portal)
  await fillMoney(portal)
}
