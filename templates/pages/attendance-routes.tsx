import {
  type RouteRhythm,
  type RouteState,
  type RouteWay,
  routeRhythms,
  routeWays,
} from '../../src/domain/attendance/route.ts'
import type { PlainDate } from '../../src/domain/dates.ts'
import { Details, Table } from '../components/figures.tsx'
import { Button, Link, Picks, TextArea, TextField } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { type Shape, State } from '../components/state.tsx'
import { routeWords as words } from '../words/en/attendance.ts'
import { shortDay } from '../words/en/dates.ts'

const shapes: Readonly<Record<RouteState, Shape>> = {
  up_to_date: 'done',
  not_due_yet: 'none',
  due: 'wait',
  silent: 'late',
}

type Line = {
  readonly how: RouteWay
  readonly every: RouteRhythm
  readonly since: PlainDate
  readonly usualDelay: number
  readonly by: string
}

export type AttendanceRoutesProps = {
  readonly frame: Frame
  readonly schools: readonly {
    readonly id: string
    readonly name: string
    readonly pupils: number
    readonly newest: PlainDate | null
    /** Null where nobody has said yet how it comes. */
    readonly route: (Line & { readonly state: RouteState; readonly due: PlainDate }) | null
  }[]
  readonly mayChange: boolean
  readonly mayCollect: boolean
}

/** The register of how each school's attendance comes, with who is silent and who is simply not due. */
export const AttendanceRoutesPage = ({ frame, schools, mayChange, mayCollect }: AttendanceRoutesProps) => {
  const inState = (state: RouteState) => schools.filter(({ route }) => route?.state === state).length
  const { columns } = words
  return (
    <Layout title={words.title} frame={frame} here="attendance" back={{ href: paths.attendance, text: words.back }}>
      <h1 class="govuk-heading-l">{words.heading(inState('silent'), inState('due'))}</h1>
      <p class="lead measure">{words.lead}</p>
      <Table
        caption={words.title}
        captionShown={false}
        columns={[
          { head: columns.school },
          { head: columns.how },
          { head: columns.state },
          { head: columns.newest, whole: true },
          { head: columns.due, whole: true },
          { head: columns.change },
        ]}
        rows={schools.map(({ id, name, pupils, newest, route }) => ({
          head: (
            <>
              {name}
              <span class="small quiet">{words.pupils(pupils)}</span>
            </>
          ),
          cells: [
            route ? (
              <>
                {words.how(words.ways[route.how], words.rhythms[route.every])}
                <span class="small quiet">{`${words.since(route.since, route.by)}, ${words.delay(route.usualDelay)}`}</span>
              </>
            ) : (
              words.unsaid
            ),
            route ? <State shape={shapes[route.state]} word={words.states[route.state]} /> : '',
            newest === null ? words.none : shortDay(newest),
            route ? shortDay(route.due) : '',
            <>
              {mayChange && (
                <Link href={paths.attendanceRoute(id)} also={name}>
                  {words.change}
                </Link>
              )}
              <br />
              <Link href={paths.schoolWeek(id)} also={name}>
                {words.week}
              </Link>
            </>,
          ],
        }))}
      />
      {mayCollect && (
        <section class="part" aria-label={words.collect}>
          <p class="measure">{words.collectSays}</p>
          <p>
            <Link href={paths.attendanceCollect}>{words.collect}</Link>
          </p>
        </section>
      )}
    </Layout>
  )
}

export type AttendanceRouteProps = {
  readonly frame: Frame
  readonly school: { readonly id: string; readonly name: string }
  /** The number the line would have: with a newer one there, nothing is saved. */
  readonly seen: number
  readonly values: {
    readonly how: string
    readonly every: string
    readonly since: string
    readonly delay: string
    readonly reason: string
  }
  readonly before: readonly (Line & { readonly reason: string })[]
  readonly toMend: readonly ToMend[]
}

/** Says how a school's attendance comes from a day on, and why that changes. */
export const AttendanceRoutePage = (props: AttendanceRouteProps) => {
  const { school, values, toMend } = props
  const { fields } = words
  const mend = (id: string) => toMend.find((one) => one.field === id)?.text
  return (
    <Layout
      title={words.title}
      frame={props.frame}
      here="attendance"
      back={{ href: paths.attendanceRoutes, text: words.title }}
      toMend={toMend}
    >
      <h1 class="govuk-heading-l">{words.changeHeading(school.name)}</h1>
      <form action={paths.attendanceRoute(school.id)} method="post" novalidate class="measure">
        <input type="hidden" name="seen" value={String(props.seen)} />
        <Picks
          name="how"
          legend={fields.how}
          value={values.how}
          toMend={mend('how')}
          down
          options={routeWays.map((value) => ({ value, text: words.waysLong[value] }))}
        />
        <Picks
          name="every"
          legend={fields.every}
          value={values.every}
          toMend={mend('every')}
          options={routeRhythms.map((value) => ({ value, text: words.rhythms[value] }))}
        />
        <TextField
          id="since"
          label={fields.since}
          hint={fields.sinceHint}
          value={values.since}
          toMend={mend('since')}
          width={20}
          maxlength={40}
        />
        <TextField
          id="delay"
          label={fields.delay}
          hint={fields.delayHint}
          value={values.delay}
          toMend={mend('delay')}
          width={4}
          maxlength={3}
          inputmode="numeric"
        />
        <TextArea
          id="reason"
          label={fields.reason}
          hint={fields.reasonHint}
          value={values.reason}
          toMend={mend('reason')}
          maxlength={300}
        />
        <p class="act">
          <Button>{words.save}</Button>
          <Link href={paths.attendanceRoutes}>{words.leave}</Link>
        </p>
      </form>
      {props.before.length > 0 && (
        <Details summary={words.history}>
          <ul class="flat rows">
            {props.before.map((line) => (
              <li>
                {words.historyLine(words.ways[line.how], words.rhythms[line.every], line.since, line.reason, line.by)}
              </li>
            ))}
          </ul>
        </Details>
      )}
    </Layout>
  )
}
