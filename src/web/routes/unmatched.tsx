import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { UnmatchedPage, UnmatchedRowPage } from '../../../templates/pages/unmatched.tsx'
import { wordsOfFinding } from '../../../templates/words/en/findings.ts'
import { itemWords } from '../../../templates/words/en/items.ts'
import { unmatchedWords } from '../../../templates/words/en/office.ts'
import { showsItem } from '../../access/scope.ts'
import { itemOf } from '../../domain/return/dictionary.ts'
import { transferPrecedence } from '../../intake/receive-transfer.ts'
import { matchRowTo, setUnmatchedAside, type UnmatchedRow } from '../../intake/resolve-row.ts'
import { transferFactsOfRow } from '../../intake/transfer-row.ts'
import { factsOfImport, unmatchedRows } from '../../store/import-rows.ts'
import { importById } from '../../store/imports.ts'
import { placeAt, pupilsByExactNumber } from '../../store/pupils.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

/** Rows that fitted nobody: a person looks the pupil up and says, or sets the row aside. Nobody is ever suggested. */
export const unmatchedRoutes = new Hono<Web>()
unmatchedRoutes.use(paths.unmatched, signedIn, only('match rows'))
unmatchedRoutes.use(`${paths.unmatched}/*`, signedIn, only('match rows'))

type Row = Awaited<ReturnType<typeof unmatchedRows>>[number]

const idOf = (row: Row) => `${row.importId}-${row.rowNumber}`

const whyOf = (row: Row) =>
  wordsOfFinding({ code: row.upnSent ? 'ROW_NOT_MATCHED' : 'REFERENCE_NOT_KNOWN', parameters: {} })

unmatchedRoutes.get(paths.unmatched, async (context) => {
  const { runtime, viewer } = context.var
  const rows = await unmatchedRows(runtime.db.query, viewer.scope)
  return reply.page(
    context,
    <UnmatchedPage
      frame={frameOf(context)}
      rows={rows.map((row) => ({
        id: idOf(row),
        number: row.rowNumber,
        fileName: row.fileName,
        school: row.schoolName,
        sentAt: row.sentAt,
        why: whyOf(row).title,
      }))}
    />,
  )
})

const found = async (context: WebContext): Promise<Row | undefined> => {
  const rows = await unmatchedRows(context.var.runtime.db.query, context.var.viewer.scope)
  return rows.find((row) => idOf(row) === context.req.param('row'))
}

const showRow = async (context: WebContext, row: Row, typed?: string, toMend: readonly ToMend[] = []) => {
  const { runtime, viewer } = context.var
  const [part, facts] = await Promise.all([
    importById(runtime.db.query, viewer.scope, row.importId),
    factsOfImport(runtime.db.query, viewer.scope, row.importNumber),
  ])
  const identity = [
    { column: unmatchedWords.upn, cell: row.upnCell ?? '', sent: row.upnSent },
    { column: unmatchedWords.surname, cell: '', sent: row.surnameSent },
    { column: unmatchedWords.forename, cell: '', sent: row.forenameSent },
    { column: unmatchedWords.born, cell: '', sent: row.bornSent },
  ]
  const shown = facts.filter((fact) => {
    const item = itemOf(fact.item)
    return fact.rowNumber === row.rowNumber && item !== undefined && showsItem(viewer.part, item)
  })
  const { title, rule } = whyOf(row)
  return reply.page(
    context,
    <UnmatchedRowPage
      frame={frameOf(context)}
      id={idOf(row)}
      number={row.rowNumber}
      fileName={row.fileName}
      school={row.schoolName}
      sentBy={part?.sentBy ?? ''}
      sentAt={row.sentAt}
      why={{ title, rule }}
      cells={[
        ...identity.flatMap(({ column, cell, sent }) => (sent ? [{ column, cell, sent }] : [])),
        ...shown.map((fact) => ({
          column: itemWords[fact.item]?.head ?? itemWords[fact.item]?.label ?? fact.item,
          cell: fact.cell ?? (fact.line === null ? '' : unmatchedWords.line(fact.line)),
          sent: fact.raw,
        })),
      ]}
      {...(typed === undefined ? {} : { typed })}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

unmatchedRoutes.get(paths.unmatchedRow(':row'), async (context) => {
  const row = await found(context)
  return row ? showRow(context, row) : reply.notFound(context)
})

const asUnmatched = (context: WebContext, row: Row): UnmatchedRow => ({
  importNumber: row.importNumber,
  importId: row.importId,
  rowNumber: row.rowNumber,
  virtualSchool: ownCouncil(context),
})

const isTransfer = ({ connector }: Row) => connector === 'common-transfer-file'

const isAttendance = ({ connector }: Row) => connector === 'attendance-marks' || connector === 'attendance-totals'

/**
 * A row of a return is about a place at its school on a day; a transfer file may come from where the child was before, and
 * an attendance file is of days that its lines name.
 */
const fitsRow = async ({ var: { runtime, viewer } }: WebContext, row: Row, pupil: number) =>
  isTransfer(row) ||
  isAttendance(row) ||
  (await placeAt(runtime.db.query, viewer.scope, pupil, row.school ?? 0, row.asAt))

/** What a row of a transfer file brings; undefined where nothing can be brought, because its copy is gone. */
const broughtBy = async ({ var: { runtime } }: WebContext, row: Row, pupil: number) => {
  if (isAttendance(row)) return { ofAttendance: true }
  if (!isTransfer(row)) return {}
  const facts = await transferFactsOfRow(runtime, row.fileKey, row.rowNumber, pupil)
  return facts && { brings: { precedence: transferPrecedence, facts } }
}

unmatchedRoutes.post(paths.unmatchedMatch(':row'), async (context) => {
  const { runtime, viewer } = context.var
  const row = await found(context)
  if (!row) return reply.notFound(context)
  const typed = field(context, 'key').slice(0, 60)
  const pupils = typed === '' ? [] : await pupilsByExactNumber(runtime.db.query, viewer.scope, typed)
  await noteSeen(
    context,
    pupils.map(({ number }) => number),
    'looked up',
    'unmatched row',
  )
  const [pupil, another] = pupils
  const mend = (text: string) => showRow(context, row, typed, [{ text, field: 'key' }])
  const fitsNobody = isTransfer(row) || isAttendance(row) ? unmatchedWords.fitsNobodyInCare : unmatchedWords.fitsNobody
  if (!pupil || another || !(await fitsRow(context, row, pupil.number))) return mend(fitsNobody)
  const said = { by: viewer.person.number, part: viewer.named.role }
  const brings = await broughtBy(context, row, pupil.number)
  if (!brings) return mend(unmatchedWords.copyGone)
  const outcome = await matchRowTo(
    runtime,
    viewer.scope,
    { ...asUnmatched(context, row), ...brings },
    pupil.number,
    said,
  )
  if (outcome === 'fits-not') return mend(fitsNobody)
  return outcome === 'matched' ? reply.goTo(context, paths.unmatched) : reply.changedMeanwhile(context, paths.unmatched)
})

unmatchedRoutes.post(paths.unmatchedSetAside(':row'), async (context) => {
  const { runtime, viewer } = context.var
  const row = await found(context)
  if (!row) return reply.notFound(context)
  const reason = field(context, 'reason')
  if (reason === '') return showRow(context, row, undefined, [{ text: unmatchedWords.reasonNeeded, field: 'reason' }])
  const said = { by: viewer.person.number, part: viewer.named.role }
  const outcome = await setUnmatchedAside(runtime, asUnmatched(context, row), reason, said)
  return outcome === 'set-aside'
    ? reply.goTo(context, paths.unmatched)
    : reply.changedMeanwhile(context, paths.unmatched)
})
