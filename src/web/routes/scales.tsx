import { Hono } from 'hono'
import { paths } from '../../../templates/components/paths.ts'
import { ScalePage, ScalesPage } from '../../../templates/pages/scales.tsx'
import { yearGroupWords } from '../../../templates/words/en/counts.ts'
import { termWords } from '../../../templates/words/en/dates.ts'
import { itemWords } from '../../../templates/words/en/items.ts'
import { scaleWords as words } from '../../../templates/words/en/scale.ts'
import { newPublicId } from '../../domain/identifiers.ts'
import { itemOf } from '../../domain/return/dictionary.ts'
import { bands, gradeItems, type ScaleWord } from '../../domain/return/scale.ts'
import {
  linesToShow,
  type ScaleLine,
  type ScaleProblem,
  sameWord,
  scaleTerms,
  scaleYears,
  wordsOf,
} from '../../returns/scales.ts'
import { gradesSeen } from '../../store/answers.ts'
import { audit } from '../../store/audit.ts'
import { Conflict } from '../../store/db.ts'
import {
  addScale,
  addScaleVersion,
  ownScales,
  retireScale,
  type SavedScale,
  versionsOfScale,
} from '../../store/scales.ts'
import { ownSchools } from '../../store/schools.ts'
import type { Web, WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { only, signedIn } from '../viewer.ts'

/** What a school's own grades mean for the child's age: said once by its lead or deputy, kept in versions. */
export const scaleRoutes = new Hono<Web>()
scaleRoutes.use(paths.scales, signedIn, only('run own school'))
scaleRoutes.use(`${paths.scales}/*`, signedIn, only('run own school'))

const mayChange = (context: WebContext) => {
  const { role } = context.var.viewer.named
  return role === 'designated_teacher' || role === 'deputy'
}

const wordsIn = (saved: SavedScale) => JSON.parse(saved.words) as readonly ScaleWord[]

const retiredOf = ({ retiredAt, retiredBy }: SavedScale) =>
  retiredAt === null ? null : { by: retiredBy, at: retiredAt }

const codes = () => {
  const type = itemOf('attainment_scale')?.type
  return type?.kind === 'choice' ? type.options : []
}

const optionWords = (item: string, value: string) => itemWords[item]?.options?.[value] ?? value

const options = () => ({
  codes: codes().map((value) => ({ value, text: optionWords('attainment_scale', value) })),
  bands: bands.map((value) => ({ value, text: optionWords('reading_band', value) })),
  years: scaleYears.map((value) => ({ value, text: yearGroupWords(value) })),
  terms: scaleTerms.map((value) => ({ value, text: termWords[value] })),
})

scaleRoutes.get(paths.scales, async (context) => {
  const { runtime, viewer } = context.var
  const [scales, schools] = await Promise.all([
    ownScales(runtime.db.query, viewer.scope),
    ownSchools(runtime.db.query, viewer.scope),
  ])
  return reply.page(
    context,
    <ScalesPage
      frame={frameOf(context)}
      severalSchools={schools.length > 1}
      mayChange={mayChange(context)}
      scales={scales.map((one) => ({
        ...one,
        school: schools.find(({ number }) => number === one.school)?.name ?? '',
        words: wordsIn(one).length,
        retired: retiredOf(one),
      }))}
    />,
  )
})

type Typed = {
  readonly school: string
  readonly code: string
  readonly name: string
  readonly base: number
  readonly lines: readonly ScaleLine[]
}

const mostLines = 150

const typedIn = (context: WebContext): Typed => {
  const lines: ScaleLine[] = []
  for (let index = 0; index < mostLines; index += 1) {
    const one = (part: string) => field(context, `${part}-${index}`).slice(0, 20)
    lines.push({ word: one('w'), band: one('m'), yearGroup: one('y'), term: one('t') })
  }
  const last = lines.findLastIndex(({ word, band }) => word !== '' || band !== '')
  const base = field(context, 'base')
  return {
    school: field(context, 'school'),
    code: field(context, 'code'),
    name: field(context, 'name').slice(0, 80),
    base: /^\d{1,6}$/.test(base) ? Number(base) : 0,
    lines: lines.slice(0, last + 1),
  }
}

const fresh: Typed = { school: '', code: '', name: '', base: 0, lines: [] }

const show = async (
  context: WebContext,
  versions: readonly SavedScale[],
  typed: Typed,
  toMend: readonly { readonly text: string; readonly field: string }[] = [],
) => {
  const { runtime, viewer } = context.var
  const [newest] = versions
  const [schools, grades] = await Promise.all([
    ownSchools(runtime.db.query, viewer.scope),
    gradesSeen(runtime.db.query, viewer.scope, gradeItems),
  ])
  const seen = grades.filter(({ school }) => newest === undefined || school === newest.school)
  const times = (word: string) =>
    seen.filter((one) => sameWord(one.word) === sameWord(word)).reduce((sum, { count }) => sum + count, 0)
  const change = mayChange(context) && (newest === undefined || newest.retiredAt === null)
  const lines = change
    ? linesToShow(
        typed.lines,
        seen.map(({ word }) => word),
        5,
      )
    : typed.lines
  return reply.page(
    context,
    <ScalePage
      frame={frameOf(context)}
      saved={
        newest
          ? {
              id: newest.id,
              name: newest.name,
              retired: retiredOf(newest),
              versions: versions.map((one) => ({ ...one, words: wordsIn(one).length })),
            }
          : null
      }
      mayChange={mayChange(context)}
      base={typed.base}
      schools={schools.map(({ id, name }) => ({ id, name }))}
      school={typed.school}
      code={typed.code}
      name={typed.name}
      lines={lines.map((line) => ({ ...line, seen: times(line.word) }))}
      options={options()}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

const problemSaid = (problem: ScaleProblem) => {
  if (problem.kind === 'nothing') return { text: words.toMend.nothing, field: 'w-0' }
  const at = `w-${problem.row - 1}`
  return problem.kind === 'noWord'
    ? { text: words.toMend.noWord(problem.row), field: at }
    : { text: words.toMend.twice(problem.word, problem.row), field: at }
}

scaleRoutes.get(paths.scaleNew, (context) => (mayChange(context) ? show(context, [], fresh) : reply.notFound(context)))

scaleRoutes.post(paths.scaleNew, async (context) => {
  if (!mayChange(context)) return reply.notFound(context)
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const typed = typedIn(context)
  if (field(context, 'step') === 'more') return show(context, [], typed)
  const [schools, scales] = await Promise.all([ownSchools(query, viewer.scope), ownScales(query, viewer.scope)])
  const school = typed.school === '' ? schools[0] : schools.find(({ id }) => id === typed.school)
  if (!school) return reply.notFound(context)
  const said = wordsOf(typed.lines)
  const taken = scales.some((one) => one.school === school.number && one.retiredAt === null && one.name === typed.name)
  const toMend = [
    ...(codes().includes(typed.code) ? [] : [{ text: words.toMend.code, field: 'code' }]),
    ...(typed.name === '' ? [{ text: words.toMend.name, field: 'name' }] : []),
    ...(taken ? [{ text: words.toMend.taken, field: 'name' }] : []),
    ...said.problems.map(problemSaid),
  ]
  if (toMend.length > 0) return show(context, [], typed, toMend)
  const [id, at] = [newPublicId(), runtime.now()]
  const { number } = viewer.person
  try {
    await runtime.db.commit([
      ...addScale({
        ...{ id, school: school.number, code: typed.code, name: typed.name },
        ...{ words: JSON.stringify(said.words), by: number, at },
      }),
      audit(query, { at, person: number, part: 'school', action: 'scale saved', subject: id }),
    ])
  } catch (problem) {
    if (problem instanceof Conflict) return show(context, [], typed, [{ text: words.toMend.taken, field: 'name' }])
    throw problem
  }
  return reply.goTo(context, paths.scaleOf(id))
})

const versionsIn = (context: WebContext) =>
  versionsOfScale(context.var.runtime.db.query, context.var.viewer.scope, context.req.param('scale') ?? '')

const asTyped = (saved: SavedScale): Typed => ({
  ...fresh,
  code: saved.code,
  name: saved.name,
  base: saved.version,
  lines: wordsIn(saved),
})

scaleRoutes.get(paths.scaleOf(':scale'), async (context) => {
  const versions = await versionsIn(context)
  const [newest] = versions
  return newest ? show(context, versions, asTyped(newest)) : reply.notFound(context)
})

scaleRoutes.post(paths.scaleOf(':scale'), async (context) => {
  const versions = await versionsIn(context)
  const [newest] = versions
  if (!newest || newest.retiredAt !== null || !mayChange(context)) return reply.notFound(context)
  const { runtime, viewer } = context.var
  const typed = typedIn(context)
  if (field(context, 'step') === 'more') return show(context, versions, typed)
  const said = wordsOf(typed.lines)
  if (said.problems.length > 0) return show(context, versions, typed, said.problems.map(problemSaid))
  const kept = JSON.stringify(said.words)
  if (kept === newest.words) return reply.goTo(context, paths.scaleOf(newest.id))
  if (typed.base !== newest.version) return reply.changedMeanwhile(context, paths.scaleOf(newest.id))
  const at = runtime.now()
  const { number } = viewer.person
  try {
    await runtime.db.commit([
      addScaleVersion({ scale: newest.id, version: newest.version + 1, words: kept, by: number, at }),
      audit(runtime.db.query, { at, person: number, part: 'school', action: 'scale changed', subject: newest.id }),
    ])
  } catch (problem) {
    if (problem instanceof Conflict) return reply.changedMeanwhile(context, paths.scaleOf(newest.id))
    throw problem
  }
  return reply.goTo(context, paths.scaleOf(newest.id))
})

scaleRoutes.post(paths.scaleRetire(':scale'), async (context) => {
  const [newest] = await versionsIn(context)
  if (!newest || newest.retiredAt !== null || !mayChange(context)) return reply.notFound(context)
  const { runtime, viewer } = context.var
  const at = runtime.now()
  await runtime.db.commit([
    retireScale(runtime.db.query, newest.number, at, viewer.person.number),
    audit(runtime.db.query, {
      ...{ at, person: viewer.person.number, part: 'school', action: 'scale retired', subject: newest.id },
    }),
  ])
  return reply.goTo(context, paths.scales)
})
