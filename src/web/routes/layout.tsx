import { Hono } from 'hono'
import type { SentFile } from '../../../connectors/connector.ts'
import { paths } from '../../../templates/components/paths.ts'
import { LayoutPage, LayoutsPage } from '../../../templates/pages/layouts.tsx'
import { layoutWords } from '../../../templates/words/en/layout.ts'
import { newPublicId } from '../../domain/identifiers.ts'
import { type ReturnSender, stageReturn } from '../../intake/receive-return.ts'
import { guessedLayout, mappingOf, problemsOf } from '../../returns/layouts.ts'
import { Busy } from '../../runtime.ts'
import { audit } from '../../store/audit.ts'
import { Conflict } from '../../store/db.ts'
import {
  addLayout,
  addVersion,
  ownLayouts,
  renameLayout,
  retireLayout,
  type SavedLayout,
  versionsOfLayout,
} from '../../store/layouts.ts'
import { vouchedFor } from '../../store/people.ts'
import { ownSchools } from '../../store/schools.ts'
import { carriedFile } from '../carried.ts'
import type { Web, WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { carriedOn, meaningWords, questionOf, saidIn } from '../layout-form.ts'
import { markedLayout, savedMapping, showColumns, showRefused, showTried, showWords } from '../layout-pages.tsx'
import { frameOf, reply } from '../reply.tsx'
import { only, signedIn } from '../viewer.ts'

/**
 * A school's own layout: said column by column and word by word, tried, saved, changed and taken out of use. The file
 * travels in the pages' own form; nothing of it is stored until its layout is saved.
 */
export const layoutRoutes = new Hono<Web>()
layoutRoutes.use(paths.layout, signedIn, only('answer returns'))
layoutRoutes.use(paths.layouts, signedIn, only('answer returns'))
layoutRoutes.use(`${paths.layouts}/*`, signedIn, only('answer returns'))

const layoutById = async (context: WebContext, id: string): Promise<SavedLayout | undefined> =>
  id === ''
    ? undefined
    : (await ownLayouts(context.var.runtime.db.query, context.var.viewer.scope)).find(
        (one) => one.id === id && one.retiredAt === null,
      )

layoutRoutes.post(paths.layout, async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const bytes = await carriedFile(field(context, 'file'), runtime.config.uploadBytes)
  if (!bytes) return reply.goTo(context, paths.upload)
  const carried = carriedOn(context)
  const schools = await ownSchools(query, viewer.scope)
  const school = schools.find(({ id }) => id === carried.school) ?? (schools.length === 1 ? schools[0] : undefined)
  const saved = await layoutById(context, carried.layout)
  if (!school || (carried.layout !== '' && saved?.school !== school.number)) return reply.notFound(context)
  const file: SentFile = { name: carried.fileName, bytes }
  const sender: ReturnSender = {
    school: school.number,
    virtualSchools: await vouchedFor(query, viewer.scope, school.number),
    by: viewer.person.number,
    via: 'page',
  }
  try {
    const looked = await runtime.start({
      name: 'look-at-layout',
      file,
      known: saved ? [savedMapping(saved)] : [],
      chosen: {
        ...(carried.sheet === '' ? {} : { sheet: carried.sheet }),
        ...(/^\d{1,5}$/.test(carried.headRow) ? { headRow: Number(carried.headRow) } : {}),
      },
    })
    if (looked.outcome === 'refused') return showRefused(context, file.name, looked.finding)
    const on = { ...carried, school: school.id, sheet: looked.sheet ?? '', headRow: String(looked.headRow) }
    const offered = guessedLayout(looked, saved && savedMapping(saved))
    const step = field(context, 'step')
    if (step === 'show') return showColumns(context, on, looked, offered, saved, [])
    const said = saidIn(context, looked, offered)
    const problems = problemsOf(said)
    if (step === 'back' || problems.length > 0) return showColumns(context, on, looked, said, saved, problems)
    const name = field(context, 'name').slice(0, 80)
    const words = Object.keys(mappingOf(looked, said).values).length > 0
    if (step === 'columns' && words) return showWords(context, on, looked, said)
    if (step === 'marked') {
      const marked = await markedLayout(context, file, mappingOf(looked, said), sender)
      if (marked) return marked
    }
    if (step !== 'save') return showTried(context, on, file, looked, said, sender, name || (saved?.name ?? ''))
    const toMend = (text: string) => showTried(context, on, file, looked, said, sender, name, [{ field: 'name', text }])
    if (name === '') return toMend(layoutWords.toMend.name)
    return await saveAndStage(context, file, sender, saved, name, JSON.stringify(mappingOf(looked, said)), toMend)
  } catch (problem) {
    if (problem instanceof Busy) return reply.tooMany(context, 1)
    throw problem
  }
})

const saveAndStage = async (
  context: WebContext,
  file: SentFile,
  sender: ReturnSender,
  saved: SavedLayout | undefined,
  name: string,
  mapping: string,
  toMend: (text: string) => Promise<Response> | Response,
) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const now = runtime.now()
  const fresh = newPublicId()
  const id = saved?.id ?? fresh
  const others = await ownLayouts(query, viewer.scope)
  const taken = others.some(
    (one) => one.school === sender.school && one.id !== id && one.name === name && one.retiredAt === null,
  )
  if (taken) return toMend(layoutWords.toMend.taken)
  const kept = { mapping, by: viewer.person.number, at: now }
  try {
    await runtime.db.commit([
      ...(saved
        ? [
            ...(saved.mapping === mapping ? [] : addVersion({ ...kept, layout: id, version: saved.version + 1 })),
            ...(saved.name === name ? [] : [renameLayout(query, saved.number, name)]),
          ]
        : addLayout({ ...kept, id: fresh, school: sender.school, name })),
      audit(query, { at: now, person: viewer.person.number, part: 'school', action: 'layout saved', subject: id }),
    ])
  } catch (problem) {
    if (problem instanceof Conflict) return reply.changedMeanwhile(context, paths.upload)
    throw problem
  }
  const layout = (await ownLayouts(query, viewer.scope)).find(
    (one) => one.school === sender.school && one.name === name && one.retiredAt === null,
  )
  if (!layout) return reply.changedMeanwhile(context, paths.upload)
  return stageWith(context, file, sender, layout)
}

/** Reads a file with a saved layout, and brings it to the check. */
export const stageWith = async (
  context: WebContext,
  file: SentFile,
  sender: ReturnSender,
  layout: SavedLayout,
): Promise<Response> => {
  const { runtime } = context.var
  const mapping = savedMapping(layout)
  const parsed = await runtime.start({ name: 'parse-school-layout', file, mapping })
  if (parsed.outcome === 'refused') return showRefused(context, file.name, parsed.finding)
  const received = await stageReturn(runtime, file, parsed, sender, undefined, {
    version: layout.versionNumber,
    mapping,
  })
  return received.outcome === 'refused'
    ? showRefused(context, file.name, received.finding)
    : reply.goTo(context, paths.check(received.delivery))
}

const retiredOf = ({ retiredAt, retiredBy }: SavedLayout) =>
  retiredAt === null ? null : { by: retiredBy, at: retiredAt }

layoutRoutes.get(paths.layouts, async (context) => {
  const { runtime, viewer } = context.var
  const [layouts, schools] = await Promise.all([
    ownLayouts(runtime.db.query, viewer.scope),
    ownSchools(runtime.db.query, viewer.scope),
  ])
  return reply.page(
    context,
    <LayoutsPage
      frame={frameOf(context)}
      severalSchools={schools.length > 1}
      layouts={layouts.map((one) => ({
        ...one,
        school: schools.find(({ number }) => number === one.school)?.name ?? '',
        columns: savedMapping(one).columns.length,
        retired: retiredOf(one),
      }))}
    />,
  )
})

const showLayout = (context: WebContext, versions: readonly SavedLayout[], typed: string, toMend?: string) => {
  const [newest] = versions
  if (!newest) return reply.notFound(context)
  const mapping = savedMapping(newest)
  return reply.page(
    context,
    <LayoutPage
      frame={frameOf(context)}
      id={newest.id}
      name={newest.name}
      typed={typed}
      retired={retiredOf(newest)}
      wholeSchool={mapping.rows === 'whole_school'}
      columns={mapping.columns.map(({ head, target }) => ({
        head,
        question: questionOf(target),
        words: Object.entries(mapping.values[target] ?? {}).map(([word, meaning]) => ({
          word,
          means: meaningWords(target, meaning),
        })),
      }))}
      versions={versions}
      toMend={toMend === undefined ? [] : [{ field: 'name', text: toMend }]}
    />,
    toMend === undefined ? 200 : 422,
  )
}

const versionsIn = (context: WebContext) =>
  versionsOfLayout(context.var.runtime.db.query, context.var.viewer.scope, context.req.param('layout') ?? '')

layoutRoutes.get(paths.layoutOf(':layout'), async (context) => {
  const versions = await versionsIn(context)
  return showLayout(context, versions, versions[0]?.name ?? '')
})

layoutRoutes.post(paths.layoutRename(':layout'), async (context) => {
  const { runtime, viewer } = context.var
  const versions = await versionsIn(context)
  const [newest] = versions
  if (!newest || newest.retiredAt !== null) return reply.notFound(context)
  const name = field(context, 'name').slice(0, 80)
  if (name === '') return showLayout(context, versions, name, layoutWords.toMend.name)
  try {
    await runtime.db.commit([
      renameLayout(runtime.db.query, newest.number, name),
      audit(runtime.db.query, {
        at: runtime.now(),
        person: viewer.person.number,
        part: 'school',
        action: 'layout renamed',
        subject: newest.id,
      }),
    ])
  } catch (problem) {
    if (problem instanceof Conflict) return showLayout(context, versions, name, layoutWords.toMend.taken)
    throw problem
  }
  return reply.goTo(context, paths.layoutOf(newest.id))
})

layoutRoutes.post(paths.layoutRetire(':layout'), async (context) => {
  const { runtime, viewer } = context.var
  const [newest] = await versionsIn(context)
  if (!newest || newest.retiredAt !== null) return reply.notFound(context)
  const now = runtime.now()
  await runtime.db.commit([
    retireLayout(runtime.db.query, newest.number, now, viewer.person.number),
    audit(runtime.db.query, {
      at: now,
      person: viewer.person.number,
      part: 'school',
      action: 'layout retired',
      subject: newest.id,
    }),
  ])
  return reply.goTo(context, paths.layouts)
})
