import { Hono } from 'hono'
import type { SentFile } from '../../../connectors/connector.ts'
import { termlyReturn } from '../../../connectors/registry.ts'
import { writeReturnCsv, writeReturnWorkbook } from '../../../connectors/termly-return/write.ts'
import { paths } from '../../../templates/components/paths.ts'
import { UploadPage } from '../../../templates/pages/upload.tsx'
import { uploadWords } from '../../../templates/words/en/upload.ts'
import { type ReturnSender, stageReturn } from '../../intake/receive-return.ts'
import { returnSheet } from '../../returns/sheet.ts'
import { Busy, type Runtime } from '../../runtime.ts'
import { referencesOf } from '../../store/answers.ts'
import { importsOf, isReturn } from '../../store/imports.ts'
import { ownLayouts } from '../../store/layouts.ts'
import { contactsAt, vouchedFor } from '../../store/people.ts'
import { ownSchools, type School } from '../../store/schools.ts'
import type { Web, WebContext } from '../context.ts'
import { followed, type Kept } from '../followed.ts'
import { field } from '../form-field.ts'
import { askForColumns, markedLayout, savedMapping, showRefused } from '../layout-pages.tsx'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'
import { stageWith } from './layout.tsx'

/** The workbook and CSV to fill in, and the upload of what was filled in. */
export const returnRoutes = new Hono<Web>()
returnRoutes.use('/return/*', signedIn, only('answer returns'))

/** The school a request is about: the one named, or the only one. */
const schoolOf = async (context: WebContext, named: string): Promise<School | undefined> => {
  const schools = await ownSchools(context.var.runtime.db.query, context.var.viewer.scope)
  return named === '' ? schools[0] : schools.find(({ id }) => id === named)
}

const fileName = (school: School, term: string, year: number, kind: string) =>
  `${school.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}-${term}-${year}.${kind}`

const sheetFor = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const school = await schoolOf(context, context.req.query('school') ?? '')
  if (!school) return undefined
  const contacts = await contactsAt(runtime.db.query, viewer.scope, school.number, viewer.person.number)
  const made = await returnSheet(runtime, viewer.scope, school, contacts, viewer.person.number)
  if (!made) return undefined
  await noteSeen(context, made.pupils, 'return downloaded')
  return { school, sheet: made.sheet }
}

returnRoutes.get(paths.workbook, async (context) => {
  const made = await sheetFor(context)
  if (!made) return reply.notFound(context)
  const { school, sheet } = made
  const name = fileName(school, sheet.term, sheet.academicYear, 'xlsx')
  return reply.file(
    context,
    await writeReturnWorkbook(sheet),
    name,
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  )
})

returnRoutes.get(paths.returnCsv, async (context) => {
  const made = await sheetFor(context)
  if (!made) return reply.notFound(context)
  const { school, sheet } = made
  return reply.file(
    context,
    writeReturnCsv(sheet),
    fileName(school, sheet.term, sheet.academicYear, 'csv'),
    'text/csv; charset=utf-8',
  )
})

const showUpload = async (context: WebContext, toMend?: string) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const [imports, layouts] = await Promise.all([importsOf(query, viewer.scope), ownLayouts(query, viewer.scope)])
  const waiting = new Map(
    imports.filter((one) => one.state === 'staged' && isReturn(one)).map((one) => [one.deliveryId, one]),
  )
  const asked = toMend === undefined ? (context.req.query('layout') ?? '') : field(context, 'layout')
  const changing = layouts.find(({ id, retiredAt }) => id === asked && retiredAt === null)
  return reply.page(
    context,
    <UploadPage
      frame={frameOf(context)}
      uploadBytes={runtime.config.uploadBytes}
      {...(toMend ? { toMend } : {})}
      waiting={[...waiting.values()]
        .slice(0, 5)
        .map((one) => ({ id: one.deliveryId, fileName: one.fileName, uploadedAt: one.sentAt }))}
      layouts={layouts.length}
      changing={changing ? { id: changing.id, name: changing.name } : null}
    />,
    toMend ? 422 : 200,
  )
}

returnRoutes.get(paths.upload, (context) => showUpload(context))

returnRoutes.post(paths.upload, (context) => followed(context, (kept) => takeUpload(context, kept)))

const takeUpload = async (context: WebContext, kept: Kept) => {
  const { runtime } = context.var
  const sent = context.var.form.get('file')
  if (!(sent instanceof File) || sent.size === 0) return showUpload(context, uploadWords.noFile)
  const file = { name: sent.name.slice(0, 200), bytes: new Uint8Array(await sent.arrayBuffer()) }
  const school = await schoolOfFile(context, file, field(context, 'school'))
  if (!school) return reply.notFound(context)
  try {
    const ours = await readAsOurs(runtime, file)
    if (!ours || field(context, 'layout') !== '') return await receiveOwnLayout(context, file, school)
    if (ours.outcome === 'refused') return showRefused(context, file.name, ours.finding)
    const received = await stageReturn(runtime, file, ours, await senderFor(context, school), kept)
    return received.outcome === 'refused'
      ? showRefused(context, file.name, received.finding)
      : reply.goTo(context, paths.check(received.delivery))
  } catch (problem) {
    if (problem instanceof Busy) return reply.tooMany(context, 1)
    throw problem
  }
}

const senderFor = async ({ var: { runtime, viewer } }: WebContext, school: School): Promise<ReturnSender> => ({
  school: school.number,
  virtualSchools: await vouchedFor(runtime.db.query, viewer.scope, school.number),
  by: viewer.person.number,
  via: 'page',
})

/**
 * The file as a return of ours. A file that has no row reference and columns we do not know is the school's own, though
 * some of its headings are like ours.
 */
const readAsOurs = async (runtime: Runtime, file: SentFile) => {
  if (!termlyReturn.recognises(file)) return undefined
  const parsed = await runtime.start({ name: 'parse-termly-return', file })
  if (parsed.outcome === 'refused') return parsed
  const ownColumns =
    parsed.rows.every(({ reference }) => reference === null) &&
    parsed.findings.some(({ code }) => code === 'COLUMN_NOT_KNOWN')
  return ownColumns ? undefined : parsed
}

/** A file in a school's own layout: read as one that is saved, else a person is asked what its columns are. */
const receiveOwnLayout = async (context: WebContext, file: SentFile, school: School): Promise<Response> => {
  const { runtime, viewer } = context.var
  const schools = await ownSchools(runtime.db.query, viewer.scope)
  const own = (await ownLayouts(runtime.db.query, viewer.scope)).filter(({ retiredAt }) => retiredAt === null)
  const changing = own.find(({ id }) => id === field(context, 'layout'))
  const known = changing ? [changing] : own
  const looked = await runtime.start({ name: 'look-at-layout', file, known: known.map(savedMapping), chosen: {} })
  if (looked.outcome === 'refused') return showRefused(context, file.name, looked.finding)
  const saved = changing ?? (looked.fit ? known[looked.fit.index] : undefined)
  const of = schools.find(({ number }) => number === saved?.school) ?? school
  const fits = looked.fit !== null && looked.fit.missing.length === 0 && looked.fit.added.length === 0
  if (saved && fits && !changing) {
    const sender = await senderFor(context, of)
    const marked =
      field(context, 'marked') === '' ? undefined : markedLayout(context, file, savedMapping(saved), sender)
    return (await marked) ?? stageWith(context, file, sender, saved)
  }
  return askForColumns(context, file, looked, of.id, saved)
}

/** Somebody with several schools is asked for none: the file's own row references say which school it is of. */
const schoolOfFile = async (
  context: WebContext,
  file: { readonly name: string; readonly bytes: Uint8Array },
  named: string,
): Promise<School | undefined> => {
  const { runtime, viewer } = context.var
  const schools = await ownSchools(runtime.db.query, viewer.scope)
  if (named !== '' || schools.length < 2) return schoolOf(context, named)
  if (!termlyReturn.recognises(file)) return schools[0]
  const parsed = await runtime.start({ name: 'parse-termly-return', file })
  if (parsed.outcome === 'refused') return schools[0]
  const sent = parsed.rows.flatMap(({ reference }) => (reference ? [reference.raw.trim()] : []))
  const known = await referencesOf(runtime.db.query, sent)
  return schools.find(({ number }) => known.some(({ school }) => school === number)) ?? schools[0]
}
