import type { SentFile } from '../../connectors/connector.ts'
import type {
  LocalRollRow,
  PlaceRecord,
  PlanRecord,
  PupilRecord,
  SchoolRecord,
  StaffRecord,
} from '../../connectors/local-roll/rows.ts'
import { todayInLondon } from '../domain/dates.ts'
import type { Finding } from '../domain/finding.ts'
import { newPublicId } from '../domain/identifiers.ts'
import { councilRoles } from '../domain/scope.ts'
import type { Runtime } from '../runtime.ts'
import { addPeople } from '../store/people.ts'
import { listedOnly, takeUp } from '../store/register.ts'
import { type KnownChild, knownChildren, peopleByEmail } from '../store/roll.ts'
import { schoolNumbersByUrn } from '../store/schools.ts'
import { insertMany } from '../store/statement.ts'
import { sha256 } from './receive-return.ts'
import { type StagedFacts, type StagedRow, stage } from './stage.ts'

export type RollSender = {
  readonly virtualSchool: number
  readonly by: number | null
  readonly via: 'page' | 'command' | 'form' | 'seed'
}

export type ReceivedRoll =
  | { readonly outcome: 'refused'; readonly finding: Finding }
  | { readonly outcome: 'staged'; readonly delivery: string; readonly imports: readonly string[] }

/** The council's own roll stands above what a school says of itself; an officer's form above the roll. */
export const rollPrecedence = { file: 100, form: 200 } as const

/** Raised whenever the same roll file would be resolved differently. */
export const rollConnectorEdition = '1'

/** Receives one file of a council's roll (schools, staff, pupils, places or plans), and stages it. */
export const receiveRoll = async (
  runtime: Runtime,
  file: SentFile,
  sender: RollSender,
  progress?: (done: number, of: number) => void,
): Promise<ReceivedRoll> => {
  const parsed = await runtime.start({ name: 'parse-local-roll', file })
  if (parsed.outcome === 'refused') return parsed
  return stageRoll(runtime, file, parsed, sender, progress)
}

/**
 * Stages rows of a roll: finds the continuing school, person and child of each, and holds back what names one that is
 * not known. New schools, people and children get an identity that nobody sees until their facts are published.
 */
export const stageRoll = async (
  runtime: Runtime,
  file: SentFile,
  read: { readonly edition: string; readonly rows: readonly LocalRollRow[]; readonly findings: readonly Finding[] },
  sender: RollSender,
  progress?: (done: number, of: number) => void,
): Promise<ReceivedRoll> => {
  if (read.rows.length > runtime.config.publishRows)
    return {
      outcome: 'refused',
      finding: {
        code: 'FILE_TOO_MANY_ROWS',
        severity: 'error',
        at: {},
        parameters: { most: runtime.config.publishRows, found: read.rows.length },
      },
    }
  const resolved = await resolveRows(runtime, read.rows, sender)
  const now = runtime.now()
  const [id, part] = [newPublicId(), newPublicId()]
  const keep = sender.via !== 'form'
  const fileKey = keep ? `delivery/${id}` : null
  if (fileKey) await runtime.files.put(fileKey, file.bytes)
  await stage(
    runtime.db,
    {
      id,
      connector: 'local-roll',
      connectorEdition: rollConnectorEdition,
      fileEdition: read.edition,
      fileName: file.name.slice(0, 200),
      sha256: await sha256(file.bytes),
      bytes: file.bytes.byteLength,
      fileKey,
      deleteOn: null,
      school: null,
      sentBy: sender.by,
      sentAt: now,
      via: sender.via,
      rowsRead: read.rows.length,
      imports: [
        {
          id: part,
          virtualSchool: sender.virtualSchool,
          round: null,
          school: null,
          precedence: sender.via === 'form' ? rollPrecedence.form : rollPrecedence.file,
          rows: resolved.rows,
          fileFindings: read.findings,
          facts: resolved.facts,
        },
      ],
    },
    progress,
  )
  return { outcome: 'staged', delivery: id, imports: [part] }
}

type Known = {
  readonly schools: ReadonlyMap<string, number>
  readonly people: ReadonlyMap<string, number>
  readonly children: ReadonlyMap<string, KnownChild>
  readonly upns: ReadonlyMap<string, string>
  readonly virtualSchool: number
}

type Value = string | number | null
type Gathered = Map<string, { readonly columns: readonly string[]; readonly rows: Value[][] }>

const resolveRows = async (runtime: Runtime, rows: readonly LocalRollRow[], sender: RollSender) => {
  const known = await makeKnown(runtime, rows, sender)
  const facts: Gathered = new Map()
  const staged = rows.map((row): StagedRow => {
    const add = (family: string, columns: readonly string[], values: readonly Value[]) => {
      const gathered = facts.get(family) ?? { columns: ['row_number', ...columns], rows: [] }
      gathered.rows.push([row.number, ...values])
      facts.set(family, gathered)
    }
    const found = row.record ? resolveRecord(row, row.record, known, add) : { pupil: null, problems: [] }
    const findings = [...row.findings, ...found.problems]
    return {
      rowNumber: row.number,
      state: findings.some(({ severity }) => severity === 'error') || !row.record ? 'held' : 'ready',
      pupil: found.pupil,
      sheet: row.at.sheet ?? null,
      reference: null,
      upnSent: null,
      upnCell: null,
      surnameSent: null,
      forenameSent: null,
      bornSent: null,
      kind: row.record?.kind ?? 'unread',
      findings,
    }
  })
  const staging: StagedFacts[] = [...facts].map(([family, { columns, rows: values }]) => ({
    family,
    columns,
    rows: values,
  }))
  return { rows: staged, facts: staging }
}

/** Finds or makes the identities that the rows name. Making one shows nothing: an identity without facts is no record. */
const makeKnown = async (runtime: Runtime, rows: readonly LocalRollRow[], sender: RollSender): Promise<Known> => {
  const { db } = runtime
  const records = rows.flatMap((row) =>
    row.record && !row.findings.some(({ severity }) => severity === 'error') ? [row.record] : [],
  )
  const urns = records.flatMap((record) => {
    if (record.kind === 'school') return [record.urn, ...(record.previousUrn ? [record.previousUrn] : [])]
    return 'urn' in record && record.urn ? [record.urn] : []
  })
  const named = records.flatMap((record) => (record.kind !== 'school' && 'urn' in record ? [record.urn ?? ''] : []))
  const listed = await listedOnly(db.query, [...new Set(named)])
  if (listed.length > 0) await db.commit([...takeUp(listed.map((urn) => ({ id: newPublicId(), urn })))])
  let schools = new Map(await schoolNumbersByUrn(db.query, urns))
  const newSchools = records.flatMap((record) =>
    record.kind === 'school' && !schools.has(record.urn) && !(record.previousUrn && schools.has(record.previousUrn))
      ? [[newPublicId(), record.previousUrn ?? record.urn]]
      : [],
  )
  const emails = records.flatMap((record) => (record.kind === 'staff' ? [record.email.toLowerCase()] : []))
  const newChildren = records.flatMap((record) => (record.kind === 'pupil' ? [record.childReference] : []))
  await db.commit([
    ...insertMany('school', ['id', 'first_urn'], newSchools, { orIgnore: true }),
    ...addPeople(emails.map((email) => ({ id: newPublicId(), email }))),
    ...insertMany(
      'pupil',
      ['id', 'virtual_school_number', 'child_reference'],
      newChildren.map((reference) => [newPublicId(), sender.virtualSchool, reference]),
      { orIgnore: true },
    ),
  ])
  schools = new Map(await schoolNumbersByUrn(db.query, urns))
  for (const record of records) {
    const before = record.kind === 'school' && record.previousUrn ? schools.get(record.previousUrn) : undefined
    if (record.kind === 'school' && before !== undefined && !schools.has(record.urn)) schools.set(record.urn, before)
  }
  const references = records.flatMap((record) => ('childReference' in record ? [record.childReference] : []))
  const children = await knownChildren(db.query, sender.virtualSchool, todayInLondon(runtime.now()), references)
  const sent = records.flatMap((record) =>
    record.kind === 'pupil' && record.upn ? [[record.upn, record.childReference] as const] : [],
  )
  return {
    schools,
    people: await peopleByEmail(db.query, emails),
    children: new Map(children.rows.map((child) => [child.reference, child])),
    upns: new Map([...sent, ...children.upns]),
    virtualSchool: sender.virtualSchool,
  }
}

type Add = (family: string, columns: readonly string[], values: readonly Value[]) => void
type Resolved = { readonly pupil: number | null; readonly problems: readonly Finding[] }

const resolveRecord = (
  row: LocalRollRow,
  record: SchoolRecord | StaffRecord | PupilRecord | PlaceRecord | PlanRecord,
  known: Known,
  add: Add,
): Resolved => {
  switch (record.kind) {
    case 'school':
      return resolveSchool(record, known, add)
    case 'staff':
      return resolveStaff(row, record, known, add)
    case 'pupil':
      return resolvePupil(row, record, known, add)
    case 'place':
      return resolvePlace(row, record, known, add)
    case 'plan':
      return resolvePlan(row, record, known, add)
  }
}

const nobody = { pupil: null, problems: [] }

const problem = (row: LocalRollRow, code: string, column: string): Finding => ({
  code,
  severity: 'error',
  at: { ...row.at, column },
  parameters: {},
})

const resolveSchool = (record: SchoolRecord, known: Known, add: Add): Resolved => {
  const school = known.schools.get(record.urn)
  if (school === undefined) return nobody
  const details = [school, record.name, record.phase, record.laCode, record.country]
  add('school_detail', ['school_number', 'name', 'phase', 'la_code', 'country'], details)
  add('school_urn', ['school_number', 'urn', 'first_day', 'last_day'], [school, record.urn, record.urnFirstDay, null])
  return nobody
}

const resolveStaff = (row: LocalRollRow, record: StaffRecord, known: Known, add: Add): Resolved => {
  const person = known.people.get(record.email.toLowerCase())
  const school = record.urn === null ? 0 : known.schools.get(record.urn)
  if (school === undefined) return { pupil: null, problems: [problem(row, 'SCHOOL_NOT_KNOWN', 'urn')] }
  const council = councilRoles.some((role) => role === record.role)
  if (council !== (school === 0))
    return { pupil: null, problems: [problem(row, council ? 'ROLE_NOT_OF_SCHOOL' : 'ROLE_NEEDS_SCHOOL', 'role')] }
  if (person === undefined) return nobody
  add(
    'appointment',
    ['person_number', 'school_number', 'virtual_school_number', 'role', 'name', 'first_day', 'last_day'],
    [person, school, known.virtualSchool, record.role, record.name, record.firstDay, record.lastDay],
  )
  return nobody
}

const resolvePupil = (row: LocalRollRow, record: PupilRecord, known: Known, add: Add): Resolved => {
  const child = known.children.get(record.childReference)
  if (!child) return nobody
  if (child.sealed) return { pupil: null, problems: [problem(row, 'RECORD_CLOSED', 'child_reference')] }
  const holder = record.upn ? known.upns.get(record.upn) : undefined
  if (holder !== undefined && holder !== record.childReference)
    return { pupil: child.number, problems: [problem(row, 'UPN_TAKEN', 'upn')] }
  const detail = (attribute: string, value: string | null) => {
    if (value !== null) add('pupil_detail', ['pupil_number', 'attribute', 'value'], [child.number, attribute, value])
  }
  detail('surname', record.surname)
  detail('forename', record.forename)
  detail('date_of_birth', record.dateOfBirth)
  detail('year_group', record.yearGroup)
  detail('sen', record.sen)
  detail('no_disclose', record.noDisclose ? 'Y' : null)
  detail('handled_by', record.handledBy)
  detail('social_worker_name', record.socialWorkerName)
  detail('social_worker_email', record.socialWorkerEmail)
  detail('social_worker_since', record.socialWorkerSince)
  detail('plan_held_on', record.planHeldOn)
  detail('plan_next_by', record.planNextBy)
  record.targets.forEach((target, index) => {
    detail(`target_${index + 1}`, target)
  })
  if (record.upn)
    add(
      'pupil_identifier',
      ['pupil_number', 'kind', 'value', 'first_day', 'last_day'],
      [child.number, 'upn', record.upn, record.upnFirstDay, null],
    )
  const careFirstDay = record.careFirstDay ?? (record.careLastDay || record.careEndReason ? child.careSince : null)
  if (careFirstDay === null && (record.careLastDay || record.careEndReason))
    return { pupil: child.number, problems: [problem(row, 'CARE_FIRST_DAY_NEEDED', 'care_first_day')] }
  if (careFirstDay !== null)
    add(
      'care_period',
      ['pupil_number', 'first_day', 'last_day', 'end_reason'],
      [child.number, careFirstDay, record.careLastDay, record.careEndReason],
    )
  return { pupil: child.number, problems: [] }
}

const resolvePlace = (row: LocalRollRow, record: PlaceRecord, known: Known, add: Add): Resolved => {
  const child = known.children.get(record.childReference)
  const school = known.schools.get(record.urn)
  if (!child) return { pupil: null, problems: [problem(row, 'CHILD_NOT_KNOWN', 'child_reference')] }
  if (child.sealed) return { pupil: null, problems: [problem(row, 'RECORD_CLOSED', 'child_reference')] }
  if (school === undefined) return { pupil: child.number, problems: [problem(row, 'SCHOOL_NOT_KNOWN', 'urn')] }
  add(
    'place',
    ['pupil_number', 'school_number', 'first_day', 'last_day', 'enrolment_status', 'confirmed_how'],
    [child.number, school, record.firstDay, record.lastDay, record.enrolmentStatus, record.confirmedHow],
  )
  return { pupil: child.number, problems: [] }
}

const resolvePlan = (row: LocalRollRow, record: PlanRecord, known: Known, add: Add): Resolved => {
  const child = known.children.get(record.childReference)
  if (!child) return { pupil: null, problems: [problem(row, 'CHILD_NOT_KNOWN', 'child_reference')] }
  if (child.sealed) return { pupil: null, problems: [problem(row, 'RECORD_CLOSED', 'child_reference')] }
  add(
    'plan_status',
    [
      ...['pupil_number', 'academic_year', 'term', 'due_on', 'held_on', 'submitted_on'],
      ...['rating', 'rated_on', 'rated_by'],
    ],
    [
      ...[child.number, record.academicYear, record.term, record.dueOn, record.heldOn, record.submittedOn],
      ...[record.rating, record.ratedOn, record.ratedBy],
    ],
  )
  return { pupil: child.number, problems: [] }
}
