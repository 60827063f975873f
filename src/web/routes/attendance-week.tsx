import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { AttendanceWeekPage, type WeekCell } from '../../../templates/pages/attendance-week.tsx'
import { weekWords } from '../../../templates/words/en/attendance.ts'
import { may } from '../../access/scope.ts'
import { classOf, codeTableOn } from '../../domain/attendance/codes.ts'
import { mondayOf, type SessionMark, slotOf, unpackWeek, weekOf } from '../../domain/attendance/week.ts'
import { daysBetween, type PlainDate, parsePlainDate, plusDays } from '../../domain/dates.ts'
import { marksOfSchoolWeek, type OnRollThen, pupilsAtSchool } from '../../store/marks.ts'
import { ownSchools, type School, schoolById } from '../../store/schools.ts'
import type { Web, WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen, shortName } from '../seen.ts'
import { sendWeek } from '../send-week.ts'
import { signedIn } from '../viewer.ts'

/** A school's week of marks, typed in by the school, or by the virtual school from the telephone. */
export const attendanceWeekRoutes = new Hono<Web>()
attendanceWeekRoutes.use(paths.schoolWeek(':school'), signedIn, async (context, next) => {
  const { part } = context.var.viewer
  return may(part, 'answer returns') || may(part, 'work with returns') ? next() : reply.notFound(context)
})

const slots = Array.from({ length: 10 }, (_, slot) => slot)
const dayOf = (monday: PlainDate, slot: number) => plusDays(monday, Math.floor(slot / 2))

/** How far back a week may be typed: as long as a school year and its holidays. */
const furthestBack = 400

type Week = {
  readonly school: School
  readonly monday: PlainDate
  readonly roll: readonly (OnRollThen & { readonly stays: readonly OnRollThen[] })[]
  /** What stands, by pupil and session. */
  readonly held: ReadonlyMap<string, string>
}

const keyOf = (pupil: number, slot: number) => `${pupil}/${slot}`

const weekAsked = async (context: WebContext): Promise<Week | undefined> => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const { today } = viewer.scope
  const named = context.req.param('school') ?? ''
  const school =
    viewer.part.kind === 'school'
      ? (await ownSchools(query, viewer.scope)).find(({ id }) => id === named)
      : await schoolById(query, today, named)
  const from = context.req.query('from')
  const asked = from === undefined ? today : parsePlainDate(from)
  if (!school || !asked || asked > plusDays(mondayOf(weekOf(today)), 6) || daysBetween(asked, today) > furthestBack)
    return undefined
  const week = weekOf(asked)
  const monday = mondayOf(week)
  const [places, marks] = await Promise.all([
    pupilsAtSchool(query, viewer.scope, school.number, monday, plusDays(monday, 4)),
    marksOfSchoolWeek(query, viewer.scope, school.number, week),
  ])
  const roll = new Map<number, Week['roll'][number]>()
  for (const place of places) {
    const own = roll.get(place.pupil)
    roll.set(place.pupil, { ...place, stays: [...(own?.stays ?? []), place] })
  }
  const held = new Map(
    marks.flatMap((one) =>
      unpackWeek(week, one.marks).map(({ day, session, code }) => [keyOf(one.pupil, slotOf(day, session)), code]),
    ),
  )
  await noteSeen(context, [...roll.keys()], 'list seen', 'week of marks')
  return { school, monday, roll: [...roll.values()], held }
}

const isHere = (stays: readonly OnRollThen[], day: PlainDate) =>
  stays.some(({ firstDay, lastDay }) => firstDay <= day && (lastDay === null || day <= lastDay))

const fieldOf = (pupil: OnRollThen, slot: number) => `m-${pupil.id}-${slot}`

const stateOf = (pupil: Week['roll'][number], day: PlainDate, today: PlainDate): WeekCell['state'] => {
  if (!isHere(pupil.stays, day)) return 'not_here'
  return day > today ? 'to_come' : 'open'
}

const show = async (
  context: WebContext,
  week: Week,
  typed: ReadonlyMap<string, string> | null,
  toMend: readonly ToMend[],
) => {
  const { viewer } = context.var
  const { today } = viewer.scope
  const { school, monday, roll, held } = week
  const wrong = new Set(toMend.map((one) => one.field))
  const pupils = roll.map((pupil) => ({
    id: pupil.id,
    shortName: shortName(pupil.forename, pupil.surname),
    yearGroup: pupil.yearGroup || null,
    council: pupil.council,
    stood: slots.map((slot) => held.get(keyOf(pupil.pupil, slot)) ?? '').join(),
    cells: slots.map((slot): WeekCell => {
      const id = fieldOf(pupil, slot)
      return {
        id,
        state: stateOf(pupil, dayOf(monday, slot), today),
        code: typed?.get(id) ?? held.get(keyOf(pupil.pupil, slot)) ?? '',
        toMend: wrong.has(id),
      }
    }),
  }))
  const isEntered = (pupil: Week['roll'][number], slot: number) => {
    const code = held.get(keyOf(pupil.pupil, slot))
    return code !== undefined && classOf(school.country, dayOf(monday, slot), code) !== 'not_entered'
  }
  const missing = roll
    .flatMap((pupil) => slots.map((slot) => ({ pupil, slot })))
    .filter(({ pupil, slot }) => stateOf(pupil, dayOf(monday, slot), today) === 'open' && !isEntered(pupil, slot))
  const [before, after] = [plusDays(monday, -7), plusDays(monday, 7)]
  const sent = /^(\d{1,4})-(\d{1,4})$/.exec(context.req.query('sent') ?? '')
  return reply.page(
    context,
    <AttendanceWeekPage
      frame={frameOf(context)}
      viewer={viewer.part.kind === 'school' ? 'school' : 'virtualSchool'}
      school={{ id: school.id, name: school.name }}
      monday={monday}
      before={daysBetween(before, today) <= furthestBack ? before : null}
      after={after <= today ? after : null}
      pupils={pupils}
      missing={missing.length}
      sent={sent ? { marks: Number(sent[1]), pupils: Number(sent[2]) } : null}
      table={codeTableOn(school.country, monday)}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

attendanceWeekRoutes.get(paths.schoolWeek(':school'), async (context) => {
  const week = await weekAsked(context)
  return week ? show(context, week, null, []) : reply.notFound(context)
})

attendanceWeekRoutes.post(paths.schoolWeek(':school'), async (context) => {
  const { viewer } = context.var
  const week = await weekAsked(context)
  if (!week) return reply.notFound(context)
  const { school, monday, roll, held } = week
  const typed = new Map<string, string>()
  const toMend: ToMend[] = []
  const sending = roll.flatMap((pupil) => {
    const stood = field(context, `stood-${pupil.id}`).split(',')
    const marks = slots.flatMap((slot): SessionMark[] => {
      const day = dayOf(monday, slot)
      if (stateOf(pupil, day, viewer.scope.today) !== 'open') return []
      const id = fieldOf(pupil, slot)
      const code = field(context, id).slice(0, 3).toUpperCase()
      typed.set(id, code)
      const stands = held.get(keyOf(pupil.pupil, slot)) ?? ''
      const asShown = code === (stood[slot] ?? '')
      // What nobody touched is not written over what came meanwhile; a school confirms what it leaves as it stands.
      if (asShown && (code !== stands || viewer.part.kind === 'council')) {
        typed.set(id, stands)
        return []
      }
      if (code === '') return []
      const session = slot % 2 === 0 ? 'AM' : 'PM'
      const cell = () => weekWords.cell(shortName(pupil.forename, pupil.surname), Math.floor(slot / 2), session)
      if (classOf(school.country, day, code) === 'unknown')
        toMend.push({ text: weekWords.toMend.unknown(code, cell()), field: id })
      else if (stands !== (stood[slot] ?? '') && stands !== code)
        toMend.push({ text: weekWords.toMend.meanwhile(code, stands, cell()), field: id })
      return [{ day, session, code }]
    })
    return marks.length > 0 ? [{ pupil, marks }] : []
  })
  const [first] = roll
  if (toMend.length === 0 && sending.length === 0)
    toMend.push({ text: weekWords.toMend.nothing, field: first ? fieldOf(first, 0) : 'main' })
  if (toMend.length > 0) return show(context, week, typed, toMend)
  const sent = await sendWeek(context, school, monday, sending)
  if (!sent)
    return show(context, week, typed, [{ text: weekWords.toMend.refused, field: first ? fieldOf(first, 0) : 'main' }])
  const marks = sending.reduce((sum, one) => sum + one.marks.length, 0)
  return reply.goTo(context, `${paths.schoolWeekOf(school.id, monday)}&sent=${marks}-${sending.length}`)
})
