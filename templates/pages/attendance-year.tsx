import type { Benchmark } from '../../src/domain/attendance/benchmark.ts'
import type { Pattern, PictureTerm } from '../../src/domain/attendance/picture.ts'
import {
  absenceBand,
  absentOf,
  attendedOf,
  emptyTally,
  isSmallBase,
  perThousand,
  possibleOf,
  reaches,
  type Tally,
} from '../../src/domain/attendance/tally.ts'
import type { Projection, Trend } from '../../src/domain/attendance/trend.ts'
import { usualYearSource } from '../../src/domain/attendance/usual-year.ts'
import type { Session } from '../../src/domain/attendance/week.ts'
import type { PlainDate } from '../../src/domain/dates.ts'
import type { Term } from '../../src/domain/return/item.ts'
import { Details, Glance, Table } from '../components/figures.tsx'
import { Link } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { State } from '../components/state.tsx'
import { YearPicture } from '../components/year-picture.tsx'
import { bandWords, tenths, yearWords as words } from '../words/en/attendance.ts'
import { yearGroupWords } from '../words/en/counts.ts'
import { shortDay } from '../words/en/dates.ts'
import { pupilWords } from '../words/en/pupil.ts'

/** Some sessions in a row in words: their code as sent, what that means, what it counts as and where it came in. */
export type SaidRun = {
  readonly first: { readonly day: PlainDate; readonly session: Session }
  readonly last: { readonly day: PlainDate; readonly session: Session }
  readonly sessions: number
  readonly code: string
  readonly meaning: string
  readonly counts: string
  readonly from: string
}

export type AttendanceYearProps = {
  readonly frame: Frame
  readonly pupil: {
    readonly id: string
    readonly shortName: string
    readonly yearGroup: string | null
    readonly council: string
  }
  /** For the virtual school; null on a school's own page. */
  readonly school: string | null
  readonly academicYear: number
  readonly otherYears: readonly number[]
  readonly until: PlainDate
  readonly tally: Tally
  readonly terms: readonly { readonly term: Term; readonly tally: Tally }[]
  readonly schools: readonly { readonly name: string; readonly tally: Tally }[]
  readonly picture: readonly PictureTerm[]
  readonly pattern: Pattern | null
  readonly benchmark: Benchmark | null
  readonly trend: Trend
  readonly projection: Projection | null
  readonly codeSource: string
  readonly weeks: readonly {
    readonly monday: PlainDate
    /** The codes of Monday to Friday and of the weekend. */
    readonly days: readonly string[]
    readonly tally: Tally
    readonly from: string
  }[]
  readonly absences: readonly SaidRun[]
  readonly differing: readonly (SaidRun & {
    readonly others: readonly { readonly code: string; readonly from: string }[]
  })[]
  readonly outside: number
  readonly totals: readonly {
    readonly from: keyof typeof words.totalFrom
    readonly school: string
    readonly firstDay: PlainDate | null
    readonly lastDay: PlainDate | null
    readonly possible: string | null
    readonly attended: string | null
    readonly authorised: string | null
    readonly unauthorised: string | null
    readonly percentage: string | null
    readonly basis: string | null
  }[]
}

const share = (tally: Tally) => tenths(perThousand(attendedOf(tally), possibleOf(tally)))

/** A child's year of attendance: the figures, the picture, what stands behind each mark, and totals apart. */
export const AttendanceYearPage = (props: AttendanceYearProps) => {
  const { pupil, tally } = props
  const possible = possibleOf(tally)
  return (
    <Layout
      title={words.title}
      frame={props.frame}
      here="pupils"
      back={{ href: paths.pupil(pupil.id), text: words.back(pupil.shortName) }}
    >
      <p class="over">{pupilWords.over(yearGroupWords(pupil.yearGroup), pupil.council, props.school)}</p>
      <div class="pair pair--wrap">
        <h1 class="govuk-heading-l">
          {possible === 0 && props.totals.length > 0
            ? words.headingTotal(pupil.shortName)
            : words.heading(pupil.shortName, attendedOf(tally), possible)}
        </h1>
        <p class="act small">
          {props.otherYears.map((year) => (
            <Link href={paths.pupilAttendanceIn(pupil.id, year)}>{words.otherYear(year)}</Link>
          ))}
          <Link href={paths.pupilAttendanceFile(pupil.id, props.academicYear)}>{words.file}</Link>
        </p>
      </div>
      <p class="lead">{words.over(props.academicYear, props.until)}</p>
      {possible > 0 && <Figures props={props} />}
      {props.weeks.length > 0 && <Picture props={props} />}
      <Totals props={props} />
      {props.weeks.length > 0 && <Absences props={props} />}
      {props.differing.length > 0 && <Differing props={props} />}
      <Details summary={words.methods}>
        {props.benchmark ? (
          <p>{words.benchmarkSays(props.benchmark.percent, props.benchmark.validFrom, props.benchmark.source)}</p>
        ) : (
          <p>{words.noBenchmark}</p>
        )}
        <p>{words.trendMethod}</p>
        {props.projection && <p>{words.projectionMethod(props.projection.toCome, usualYearSource)}</p>}
        <p>{words.codes(props.codeSource)}</p>
      </Details>
    </Layout>
  )
}

const Figures = ({ props }: { readonly props: AttendanceYearProps }) => {
  const { tally, benchmark, trend, projection } = props
  const [attended, possible] = [attendedOf(tally), possibleOf(tally)]
  const band = absenceBand(tally)
  const reached = benchmark && reaches(attended, possible, benchmark.percent)
  return (
    <>
      <Glance
        figures={[
          { name: words.figures.attendance, value: share(tally), base: words.ofSessions(attended, possible) },
          {
            name: words.figures.absence,
            value: tenths(perThousand(absentOf(tally), possible)),
            base: words.absence(tally.authorised, tally.unauthorised),
          },
          {
            name: words.figures.trend,
            value: trend.direction ? words.trend[trend.direction] : words.noTrend,
            base: trend.direction ? words.trendBase(share(trend.recent), share(trend.before)) : undefined,
          },
          ...(projection
            ? [
                {
                  name: words.figures.yearEnd,
                  value: tenths(perThousand(projection.attended, projection.possible)),
                  base: words.projectionBase(projection.attended, projection.possible),
                },
              ]
            : []),
          ...(tally.late > 0
            ? [{ name: words.figures.late, value: words.late(tally.late), base: words.lateBase }]
            : []),
        ]}
      />
      <ul class="flat key">
        {benchmark && (
          <li>
            <State
              shape={reached ? 'done' : 'late'}
              word={reached ? words.atOrAbove(benchmark.percent) : words.below(benchmark.percent)}
            />
          </li>
        )}
        {band && (
          <li>
            <State shape={band === 'below' ? 'done' : 'late'} word={bandWords[band]} />
          </li>
        )}
      </ul>
      {isSmallBase(tally) && <p class="note">{words.few}</p>}
    </>
  )
}

const Picture = ({ props }: { readonly props: AttendanceYearProps }) => {
  const { pattern } = props
  return (
    <section class="part" aria-labelledby="picture">
      <h2 class="govuk-heading-m" id="picture">
        {words.picture}
      </h2>
      <p class="measure">
        {words.pictureSays}{' '}
        {pattern && words.pattern(pattern.count, pattern.of, pattern.weekday, pattern.session, pattern.since)}
      </p>
      {props.tally.unknown > 0 && <p class="note note--wait">{words.unknown(props.tally.unknown)}</p>}
      {props.outside > 0 && <p class="note note--wait">{words.outside(props.outside)}</p>}
      <YearPicture
        terms={props.picture}
        tally={props.tally}
        byTerm={new Map(props.terms.map(({ term, tally }) => [term, tally]))}
        nothing={emptyTally}
      />
      <Table
        caption={words.termTable.caption}
        captionShown={false}
        columns={[
          { head: props.schools.length > 1 ? words.termTable.termOrSchool : words.termTable.term },
          { head: words.termTable.attended, number: true },
          { head: words.termTable.authorised, number: true },
          { head: words.termTable.unauthorised, number: true },
          { head: words.termTable.share, number: true },
        ]}
        rows={[
          ...props.terms.map(({ term, tally }) => ({ name: words.term(term), tally })),
          ...(props.schools.length > 1 ? props.schools : []),
        ].map(({ name, tally }) => ({
          head: name,
          cells: [
            words.ofSessions(attendedOf(tally), possibleOf(tally)),
            tally.authorised,
            tally.unauthorised,
            share(tally),
          ],
        }))}
      />
      <Details summary={words.sameAsTable}>
        <Table
          caption={words.table.caption}
          captionShown={false}
          tight
          columns={[
            { head: words.table.week, whole: true },
            ...words.table.days.map((head) => ({ head })),
            { head: words.table.attended, number: true },
            { head: words.table.from },
          ]}
          rows={props.weeks.map((week) => ({
            head: shortDay(week.monday),
            cells: [
              ...words.table.days.map((_, index) =>
                week.days[index] ? <span class="mono">{week.days[index]}</span> : '',
              ),
              `${attendedOf(week.tally)} of ${possibleOf(week.tally)}`,
              week.from,
            ],
          }))}
        />
      </Details>
    </section>
  )
}

const Totals = ({ props }: { readonly props: AttendanceYearProps }) => {
  if (props.totals.length === 0) return null
  const columns = words.totalColumns
  return (
    <section class="part" aria-labelledby="totals">
      <h2 class="govuk-heading-m" id="totals">
        {words.totals}
      </h2>
      <p class="measure">
        {possibleOf(props.tally) > 0 ? words.fromMarks : words.fromTotals} {words.totalsSays}
      </p>
      <Table
        caption={words.totals}
        captionShown={false}
        columns={[
          { head: columns.from },
          { head: columns.days },
          { head: columns.attended, number: true },
          { head: columns.absent },
          { head: columns.share, number: true },
        ]}
        rows={props.totals.map((total) => ({
          head: (
            <>
              {words.totalFrom[total.from]}
              {total.school && <span class="small quiet">{total.school}</span>}
            </>
          ),
          cells: [
            words.totalDays(total.firstDay, total.lastDay),
            total.attended !== null && total.possible !== null ? `${total.attended} of ${total.possible}` : '',
            words.totalAbsent(total.authorised, total.unauthorised),
            shareOf(total),
          ],
        }))}
      />
    </section>
  )
}

/** A reported percentage as reported; else what was attended of what was possible, where both are known. */
const shareOf = ({ percentage, basis, attended, possible }: AttendanceYearProps['totals'][number]) => {
  if (percentage !== null) return words.reported(percentage, basis)
  return attended === null || possible === null ? '' : tenths(perThousand(Number(attended), Number(possible)))
}

const Marked = ({ run }: { readonly run: SaidRun }) => {
  const [first, last] = [run.first, run.last].map(({ day: on, session }) => words.session(on, session))
  if (run.sessions === 1 || !first || !last) return <>{first}</>
  return (
    <>
      {words.to(first, last)}
      <span class="small quiet">{words.sessions(run.sessions)}</span>
    </>
  )
}

const Absences = ({ props }: { readonly props: AttendanceYearProps }) => {
  const columns = words.absenceColumns
  return (
    <section class="part" aria-labelledby="absences">
      <h2 class="govuk-heading-m" id="absences">
        {words.absences}
      </h2>
      {props.absences.length === 0 ? (
        <p>{words.absencesNone}</p>
      ) : (
        <Table
          caption={words.absences}
          captionShown={false}
          columns={[{ head: columns.day }, { head: columns.code }, { head: columns.counts }, { head: columns.from }]}
          rows={props.absences.map((mark) => ({
            head: <Marked run={mark} />,
            cells: [
              <>
                <span class="mono">{mark.code}</span> {mark.meaning}
              </>,
              mark.counts,
              mark.from,
            ],
          }))}
        />
      )}
    </section>
  )
}

const Differing = ({ props }: { readonly props: AttendanceYearProps }) => (
  <section class="part" aria-labelledby="differ">
    <h2 class="govuk-heading-m" id="differ">
      {words.differ}
    </h2>
    <p class="measure">{words.differSays}</p>
    <ul class="flat rows">
      {props.differing.map((mark) => (
        <li>
          <b>
            <Marked run={mark} />
          </b>
          <br />
          {words.differRow(
            words.differOther(mark.code, mark.from),
            mark.others.map(({ code, from }) => words.differOther(code, from)).join(', '),
          )}
        </li>
      ))}
    </ul>
  </section>
)
