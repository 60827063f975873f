import type { NodeRuntime } from '../../src/runtime/node/open.ts'
import {
  type ChildName,
  type Council,
  childNames,
  councils,
  emailOf,
  type FileName,
  fileNames,
  type Letter,
  type PersonName,
  personNames,
  schools,
  type Viewer,
} from './described.ts'
import {
  allowedTo,
  everyCanary,
  knowsCouncil,
  knowsFile,
  readsFile,
  readsRoll,
  relationOf,
  type Where,
  worksThere,
} from './oracle.ts'
import {
  knownByMoney,
  moneyAllowedTo,
  moneyCanaries,
  opensApplication,
  seesFundOf,
  seesPayment,
} from './oracle-money.ts'
import { companion } from './world-money.ts'

type Named = { readonly id: string; readonly number: number }

/** One part of a file that came in: a school's for one council, or a council's own roll. */
export type KnownImport = Named & {
  readonly delivery: Named
  readonly file: FileName | null
  readonly fileName: string
  readonly council: Council
  readonly state: string
  readonly rows: readonly number[]
}

/** What the store made of the description: which id and number stand for whom. Nothing here says who may read it. */
export type Known = {
  readonly pupils: ReadonlyMap<ChildName, Named>
  readonly schools: ReadonlyMap<Letter, Named>
  readonly councils: ReadonlyMap<Council, Named>
  readonly people: ReadonlyMap<PersonName, Named>
  readonly rounds: readonly (Named & { readonly council: Council; readonly closed: boolean })[]
  readonly imports: readonly KnownImport[]
  readonly receipts: readonly { readonly receipt: string; readonly file: FileName; readonly council: Council }[]
  /** Rows that fitted nobody, as their page names them. */
  readonly unmatched: readonly string[]
  /** Parts of people as a council's page names them. */
  readonly appointments: readonly {
    readonly id: string
    readonly person: PersonName
    readonly at: Letter | null
    readonly role: string
  }[]
  /** What a school's row about a child in a round is called: in its workbook, and in the address of its questions. */
  readonly references: readonly {
    readonly id: string
    readonly child: ChildName
    readonly at: Letter
    readonly closed: boolean
  }[]
  /** Contacts with schools that a council has logged, each with something still to do. */
  readonly contacts: readonly { readonly id: string; readonly council: Council }[]
  /** How each school reads files of its own. */
  readonly layouts: readonly { readonly id: string; readonly at: Letter; readonly retired: boolean }[]
  /** What the words of each school's own scale mean. */
  readonly scales: readonly { readonly id: string; readonly at: Letter; readonly retired: boolean }[]
  readonly places: readonly { readonly child: ChildName; readonly at: Letter; readonly firstDay: string }[]
  /** What was asked for each child at each school; `paid` where it has been paid and its use reported. */
  readonly applications: readonly (Named & {
    readonly child: ChildName
    readonly at: Letter
    readonly paid: boolean
    readonly asked: boolean
  })[]
  /** Payments of each council to each school, with the child; `run` where by entitlement. */
  readonly payments: readonly (Named & {
    readonly council: Council
    readonly at: Letter
    readonly reference: string
    readonly run: boolean
    /** By entitlement, paid, and nobody has said how it was used. */
    readonly toReport: boolean
    readonly child: ChildName | null
  })[]
  readonly runs: readonly (Named & { readonly council: Council; readonly approved: boolean })[]
  readonly payees: readonly (Named & { readonly council: Council })[]
  readonly paidFiles: readonly (Named & { readonly council: Council })[]
  readonly evidence: readonly (Named & { readonly child: ChildName; readonly at: Letter })[]
  readonly schemes: readonly (Named & { readonly council: Council })[]
  readonly surveys: readonly (Named & { readonly council: Council })[]
  readonly batches: readonly { readonly id: string; readonly council: Council }[]
}

/** Asks the store, past every scope, which ids stand for the people and things described. */
export const knownOf = async ({ db: { query } }: NodeRuntime): Promise<Known> => {
  const keyed = <Key>(pairs: readonly (readonly [Key | undefined, Named])[]) =>
    new Map(pairs.flatMap(([key, { id, number }]) => (key === undefined ? [] : [[key, { id, number }] as const])))
  const pupils = keyed<ChildName>(
    (await query.selectFrom('pupil').selectAll().execute()).map((row) => [
      childNames.find((name) => row.child_reference === `RefQx${name}`),
      row,
    ]),
  )
  const schoolMap = keyed<Letter>(
    (await query.selectFrom('school').selectAll().execute()).map((row) => [
      schools.find(({ urn }) => urn === row.first_urn)?.letter,
      row,
    ]),
  )
  const councilMap = keyed<Council>(
    (await query.selectFrom('virtual_school').selectAll().execute()).map((row) => [
      councils.find((one) => one === row.la_code),
      row,
    ]),
  )
  const peopleMap = keyed<PersonName>(
    (await query.selectFrom('person').selectAll().execute()).map((row) => [
      personNames.find((name) => emailOf(name) === row.email),
      row,
    ]),
  )
  const nameOf = <Key>(map: ReadonlyMap<Key, Named>, number: number): Key => {
    for (const [key, one] of map) if (one.number === number) return key
    throw new Error('a number of nobody')
  }
  const rows = await query.selectFrom('import_row').select(['import_number', 'row_number']).execute()
  const imports = (
    await query
      .selectFrom('import')
      .innerJoin('delivery', 'delivery.number', 'import.delivery_number')
      .select(['import.id', 'import.number', 'import.state', 'import.virtual_school_number as council'])
      .select(['delivery.id as deliveryId', 'delivery.number as deliveryNumber', 'delivery.file_name as fileName'])
      .execute()
  ).map(
    (row): KnownImport => ({
      id: row.id,
      number: row.number,
      state: row.state,
      council: nameOf(councilMap, row.council),
      delivery: { id: row.deliveryId, number: row.deliveryNumber },
      fileName: row.fileName,
      file: fileNames.find((name) => row.fileName.split('.')[0] === name) ?? null,
      rows: rows.filter(({ import_number }) => import_number === row.number).map(({ row_number }) => row_number),
    }),
  )
  const receipts = (await query.selectFrom('submission').select(['receipt', 'import_number']).execute()).flatMap(
    ({ receipt, import_number }) => {
      const part = imports.find(({ number }) => number === import_number)
      return part?.file ? [{ receipt, file: part.file, council: part.council }] : []
    },
  )
  const places = (await query.selectFrom('place').selectAll().execute()).map((row) => ({
    child: nameOf(pupils, row.pupil_number),
    at: nameOf(schoolMap, row.school_number),
    firstDay: row.first_day as string,
  }))
  const rounds = (await query.selectFrom('round').selectAll().execute()).map((row) => ({
    id: row.id,
    number: row.number,
    council: nameOf(councilMap, row.virtual_school_number),
    closed: row.closed_at !== null,
  }))
  const references = (await query.selectFrom('row_reference').selectAll().execute()).map((row) => ({
    id: row.reference,
    child: nameOf(pupils, row.pupil_number),
    at: nameOf(schoolMap, row.school_number),
    closed: rounds.some(({ number, closed }) => number === row.round_number && closed),
  }))
  const layouts = (await query.selectFrom('layout').selectAll().execute()).map((row) => ({
    id: row.id,
    at: nameOf(schoolMap, row.school_number),
    retired: row.retired_at !== null,
  }))
  const scales = (await query.selectFrom('grade_scale').selectAll().execute()).map((row) => ({
    id: row.id,
    at: nameOf(schoolMap, row.school_number),
    retired: row.retired_at !== null,
  }))
  const unmatched = (
    await query
      .selectFrom('import_row')
      .innerJoin('import', 'import.number', 'import_row.import_number')
      .select(['import.id', 'import_row.row_number as row'])
      .where('import_row.state', '=', 'unmatched')
      .execute()
  ).map(({ id, row }) => `${id}-${row}`)
  const appointments = (await query.selectFrom('appointment').selectAll().execute()).map((row) => {
    const person = nameOf(peopleMap, row.person_number)
    const at = row.school_number > 0 ? nameOf(schoolMap, row.school_number) : null
    return {
      id: `${peopleMap.get(person)?.id}.${at === null ? '' : (schoolMap.get(at)?.id ?? '')}.${row.role}`,
      person,
      at,
      role: row.role,
    }
  })
  const contacts = (await query.selectFrom('school_contact').selectAll().execute()).map((row) => ({
    id: row.id,
    council: nameOf(councilMap, row.virtual_school_number),
  }))
  const byChild = await query
    .selectFrom('application_pupil')
    .innerJoin('application', 'application.number', 'application_pupil.application_number')
    .select(['application.id', 'application.number', 'application.state'])
    .select(['application.school_number as school', 'application_pupil.pupil_number as pupil'])
    .execute()
  const paidFor = new Set(
    (await query.selectFrom('payment').select('application_number').execute()).map((row) => row.application_number),
  )
  const alone = new Set(byChild.map(({ number }) => number))
  for (const { number, pupil } of byChild) if (nameOf(pupils, pupil) !== companion) alone.delete(number)
  const ofWhom = byChild.filter(({ number, pupil }) => alone.has(number) || nameOf(pupils, pupil) !== companion)
  const applications = ofWhom.map((row) => ({
    id: row.id,
    number: row.number,
    child: nameOf(pupils, row.pupil),
    at: nameOf(schoolMap, row.school),
    paid: paidFor.has(row.number),
    asked: row.state === 'question',
  }))
  const payments = (await query.selectFrom('payment').selectAll().execute()).map((row) => ({
    id: row.id,
    number: row.number,
    council: nameOf(councilMap, row.virtual_school_number),
    at: nameOf(schoolMap, row.school_number),
    reference: row.reference,
    run: row.pay_run_number !== null,
    toReport: row.pay_run_number !== null && row.state === 'paid',
    child:
      row.pupil_number === null
        ? (applications.find(({ number }) => number === row.application_number)?.child ?? null)
        : nameOf(pupils, row.pupil_number),
  }))
  const ofCouncil = (row: {
    readonly id: string
    readonly number: number
    readonly virtual_school_number: number
  }) => ({
    id: row.id,
    number: row.number,
    council: nameOf(councilMap, row.virtual_school_number),
  })
  const runs = (await query.selectFrom('pay_run').selectAll().execute()).map((row) => ({
    ...ofCouncil(row),
    approved: row.state === 'approved',
  }))
  const payees = (await query.selectFrom('payee').selectAll().execute()).map(ofCouncil)
  const paidFiles = (await query.selectFrom('paid_file').selectAll().execute()).map(ofCouncil)
  const evidence = (await query.selectFrom('evidence').selectAll().execute()).flatMap((row) => {
    const of = applications.find(({ number }) => number === row.application_number)
    return of ? [{ id: row.id, number: row.number, child: of.child, at: of.at }] : []
  })
  const schemes = (await query.selectFrom('incentive_scheme').selectAll().execute()).map(ofCouncil)
  const surveys = (await query.selectFrom('survey').selectAll().execute()).map(ofCouncil)
  const batches = [...councilMap].map(([council, { number }]) => ({ id: `batch${number}`, council }))
  return {
    applications,
    payments,
    runs,
    payees,
    paidFiles,
    batches,
    surveys,
    evidence,
    schemes,
    contacts,
    unmatched,
    appointments,
    pupils,
    schools: schoolMap,
    councils: councilMap,
    people: peopleMap,
    rounds,
    imports,
    receipts,
    places,
    references,
    layouts,
    scales,
  }
}

/** Whether the viewer may open one part of a file. */
export const opensImport = (viewer: Viewer, one: KnownImport): boolean =>
  one.file === null ? readsRoll(viewer, one.council) : readsFile(viewer, one.file, one.council)

/** The words of a receipt's reference: the half that nobody can guess. */
const secretOf = (receipt: string) => receipt.split('-')[1] ?? receipt

/** Every canary of the world, ids and receipts included. */
export const canariesIn = (known: Known): readonly string[] => [
  ...everyCanary(),
  ...[...known.pupils.values()].flatMap(({ id, number }) => [id, `pupil${number}`]),
  ...known.rounds.map(({ id }) => id),
  ...new Set(known.imports.flatMap(({ id, delivery }) => [id, delivery.id])),
  ...known.receipts.map(({ receipt }) => secretOf(receipt)),
  ...known.layouts.map(({ id }) => id),
  ...known.scales.map(({ id }) => id),
  ...moneyCanaries(),
  ...[
    ...known.applications,
    ...known.payments,
    ...known.runs,
    ...known.payees,
    ...known.paidFiles,
    ...known.surveys,
    ...known.evidence,
  ].map(({ id }) => id),
]

/** Everything among them that a viewer may read in one kind of place. */
export const allowedIn = (known: Known, viewer: Viewer, where: Where): ReadonlySet<string> => {
  const allowed = new Set(allowedTo(viewer, where))
  for (const [name, { id, number }] of known.pupils)
    if (relationOf(viewer, name) !== 'closed') allowed.add(id).add(`pupil${number}`)
  for (const { id, council } of known.rounds)
    if (viewer.part === 'school' ? knowsCouncil(viewer, council) : viewer.part.of === council) allowed.add(id)
  for (const { id, at } of known.layouts) if (worksThere(viewer, at)) allowed.add(id)
  for (const { id, at } of known.scales) if (worksThere(viewer, at)) allowed.add(id)
  for (const one of known.imports) if (opensImport(viewer, one)) allowed.add(one.id).add(one.delivery.id)
  for (const { receipt, file, council } of known.receipts) {
    const own = viewer.part === 'school' ? readsFile(viewer, file, council) : viewer.part.of === council
    if (own && knowsFile(viewer, file)) allowed.add(secretOf(receipt))
  }
  for (const word of moneyAllowedTo(viewer)) allowed.add(word)
  for (const { id, child, at } of known.applications) if (opensApplication(viewer, child, at)) allowed.add(id)
  for (const { id, council, at } of known.payments) if (seesPayment(viewer, council, at)) allowed.add(id)
  for (const { id, council } of [...known.runs, ...known.paidFiles]) if (seesFundOf(viewer, council)) allowed.add(id)
  for (const { id, child, at } of known.evidence) if (opensApplication(viewer, child, at)) allowed.add(id)
  for (const { id, council } of known.surveys)
    if (seesFundOf(viewer, council) || (['A', 'B'] as const).some((at) => seesPayment(viewer, council, at)))
      allowed.add(id)
  for (const { id, council } of known.payees)
    if (seesFundOf(viewer, council) || viewer.part === 'school') allowed.add(id)
  for (const name of knownByMoney(viewer)) {
    const pupil = known.pupils.get(name)
    if (pupil) allowed.add(pupil.id).add(`pupil${pupil.number}`)
  }
  return allowed
}
