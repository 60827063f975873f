import { Hono } from 'hono'
import { paths } from '../../../templates/components/paths.ts'
import type { ImportState } from '../../../templates/components/return-state.tsx'
import { ImportPage, ImportsPage, ImportWithdrawPage } from '../../../templates/pages/imports.tsx'
import { wordsOfFinding } from '../../../templates/words/en/findings.ts'
import { itemWords } from '../../../templates/words/en/items.ts'
import { importsWords } from '../../../templates/words/en/office.ts'
import { may, readsWords } from '../../access/scope.ts'
import { asChange } from '../../intake/confirm-return.ts'
import { acceptWarnings } from '../../intake/mend.ts'
import { publishImports, withdrawImport } from '../../intake/publish.ts'
import { birthdaysThatDiffer } from '../../returns/birthdays.ts'
import { findingsForReader } from '../../returns/expected-pupils.ts'
import { findingsOf } from '../../store/import-rows.ts'
import {
  closedRowsInDelivery,
  councilsInDelivery,
  eventsOf,
  type Import,
  importById,
  importsOf,
  restedOn,
} from '../../store/imports.ts'
import { toCompare } from '../birthdays.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

/** Everything that came in for a virtual school: what it was, what was found, and taking it back. */
export const importRoutes = new Hono<Web>()
importRoutes.use(paths.imports, signedIn, only('work with returns'))
importRoutes.use(`${paths.imports}/*`, signedIn, only('work with returns'))

const stateOf = (one: Import): ImportState => {
  if (one.state === 'withdrawn') return 'withdrawn'
  if (one.state !== 'published') return 'checked'
  return one.held + one.unmatched + one.notAsked > 0 ? 'in_part' : 'published'
}

const read = (one: Import) => one.ready + one.held + one.unmatched + one.notAsked + one.setAside

importRoutes.get(paths.imports, async (context) => {
  const { runtime, viewer } = context.var
  const imports = await importsOf(runtime.db.query, viewer.scope)
  return reply.page(
    context,
    <ImportsPage
      frame={frameOf(context)}
      mayBringIn={may(viewer.part, 'keep the roll')}
      imports={imports.map((one) => ({
        id: one.id,
        fileName: one.fileName,
        connector: one.connector,
        rowsUsed: one.ready,
        rowsRead: read(one),
        sentBy: one.sentBy,
        school: one.school === null ? null : one.schoolName,
        at: one.sentAt,
        state: stateOf(one),
      }))}
    />,
  )
})

const found = (context: WebContext) =>
  importById(context.var.runtime.db.query, context.var.viewer.scope, context.req.param('import') ?? '')

/**
 * A file is opened only by who sent it, or where every row in it is the council's own; and never once it holds a row of
 * a child whom the reader may not follow today. A school's return holds words that not every role reads.
 */
const mayOpenFile = async (context: WebContext, one: Import): Promise<boolean> => {
  const { runtime, viewer } = context.var
  if (one.fileKey === null || (one.school !== null && !readsWords(viewer.part))) return false
  if ((await closedRowsInDelivery(runtime.db.query, viewer.scope, one.deliveryNumber)) > 0) return false
  if (one.sentByNumber === viewer.person.number) return true
  return (
    one.virtualSchool === ownCouncil(context) && (await councilsInDelivery(runtime.db.query, one.deliveryNumber)) === 1
  )
}

/** A council publishes and takes back its own roll; a school's return it may take back with a reason. */
const mayChange = (context: WebContext) => may(context.var.viewer.part, 'run rounds')

const shownFindings = 100

const showImport = async (context: WebContext, one: Import, toMend?: string) => {
  const { runtime, viewer } = context.var
  const [kept, events, ownFile, birthdays] = await Promise.all([
    findingsOf(runtime.db.query, viewer.scope, one.number),
    eventsOf(runtime.db.query, viewer.scope, one.number),
    mayOpenFile(context, one),
    birthdaysThatDiffer(runtime.db.query, viewer.scope, { importNumber: one.number }),
  ])
  const { findings } = await findingsForReader(runtime.db.query, viewer.scope, kept)
  await noteSeen(
    context,
    birthdays.map(({ pupil }) => pupil),
    'date of birth compared',
  )
  const withdrawn = events.find(({ event }) => event === 'withdrawn')
  const warnings = findings.filter(({ severity, acceptedBy }) => severity === 'warning' && acceptedBy === null).length
  return reply.page(
    context,
    <ImportPage
      frame={frameOf(context)}
      id={one.id}
      fileName={one.fileName}
      connector={one.connector}
      edition={one.fileEdition}
      sha256={one.sha256}
      keptUntil={one.deleteOn}
      sentBy={one.sentBy}
      school={one.school === null ? null : one.schoolName}
      at={one.sentAt}
      state={stateOf(one)}
      withdrawn={withdrawn ? { by: withdrawn.by, at: withdrawn.at, reason: withdrawn.reason } : null}
      rows={{
        read: read(one),
        used: one.ready,
        matched: one.ready,
        unmatched: one.unmatched,
        heldBack: one.held + one.notAsked + one.setAside,
      }}
      findings={findings.slice(0, shownFindings).map((finding) => ({
        place: [
          finding.cell ?? (finding.line === null ? '' : importsWords.line(finding.line)),
          finding.item === null ? '' : (itemWords[finding.item]?.head ?? finding.item),
        ]
          .filter((text) => text !== '')
          .join(', '),
        severity: finding.severity,
        words: wordsOfFinding({ code: finding.code, parameters: JSON.parse(finding.parameters) }),
      }))}
      moreFindings={Math.max(0, findings.length - shownFindings)}
      publish={one.state === 'staged' && mayChange(context) ? { rows: one.ready, warnings } : null}
      birthdays={birthdays.map(toCompare)}
      ownFile={ownFile}
      mayWithdraw={one.state === 'published' && mayChange(context)}
      {...(toMend ? { toMend: [{ text: toMend, field: 'acceptWarnings' }] } : {})}
    />,
    toMend ? 422 : 200,
  )
}

importRoutes.get(paths.import(':import'), async (context) => {
  const one = await found(context)
  return one ? showImport(context, one) : reply.notFound(context)
})

importRoutes.get(paths.importFile(':import'), async (context) => {
  const one = await found(context)
  if (!one || one.fileKey === null || !(await mayOpenFile(context, one))) return reply.notFound(context)
  const bytes = await context.var.runtime.files.get(one.fileKey)
  return bytes ? reply.file(context, bytes, one.fileName, 'application/octet-stream') : reply.notFound(context)
})

importRoutes.post(paths.importPublish(':import'), async (context) => {
  const { runtime, viewer } = context.var
  const one = await found(context)
  if (one?.state !== 'staged' || !mayChange(context)) return reply.notFound(context)
  const findings = await findingsOf(runtime.db.query, viewer.scope, one.number)
  const open = findings.some(({ severity, acceptedBy }) => severity === 'warning' && acceptedBy === null)
  if (open && field(context, 'acceptWarnings') === '') return showImport(context, one, importsWords.acceptFirst)
  const { outcome } = await publishImports(runtime, [
    {
      ...asChange(one, { by: viewer.person.number, part: viewer.named.role }),
      also: [acceptWarnings(one.number, viewer.person.number)],
    },
  ])
  return outcome === 'published'
    ? reply.goTo(context, paths.import(one.id))
    : reply.changedMeanwhile(context, paths.import(one.id))
})

const showWithdraw = async (context: WebContext, one: Import, toMend?: string) => {
  const rested = await restedOn(context.var.runtime.db.query, context.var.viewer.scope, one.number)
  return reply.page(
    context,
    <ImportWithdrawPage
      frame={frameOf(context)}
      id={one.id}
      fileName={one.fileName}
      facts={rested.facts}
      pupils={rested.pupils}
      rested={[
        ...rested.receipts.map((receipt) => importsWords.restedReceipt(receipt)),
        ...(rested.confirmations > 0 ? [importsWords.restedConfirmations(rested.confirmations)] : []),
      ]}
      {...(toMend ? { toMend } : {})}
    />,
    toMend ? 422 : 200,
  )
}

importRoutes.get(paths.importWithdraw(':import'), async (context) => {
  const one = await found(context)
  return one?.state === 'published' && mayChange(context) ? showWithdraw(context, one) : reply.notFound(context)
})

importRoutes.post(paths.importWithdraw(':import'), async (context) => {
  const { runtime, viewer } = context.var
  const one = await found(context)
  if (one?.state !== 'published' || !mayChange(context)) return reply.notFound(context)
  const reason = field(context, 'reason').slice(0, 300)
  if (reason === '') return showWithdraw(context, one, importsWords.reasonNeeded)
  const change = { ...asChange(one, { by: viewer.person.number, part: viewer.named.role }), reason }
  const { outcome } = await withdrawImport(runtime, change)
  return outcome === 'withdrawn'
    ? reply.goTo(context, paths.import(one.id))
    : reply.changedMeanwhile(context, paths.import(one.id))
})
