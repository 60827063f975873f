import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import {
  AttendanceRoutePage,
  type AttendanceRouteProps,
  AttendanceRoutesPage,
} from '../../../templates/pages/attendance-routes.tsx'
import { routeWords } from '../../../templates/words/en/attendance.ts'
import { day } from '../../../templates/words/en/dates.ts'
import { may } from '../../access/scope.ts'
import { attendanceTables } from '../../attendance/tables.ts'
import { routeRhythms, routeStanding, routeWays } from '../../domain/attendance/route.ts'
import { type PlainDate, parseTypedDate, plusDays } from '../../domain/dates.ts'
import { holdsUpn } from '../../domain/identifiers.ts'
import { addRouteLine, type RouteLine, routeLines } from '../../store/attendance-routes.ts'
import { audit } from '../../store/audit.ts'
import { ownPupilsAtSchools } from '../../store/pupils.ts'
import { schoolById, schoolNames } from '../../store/schools.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { settle } from '../settle.ts'
import { only, signedIn } from '../viewer.ts'

/** The register of how each school's attendance comes to a virtual school. */
export const attendanceRegisterRoutes = new Hono<Web>()
attendanceRegisterRoutes.use(paths.attendanceRoutes, signedIn, only('work with returns'))
attendanceRegisterRoutes.use(paths.attendanceRoute(':school'), signedIn, only('work with returns'))

/** The line in force on a day: the last of those that have begun by then. */
const inForce = (lines: readonly RouteLine[], today: PlainDate): RouteLine | undefined =>
  lines.find(({ since }) => since <= today)

const order = ['silent', 'due', 'not_due_yet', 'up_to_date']

attendanceRegisterRoutes.get(paths.attendanceRoutes, async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const { today } = viewer.scope
  const [lines, counts, tables] = await Promise.all([
    routeLines(query, viewer.scope),
    ownPupilsAtSchools(query, viewer.scope),
    attendanceTables(runtime, viewer.scope, ownCouncil(context)),
  ])
  const numbers = [...new Set([...counts.keys(), ...lines.map(({ school }) => school)])]
  const names = await schoolNames(query, numbers)
  const newest = new Map(
    tables.figures.flatMap(({ kind, key, newest: last }) => (kind === 'school' ? [[Number(key), last] as const] : [])),
  )
  const schools = numbers.flatMap((number) => {
    const school = names.get(number)
    if (!school) return []
    const line = inForce(
      lines.filter((one) => one.school === number),
      today,
    )
    const last = newest.get(number) ?? null
    const standing = line ? routeStanding(line, last, today) : undefined
    return [
      {
        id: school.id,
        name: school.name,
        pupils: counts.get(number) ?? 0,
        newest: last,
        route: line && standing ? { ...line, state: standing.state, due: standing.due } : null,
      },
    ]
  })
  const rank = (state: string | undefined) => (state === undefined ? 2.5 : order.indexOf(state))
  return reply.page(
    context,
    <AttendanceRoutesPage
      frame={frameOf(context)}
      schools={schools.toSorted(
        (one, other) => rank(one.route?.state) - rank(other.route?.state) || one.name.localeCompare(other.name),
      )}
      mayChange={may(viewer.part, 'work with returns')}
      mayCollect={may(viewer.part, 'name pupils in files')}
    />,
  )
})

const lineOf = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const named = context.req.param('school') ?? ''
  const school = await schoolById(runtime.db.query, viewer.scope.today, named)
  if (!school) return undefined
  const lines = (await routeLines(runtime.db.query, viewer.scope)).filter((one) => one.school === school.number)
  return { school, lines }
}

type Found = NonNullable<Awaited<ReturnType<typeof lineOf>>>

const show = (
  context: WebContext,
  { school, lines }: Found,
  values: AttendanceRouteProps['values'],
  toMend: readonly ToMend[],
) =>
  reply.page(
    context,
    <AttendanceRoutePage
      frame={frameOf(context)}
      school={school}
      seen={(lines[0]?.sequence ?? 0) + 1}
      values={values}
      before={lines}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )

attendanceRegisterRoutes.get(paths.attendanceRoute(':school'), async (context) => {
  const found = await lineOf(context)
  if (!found) return reply.notFound(context)
  const line = found.lines[0]
  return show(
    context,
    found,
    {
      how: line?.how ?? '',
      every: line?.every ?? '',
      since: day(context.var.viewer.scope.today),
      delay: line ? String(line.usualDelay) : '',
      reason: '',
    },
    [],
  )
})

attendanceRegisterRoutes.post(paths.attendanceRoute(':school'), async (context) => {
  const { runtime, viewer } = context.var
  const found = await lineOf(context)
  if (!found) return reply.notFound(context)
  const values = {
    how: field(context, 'how'),
    every: field(context, 'every'),
    since: field(context, 'since').slice(0, 40),
    delay: field(context, 'delay').slice(0, 10),
    reason: field(context, 'reason').slice(0, 300),
  }
  const how = routeWays.find((one) => one === values.how)
  const every = routeRhythms.find((one) => one === values.every)
  const since = parseTypedDate(values.since)
  const usualDelay = /^\d{1,2}$/.test(values.delay) ? Number(values.delay) : 99
  const { toMend: words } = routeWords
  const toMend: ToMend[] = [
    ...(how ? [] : [{ text: words.how, field: 'how' }]),
    ...(every ? [] : [{ text: words.every, field: 'every' }]),
    ...(since && since <= plusDays(viewer.scope.today, 366) ? [] : [{ text: words.since, field: 'since' }]),
    ...(usualDelay <= 90 ? [] : [{ text: words.delay, field: 'delay' }]),
    ...(values.reason === '' ? [{ text: words.reason, field: 'reason' }] : []),
    ...(holdsUpn(values.reason) ? [{ text: words.upn, field: 'reason' }] : []),
  ]
  if (toMend.length > 0 || !how || !every || !since) return show(context, found, values, toMend)
  const at = runtime.now()
  const sequence = Number(field(context, 'seen')) || (found.lines[0]?.sequence ?? 0) + 1
  return settle(
    context,
    [
      addRouteLine(
        ownCouncil(context),
        { school: found.school.number, sequence, how, every, since, usualDelay, reason: values.reason, at },
        viewer.person.number,
      ),
      audit(runtime.db.query, {
        at,
        person: viewer.person.number,
        part: viewer.named.role,
        action: 'attendance route changed',
        virtualSchool: ownCouncil(context),
        subject: found.school.id,
      }),
    ],
    paths.attendanceRoutes,
    paths.attendanceRoute(found.school.id),
  )
})
