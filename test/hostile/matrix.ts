import type { ChildName, Council, FileName, Letter, PersonName, Viewer, ViewerName } from './described.ts'
import { childNamed, files, people, viewerNamed } from './described.ts'
import type { KnownImport } from './known.ts'
import { assertedAt, dueAt, isVouched, readsFile, readsRoll, relationOf, worksThere } from './oracle.ts'
import { asked, opensApplication, seesPayment } from './oracle-money.ts'

/** What an address is about, in the words of the description. A part that is not there was nobody's id. */
export type About = {
  readonly pupil?: ChildName
  readonly place?: { readonly child: ChildName; readonly at: Letter; readonly firstDay: string }
  readonly round?: { readonly council: Council; readonly closed: boolean }
  readonly school?: Letter
  readonly import?: KnownImport
  readonly upload?: FileName | 'roll'
  readonly reference?: { readonly child: ChildName; readonly at: Letter; readonly closed: boolean }
  readonly receipt?: { readonly file: FileName; readonly council: Council }
  readonly person?: PersonName
  readonly row?: { readonly of: KnownImport; readonly unmatched: boolean }
  readonly which?: { readonly council: Council; readonly at: Letter }
  readonly appointment?: { readonly person: PersonName; readonly at: Letter | null; readonly role: string }
  readonly contact?: Council
  readonly term?: 'autumn'
  readonly layout?: { readonly at: Letter; readonly retired: boolean }
  readonly scale?: { readonly at: Letter; readonly retired: boolean }
  readonly application?: { readonly child: ChildName; readonly at: Letter }
  readonly payment?: {
    readonly council: Council
    readonly at: Letter
    readonly child: ChildName | null
    readonly run: boolean
    readonly leaves: boolean
  }
  readonly run?: Council
  readonly survey?: Council
  readonly scheme?: Council
  readonly payee?: Council
  readonly batch?: Council
  readonly paidFile?: Council
}

/** Who may ask a route at all, and about what: everything else must be as if it were not there. */
export type Rule = {
  readonly who: readonly ViewerName[]
  readonly about?: (viewer: Viewer, about: About) => boolean
  /** What an allowed request with an empty form would change: it is then only asked about what is not the viewer's. */
  readonly changes?: true
}

const leads = ['lead1', 'lead2', 'lead3', 'trust', 'half'] as const
const atSchools: readonly ViewerName[] = [...leads, 'deputy1', 'colleague1', 'both']
const appointing: readonly ViewerName[] = [...leads, 'deputy1']
const withReturns: readonly ViewerName[] = [
  'head',
  'officer',
  'handler',
  'data',
  'head2',
  'data2',
  'data3',
  'bothOffice',
]
const withRounds: readonly ViewerName[] = ['head', 'data', 'head2', 'data2', 'data3']
const naming: readonly ViewerName[] = ['head', 'officer', 'handler', 'head2', 'bothOffice']
const keepingPupils = withReturns
const keepingPeople: readonly ViewerName[] = [...withRounds, 'admin']
const everybody: readonly ViewerName[] = [
  ...atSchools,
  ...withReturns,
  'panel',
  'finance',
  'auditor',
  'admin',
  'worker',
]
const readingPupils: readonly ViewerName[] = [...atSchools, ...withReturns, 'auditor', 'worker']

const open = (viewer: Viewer, { pupil }: About) => pupil !== undefined && relationOf(viewer, pupil) === 'open'
const ownRound = (viewer: Viewer, { round }: About) =>
  round !== undefined && viewer.part !== 'school' && viewer.part.of === round.council
const opens = (viewer: Viewer, one: KnownImport | undefined) =>
  one !== undefined && (one.file === null ? readsRoll(viewer, one.council) : readsFile(viewer, one.file, one.council))
const partOf = (viewer: Viewer, name: FileName | 'roll' | undefined) =>
  name !== undefined && name !== 'roll' && files[name].of.some((council) => readsFile(viewer, name, council))

/** The files that may be opened whole today, by hand: no row of a child closed to the reader, and nobody else's rows. */
const openedBySender: readonly FileName[] = [
  'Filethird',
  'Filewithdrawn',
  'Filesecond',
  'Transferthird',
  'Transfersecond',
]
const wholeFileOf = (viewer: Viewer, one: KnownImport | undefined) => {
  if (!opens(viewer, one) || !one) return false
  // A data officer reads no free text, and a return is full of it.
  if (one.file !== null)
    return files[one.file].of.length === 1 && viewer.part !== 'school' && viewer.part.role !== 'data_officer'
  if (one.council !== '991') return true
  // The first council's roll names sealed children in its pupils, its places and the care that ended.
  return ['Rollschools991.csv', 'Rollstaff991.csv', 'Rollstaged991.csv', 'Rolltransfer991.xml'].includes(one.fileName)
}

const ownUnmatched = (viewer: Viewer, { row }: About) =>
  row?.unmatched === true && row.of.file === 'Filesecond' && row.of.council === '991' && opens(viewer, row.of)
const ownAsserted = (viewer: Viewer, { place }: About) =>
  place !== undefined &&
  assertedAt(place.at, childNamed(place.child).council).includes(place.child) &&
  childNamed(place.child).places.some((one) => one.at === place.at && 'asserted' in one) &&
  relationOf(viewer, place.child) === 'open' &&
  viewer.part !== 'school'
const ownPlace = (viewer: Viewer, about: About) =>
  open(viewer, about) && about.place !== undefined && about.place.child === about.pupil
const ownSchool = (viewer: Viewer, { school }: About) => school !== undefined && worksThere(viewer, school)
const schoolOfWeek = (viewer: Viewer, { school }: About) =>
  school !== undefined && (viewer.part !== 'school' || worksThere(viewer, school))
const ownReceipt = (viewer: Viewer, { receipt }: About) =>
  receipt !== undefined && viewer.part === 'school' && readsFile(viewer, receipt.file, receipt.council)
const ownAppointed = (viewer: Viewer, { appointment }: About) =>
  appointment !== undefined &&
  viewer.part !== 'school' &&
  people[appointment.person].some(
    (one) =>
      one.at === appointment.at &&
      one.role === appointment.role &&
      one.of.some((council) => viewer.part !== 'school' && council === viewer.part.of) &&
      !('to' in one) &&
      !('from' in one),
  )
const ownColleague = (viewer: Viewer, { person }: About) =>
  person !== undefined &&
  people[person].some(
    (one) =>
      one.at !== null &&
      !('to' in one) &&
      !('from' in one) &&
      worksThere(viewer, one.at) &&
      (viewer.person === 'deputy1' ? ['colleague'] : ['deputy', 'colleague']).includes(one.role),
  )
const ownQuestions = (viewer: Viewer, { reference }: About) =>
  reference !== undefined &&
  (reference.closed
    ? relationOf(viewer, reference.child, reference.at) !== 'closed'
    : dueAt(viewer, reference.at).includes(reference.child))
const ownLayout = (viewer: Viewer, { layout }: About) => layout !== undefined && worksThere(viewer, layout.at)
const ownLayoutInUse = (viewer: Viewer, about: About) => ownLayout(viewer, about) && about.layout?.retired === false
const ownScale = (viewer: Viewer, { scale }: About) => scale !== undefined && worksThere(viewer, scale.at)
const ownScaleInUse = (viewer: Viewer, about: About) => ownScale(viewer, about) && about.scale?.retired === false
const ownAsserting = (viewer: Viewer, { which }: About) =>
  which !== undefined && isVouched(viewer, which.at, which.council) && assertedAt(which.at, which.council).length > 0
const dueSchool = (viewer: Viewer, about: About) =>
  ownRound(viewer, about) &&
  about.school !== undefined &&
  (about.round?.closed ? dueInSummer(viewer, about.school) : dueAt(viewer, about.school).length > 0)
/** The summer's round asked the first two councils about the first school, and of the second school whoever was there. */
const dueInSummer = (viewer: Viewer, at: Letter) =>
  viewer.part !== 'school' && ['991', '992'].includes(viewer.part.of) && at !== 'C'

const deciding: readonly ViewerName[] = ['head', 'officer', 'handler', 'panel', 'head2', 'bothOffice']
const agendaMaking: readonly ViewerName[] = ['head', 'officer', 'handler', 'head2', 'bothOffice']
const seeingPayments: readonly ViewerName[] = [
  'head',
  'officer',
  'handler',
  'finance',
  'auditor',
  'head2',
  'bothOffice',
]
const paying: readonly ViewerName[] = ['head', 'finance', 'head2']
const running: readonly ViewerName[] = ['head', 'head2']
const ownMoney = (viewer: Viewer, { application }: About) =>
  application !== undefined && opensApplication(viewer, application.child, application.at)
const ownPayment = (viewer: Viewer, { payment }: About) =>
  payment !== undefined && seesPayment(viewer, payment.council, payment.at)
const ownEntitlement = (viewer: Viewer, about: About) => about.payment?.run === true && ownPayment(viewer, about)
const toSettle = (viewer: Viewer, { payment }: About) =>
  payment?.child !== undefined &&
  payment.child !== null &&
  payment.leaves &&
  opensApplication(viewer, payment.child, payment.at)
/** A school is asked by each council that paid it. */
const askedSchool = (viewer: Viewer, { survey, school }: About) =>
  survey !== undefined &&
  school !== undefined &&
  seesPayment(viewer, survey, school) &&
  asked.some(({ child, at }) => childNamed(child).council === survey && at === school)
const ofOwn = (viewer: Viewer, council: Council | undefined) => viewer.part !== 'school' && viewer.part.of === council

/** Leads to what anybody may read, and to signing in and out. */
export const open_: readonly string[] = [
  ...['GET /livez', 'GET /readyz', 'GET /help', 'GET /what-we-never-ask', 'GET /privacy', 'GET /accessibility'],
  ...[
    'GET /sign-in',
    'POST /sign-in',
    'GET /sign-in/code',
    'POST /sign-in/code',
    'GET /signed-out',
    'GET /demo/outbox',
  ],
]

/** The hand-written table: every other route of the application, who may ask it, and about what. */
export const matrix: Readonly<Record<string, Rule>> = {
  'GET /': { who: everybody },
  'GET /capacity': { who: everybody },
  'POST /capacity': { who: [] },
  'POST /sign-out': { who: everybody, changes: true },
  'POST /sessions/end': { who: everybody, changes: true },

  'GET /inbox': { who: atSchools },
  'POST /inbox/asserted/:which': { who: atSchools, about: ownAsserting, changes: true },
  'GET /return/workbook.xlsx': { who: atSchools },
  'GET /return/workbook.xlsx?school=:school': {
    who: atSchools,
    about: (viewer, { school }) =>
      school !== undefined && worksThere(viewer, school) && dueAt(viewer, school).length > 0,
  },
  'GET /return/return.csv': { who: atSchools },
  'GET /return/return.csv?school=:school': {
    who: atSchools,
    about: (viewer, { school }) =>
      school !== undefined && worksThere(viewer, school) && dueAt(viewer, school).length > 0,
  },
  'GET /return/form': { who: atSchools },
  'GET /return/form/next': { who: atSchools },
  'GET /return/form/pupils/:reference': { who: atSchools, about: ownQuestions },
  'POST /return/form/pupils/:reference': { who: atSchools, about: ownQuestions },
  'POST /return/form/send': { who: [] },
  'POST /return/form/hand-over': { who: [] },
  'GET /return/upload': { who: atSchools },
  'POST /return/upload': { who: atSchools },
  'POST /return/layout': { who: atSchools },
  'GET /return/layouts': { who: atSchools },
  'GET /return/layouts/:layout': { who: atSchools, about: ownLayout },
  'POST /return/layouts/:layout/rename': { who: atSchools, about: ownLayoutInUse },
  'POST /return/layouts/:layout/retire': { who: atSchools, about: ownLayoutInUse, changes: true },
  'GET /return/transfer-files': { who: atSchools },
  'POST /return/transfer-files': { who: atSchools },
  'POST /return/transfer-files/:upload': { who: [] },
  'GET /return/attendance-files': { who: atSchools },
  'POST /return/attendance-files': { who: atSchools },
  'POST /return/attendance-files/:upload': { who: [] },
  'POST /return/attendance-columns': { who: atSchools },
  'POST /attendance-columns': { who: withRounds },
  'GET /attendance-files': { who: withRounds },
  'POST /attendance-files': { who: withRounds },
  'POST /attendance-files/:upload': { who: [] },
  'GET /transfer-files': { who: withRounds },
  'POST /transfer-files': { who: withRounds },
  'POST /transfer-files/:upload': { who: [] },
  'GET /write-transfer-file': { who: keepingPupils },
  'GET /write-transfer-file?pupil=:pupil': { who: keepingPupils, about: open },
  'POST /write-transfer-file': { who: keepingPupils },
  'GET /return/uploads/:upload': {
    who: atSchools,
    // A transfer file is checked on the page it is sent from.
    about: (viewer, { upload }) => partOf(viewer, upload) && !upload?.startsWith('Transfer'),
  },
  'POST /return/uploads/:upload': {
    who: atSchools,
    about: (viewer, { upload }) => partOf(viewer, upload),
    changes: true,
  },
  'POST /return/uploads/:upload/set-aside': { who: [] },
  'POST /return/uploads/:upload/confirm': { who: [] },
  'GET /return/uploads/:upload/file': {
    who: ['lead2', 'lead3'],
    about: (viewer, { upload }) =>
      upload !== undefined &&
      upload !== 'roll' &&
      openedBySender.includes(upload) &&
      files[upload].by === viewer.person,
  },
  'GET /return/uploads/:upload/to-mend': {
    who: ['lead2', 'lead3'],
    about: (viewer, { upload }) =>
      upload !== undefined &&
      upload !== 'roll' &&
      !upload.startsWith('Transfer') &&
      openedBySender.includes(upload) &&
      files[upload].by === viewer.person,
  },
  'GET /receipts': { who: atSchools },
  'GET /receipts/:receipt': { who: atSchools, about: ownReceipt },
  'POST /receipts/:receipt/withdraw': { who: atSchools, about: ownReceipt, changes: true },
  'GET /your-school': { who: atSchools },
  'GET /your-school/governors': { who: atSchools },
  'GET /your-school/governors?school=:school': { who: atSchools, about: ownSchool },
  'GET /your-school/governors/report.xlsx': { who: atSchools },
  'GET /your-school/governors/report.csv': { who: atSchools },
  'GET /your-school/scales': { who: atSchools },
  'GET /your-school/scales/new': { who: appointing },
  'POST /your-school/scales/new': { who: appointing },
  'GET /your-school/scales/:scale': { who: atSchools, about: ownScale },
  'POST /your-school/scales/:scale': { who: appointing, about: ownScaleInUse },
  'POST /your-school/scales/:scale/retire': { who: appointing, about: ownScaleInUse, changes: true },
  'GET /your-school/add': { who: appointing },
  'POST /your-school/add': { who: atSchools },
  'GET /your-school/:person/end': { who: appointing, about: ownColleague },
  'POST /your-school/:person/end': { who: appointing, about: ownColleague },

  'GET /pupils': { who: readingPupils },
  'POST /pupils': { who: [...withReturns, 'auditor', 'worker'] },
  'GET /pupils/:pupil': {
    who: readingPupils,
    about: (viewer, { pupil }) => pupil !== undefined && relationOf(viewer, pupil) !== 'closed',
  },
  'GET /pupils/:pupil?full=1': {
    who: readingPupils,
    about: (viewer, { pupil }) => pupil !== undefined && relationOf(viewer, pupil) !== 'closed',
  },
  'GET /pupils/:pupil/attendance': {
    who: readingPupils,
    about: (viewer, { pupil }) => pupil !== undefined && relationOf(viewer, pupil) !== 'closed',
  },
  'GET /pupils/:pupil/attendance/sessions.csv': {
    who: readingPupils,
    about: (viewer, { pupil }) => pupil !== undefined && relationOf(viewer, pupil) !== 'closed',
  },
  'GET /attendance': { who: withReturns },
  'GET /attendance/tables.xlsx': { who: withReturns },
  'GET /attendance/tables.csv': { who: withReturns },
  'GET /attendance/for-members.csv': { who: withReturns },
  'GET /attendance/benchmark': { who: withRounds },
  'POST /attendance/benchmark': { who: withRounds },
  'GET /attendance/routes': { who: withReturns },
  'GET /attendance/routes/:school': { who: withReturns, about: (_, { school }) => school !== undefined },
  'POST /attendance/routes/:school': { who: withReturns, about: (_, { school }) => school !== undefined },
  'GET /attendance/collection-list.csv': { who: naming },
  'GET /attendance/schools/:school/week': { who: [...atSchools, ...withReturns], about: schoolOfWeek },
  'POST /attendance/schools/:school/week': { who: [...atSchools, ...withReturns], about: schoolOfWeek },
  'GET /pupils/add': { who: keepingPupils },
  'POST /pupils/add': { who: keepingPupils },
  'GET /pupils/:pupil/care-end': { who: keepingPupils, about: open },
  'POST /pupils/:pupil/care-end': { who: keepingPupils, about: open },
  'GET /pupils/:pupil/places/add': { who: keepingPupils, about: open },
  'POST /pupils/:pupil/places/add': { who: keepingPupils, about: open },
  'GET /pupils/:pupil/places/:place/end': { who: keepingPupils, about: ownPlace },
  'POST /pupils/:pupil/places/:place/end': { who: keepingPupils, about: ownPlace, changes: true },
  'POST /pupils/:pupil/named-school': { who: [] },
  'GET /pupils/:pupil/guards': { who: keepingPupils, about: open },
  'POST /pupils/:pupil/guards': { who: keepingPupils, about: open, changes: true },

  'GET /pupils/:pupil/meeting': { who: readingPupils, about: open },
  'GET /pupils/:pupil/plan': { who: keepingPupils, about: open },
  'POST /pupils/:pupil/plan': { who: keepingPupils, about: open },
  'GET /plans/rules': { who: withRounds },
  'POST /plans/rules': { who: withRounds },
  'POST /rounds/:round/plan-section': { who: withRounds, about: ownRound, changes: true },

  'GET /rounds': { who: withReturns },
  'GET /rounds/open': { who: withRounds },
  'POST /rounds/open': { who: withRounds },
  'GET /rounds/questions/:term': { who: withRounds, about: (_, { term }) => term !== undefined },
  'POST /rounds/questions/:term': { who: withRounds, about: (_, { term }) => term !== undefined, changes: true },
  'GET /rounds/:round': { who: withReturns, about: ownRound },
  'GET /rounds/:round/schools/:school': { who: withReturns, about: dueSchool },
  'GET /rounds/:round/schools/:school/date': { who: withReturns, about: dueSchool },
  'POST /rounds/:round/schools/:school/date': { who: withReturns, about: dueSchool },
  'GET /rounds/:round/close': { who: withReturns, about: ownRound },
  'POST /rounds/:round/close': { who: withReturns, about: ownRound, changes: true },
  'GET /calls': { who: withReturns },
  'GET /calls/settings': { who: withReturns },
  'POST /calls/settings': { who: withRounds },
  'GET /calls/remind': { who: withReturns },
  'POST /calls/remind': { who: withReturns },
  'GET /calls/schools/:school': { who: withReturns, about: (_, { school }) => school !== undefined },
  'POST /calls/schools/:school/log': { who: withReturns, about: (_, { school }) => school !== undefined },
  'POST /calls/schools/:school/checked': {
    who: withReturns,
    about: (_, { school }) => school !== undefined,
    changes: true,
  },
  'POST /calls/done/:contact': {
    who: withReturns,
    about: (viewer, { contact }) => viewer.part !== 'school' && viewer.part.of === contact,
    changes: true,
  },
  'GET /rounds/:round/results': { who: withReturns, about: ownRound },
  'GET /rounds/:round/results?item=full_time': { who: withReturns, about: ownRound },
  'GET /rounds/:round/files/board.xlsx': { who: withReturns, about: ownRound },
  'GET /rounds/:round/files/board.csv': { who: withReturns, about: ownRound },
  'GET /rounds/:round/files/results.xlsx': { who: withReturns, about: ownRound },
  'GET /rounds/:round/files/results.csv': { who: withReturns, about: ownRound },
  'GET /rounds/:round/files/returns.xlsx': { who: withReturns, about: ownRound },
  'GET /rounds/:round/files/returns.csv': { who: withReturns, about: ownRound },
  'GET /rounds/:round/files/returns-with-names.xlsx': { who: naming, about: ownRound },
  'GET /rounds/:round/report': { who: withReturns, about: ownRound },
  'GET /rounds/:round/report/report.xlsx': { who: withReturns, about: ownRound },
  'GET /rounds/:round/report/report.csv': { who: withReturns, about: ownRound },
  'GET /unmatched': { who: withReturns },
  'GET /unmatched/:row': { who: withReturns, about: ownUnmatched },
  'POST /unmatched/:row/match': { who: withReturns, about: ownUnmatched },
  'POST /unmatched/:row/set-aside': { who: withReturns, about: ownUnmatched },
  'GET /places': { who: keepingPupils },
  'GET /places/:place/call': { who: keepingPupils, about: ownAsserted },
  'POST /places/:place/call': { who: keepingPupils, about: ownAsserted },
  'GET /imports': { who: withReturns },
  'GET /imports/:import': { who: withReturns, about: (viewer, about) => opens(viewer, about.import) },
  'GET /imports/:import/file': { who: withReturns, about: (viewer, about) => wholeFileOf(viewer, about.import) },
  'POST /imports/:import/publish': {
    who: withRounds,
    about: (viewer, about) => opens(viewer, about.import) && about.import?.state === 'staged',
    changes: true,
  },
  'GET /imports/:import/withdraw': {
    who: withRounds,
    about: (viewer, about) => opens(viewer, about.import) && about.import?.state === 'published',
  },
  'POST /imports/:import/withdraw': {
    who: withRounds,
    about: (viewer, about) => opens(viewer, about.import) && about.import?.state === 'published',
  },
  'GET /roll': { who: withRounds },
  'POST /roll': { who: withRounds },
  'GET /schools': { who: keepingPeople },
  'GET /schools/add': { who: keepingPeople },
  'POST /schools/add': { who: keepingPeople },
  'GET /schools/find': { who: keepingPeople },
  'POST /schools/take': { who: [] },
  'GET /schools/questions': { who: keepingPeople },
  'POST /schools/questions': { who: keepingPeople },
  'GET /schools/add-setting': { who: keepingPeople },
  'POST /schools/add-setting': { who: keepingPeople },
  'GET /schools/:school': { who: keepingPeople, about: (_, { school }) => school !== undefined },
  'GET /money': { who: atSchools },
  'GET /money/ask': { who: atSchools },
  'GET /money/ask?pupil=:pupil': { who: atSchools, about: (_, { pupil }) => pupil !== undefined },
  'POST /money/ask': { who: atSchools },
  'GET /money/payments.csv': { who: atSchools },
  'GET /money/payments.xlsx': { who: atSchools },
  'GET /money/applications/:application': { who: atSchools, about: ownMoney },
  'POST /money/applications/:application': { who: atSchools, about: ownMoney, changes: true },
  'POST /money/applications/:application/answer': { who: atSchools, about: ownMoney, changes: true },
  'POST /money/applications/:application/withdraw': { who: atSchools, about: ownMoney, changes: true },
  'POST /money/applications/:application/review': { who: atSchools, about: ownMoney, changes: true },
  'POST /money/applications/:application/use': { who: atSchools, about: ownMoney, changes: true },
  'GET /money/payments/:payment': { who: atSchools, about: ownEntitlement },
  'POST /money/payments/:payment/use': { who: atSchools, about: ownEntitlement, changes: true },
  'GET /funding': { who: deciding },
  'GET /funding/applications.csv': { who: deciding },
  'GET /funding/applications.xlsx': { who: deciding },
  'GET /funding/agenda': { who: deciding },
  'POST /funding/agenda': { who: agendaMaking },
  'GET /funding/applications/:application': { who: deciding, about: ownMoney },
  'POST /funding/applications/:application/decide': { who: deciding, about: ownMoney, changes: true },
  'POST /funding/applications/:application/interest': { who: deciding, about: ownMoney },
  'POST /funding/applications/:application/pass': { who: running, about: ownMoney },
  'POST /funding/applications/:application/undo': { who: running, about: ownMoney },
  'GET /funding/payments': { who: seeingPayments },
  'POST /funding/payments/send': { who: paying },
  'POST /funding/payments/paid': { who: paying },
  'GET /funding/payments/:payment': { who: seeingPayments, about: ownPayment },
  'POST /funding/payments/:payment/return': { who: paying, about: ownPayment, changes: true },
  'POST /funding/payments/:payment/pass': { who: running, about: ownPayment, changes: true },
  'POST /funding/payments/:payment/cancel': { who: paying, about: ownPayment, changes: true },
  'GET /funding/batches/:batch/payments.csv': {
    who: seeingPayments,
    about: (viewer, { batch }) => ofOwn(viewer, batch),
  },
  'GET /funding/batches/:batch/payments.xlsx': {
    who: seeingPayments,
    about: (viewer, { batch }) => ofOwn(viewer, batch),
  },
  'GET /funding/payees/:payee': { who: paying, about: (viewer, { payee }) => ofOwn(viewer, payee) },
  'POST /funding/payees/:payee': { who: paying, about: (viewer, { payee }) => ofOwn(viewer, payee) },
  'GET /funding/paid-files/:file': { who: seeingPayments, about: (viewer, { paidFile }) => ofOwn(viewer, paidFile) },
  'GET /evidence/:evidence': { who: everybody, about: ownMoney },
  'POST /money/applications/:application/evidence': { who: atSchools, about: ownMoney },
  'GET /money/incentives': { who: atSchools },
  'POST /money/incentives/:scheme/:pupil': {
    who: atSchools,
    about: (viewer, { scheme, pupil }) =>
      pupil !== undefined &&
      scheme === childNamed(pupil).council &&
      childNamed(pupil).year === '11' &&
      relationOf(viewer, pupil) !== 'closed',
  },
  'GET /funding/incentives': { who: agendaMaking },
  'POST /funding/incentives': { who: running },
  'POST /funding/incentives/told': { who: running },
  'POST /funding/incentives/approve': { who: running },
  'GET /funding/incentives/payments.csv': { who: seeingPayments },
  'GET /funding/incentives/payments.xlsx': { who: seeingPayments },
  'GET /funding/surveys': { who: agendaMaking },
  'POST /funding/surveys': { who: running },
  'GET /funding/surveys/:survey': { who: agendaMaking, about: (viewer, { survey }) => ofOwn(viewer, survey) },
  'POST /funding/surveys/:survey/close': {
    who: running,
    about: (viewer, { survey }) => ofOwn(viewer, survey),
    changes: true,
  },
  'GET /money/surveys/:survey/:school': { who: atSchools, about: askedSchool },
  'POST /money/surveys/:survey/:school': { who: atSchools, about: askedSchool },
  'GET /funding/year-end': { who: seeingPayments },
  'GET /funding/settlements': { who: running },
  'POST /funding/settlements/:payment': {
    who: running,
    about: toSettle,
  },
  'POST /funding/settlements/:payment/onward': {
    who: running,
    about: toSettle,
    changes: true,
  },
  'GET /funding/impact': { who: agendaMaking },
  'GET /funding/impact/for-members.csv': { who: agendaMaking },
  'GET /funding/impact/for-members.xlsx': { who: agendaMaking },
  'GET /funding/ledger': { who: seeingPayments },
  'GET /funding/ledger.csv': { who: seeingPayments },
  'GET /funding/ledger.xlsx': { who: seeingPayments },
  'POST /funding/ledger/close': { who: paying },
  'GET /funding/rules': { who: running },
  'POST /funding/rules': { who: running },
  'GET /funding/allocation': { who: paying },
  'POST /funding/allocation': { who: paying },
  'POST /funding/allocation/top-slice': { who: running },
  'POST /funding/ledger/left': { who: running },
  'GET /funding/runs': { who: seeingPayments },
  'POST /funding/runs': { who: running },
  'GET /funding/runs/:run': { who: seeingPayments, about: (viewer, { run }) => ofOwn(viewer, run) },
  'POST /funding/runs/:run/approve': { who: running, about: (viewer, { run }) => ofOwn(viewer, run), changes: true },
  'POST /funding/runs/:run/drop': { who: running, about: (viewer, { run }) => ofOwn(viewer, run), changes: true },
  'POST /funding/runs/:run/plans': { who: running, about: (viewer, { run }) => ofOwn(viewer, run), changes: true },
  'GET /funding/runs/:run/lines.csv': { who: running, about: (viewer, { run }) => ofOwn(viewer, run) },
  'GET /funding/runs/:run/lines.xlsx': { who: running, about: (viewer, { run }) => ofOwn(viewer, run) },

  'GET /people': { who: keepingPeople },
  'GET /people/add': { who: keepingPeople },
  'POST /people/add': { who: keepingPeople },
  'GET /people/:person/end': { who: keepingPeople, about: ownAppointed },
  'POST /people/:person/end': { who: keepingPeople, about: ownAppointed, changes: true },
}

/** Whether the table lets a viewer ask a route about something. */
export const isAllowed = (route: string, name: ViewerName, about: About): boolean => {
  const rule = matrix[route]
  if (!rule?.who.includes(name)) return false
  return rule.about === undefined || rule.about(viewerNamed(name), about)
}
