import type { Benchmark } from '../../src/domain/attendance/benchmark.ts'
import { attendedOf, perThousand, possibleOf, reaches, type Tally } from '../../src/domain/attendance/tally.ts'
import type { PlainDate } from '../../src/domain/dates.ts'
import { Glance, Table } from '../components/figures.tsx'
import { Button, Link, SelectField } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { State } from '../components/state.tsx'
import { fewWords, tenths, tableWords as words, yearWords } from '../words/en/attendance.ts'
import { attendanceFileWords } from '../words/en/attendance-files.ts'
import { shortDay } from '../words/en/dates.ts'

/** One line of a table: a group of children with its figures and their bases. */
export type TableLine = {
  readonly name: string
  /** A school's week can be opened. */
  readonly schoolId: string | null
  readonly children: number
  readonly based: number
  readonly benchmarked: number
  readonly persistent: number
  readonly severe: number
  readonly below: number
  readonly few: number
  readonly tally: Tally
  readonly newest: PlainDate | null
  /** Of the children, those who are counted by totals that were reported. */
  readonly byTotals: number
}

export type AttendanceTablesProps = {
  readonly frame: Frame
  readonly academicYear: number
  readonly until: PlainDate
  readonly benchmark: Benchmark | null
  readonly all: TableLine | null
  readonly years: readonly TableLine[]
  readonly schools: readonly TableLine[]
  readonly sort: keyof typeof words.sorts
  readonly mayChange: boolean
}

const share = ({ tally }: TableLine) => tenths(perThousand(attendedOf(tally), possibleOf(tally)))

const LineTable = (props: {
  readonly caption: string
  readonly head: string
  readonly lines: readonly TableLine[]
  readonly benchmark: Benchmark | null
  readonly newest: boolean
}) => {
  const { columns } = words
  const against = (line: TableLine) => {
    const { benchmark } = props
    if (!benchmark || line.benchmarked === 0 || possibleOf(line.tally) === 0) return ''
    return reaches(attendedOf(line.tally), possibleOf(line.tally), benchmark.percent)
      ? yearWords.atOrAbove(benchmark.percent)
      : yearWords.below(benchmark.percent)
  }
  return (
    <Table
      caption={props.caption}
      tight
      columns={[
        { head: props.head },
        { head: columns.pupils, number: true },
        { head: columns.sessions, number: true },
        { head: columns.share, number: true },
        { head: columns.persistent, number: true },
        { head: columns.severe, number: true },
        { head: columns.below, number: true },
        ...(props.newest ? [{ head: columns.newest, whole: true }] : []),
      ]}
      rows={props.lines.map((line) => ({
        head: line.schoolId ? <Link href={paths.schoolWeek(line.schoolId)}>{line.name}</Link> : line.name,
        cells: [
          <>
            {line.children}
            {line.few > 0 && <span class="small quiet">{words.few(line.few)}</span>}
          </>,
          <>
            {words.sessions(attendedOf(line.tally), possibleOf(line.tally))}
            {line.byTotals > 0 && <span class="small quiet">{words.someByTotals(line.byTotals)}</span>}
          </>,
          <>
            <b>{share(line)}</b>
            {against(line) !== '' && <span class="small quiet">{against(line)}</span>}
          </>,
          words.of(line.persistent, line.based),
          words.of(line.severe, line.based),
          line.benchmarked === 0 ? '' : words.of(line.below, line.benchmarked),
          ...(props.newest ? [line.newest === null ? '' : shortDay(line.newest)] : []),
        ],
      }))}
    />
  )
}

/** A council's attendance: all, by year group and by school, each against the benchmark and with its base. */
export const AttendanceTablesPage = (props: AttendanceTablesProps) => {
  const { all, benchmark, sort } = props
  const any = all !== null && all.based > 0
  return (
    <Layout title={words.title} frame={props.frame} here="attendance">
      <h1 class="govuk-heading-l">{words.heading(all?.based ?? 0, all ? share(all) : '')}</h1>
      <p class="lead measure">{words.lead(props.academicYear, props.until)}</p>
      <p class="act">
        <Link href={paths.attendanceRoutes}>{words.routes}</Link>
        {props.mayChange && <Link href={paths.attendanceBenchmark}>{words.changeBenchmark}</Link>}
        {props.mayChange && <Link href={paths.attendanceFiles}>{attendanceFileWords.title}</Link>}
      </p>
      {benchmark && <p class="small quiet">{words.benchmark(benchmark.percent, benchmark.validFrom)}</p>}
      {all && any && (
        <>
          <Glance
            figures={[
              {
                name: words.figures.attendance,
                value: share(all),
                base: words.sessions(attendedOf(all.tally), possibleOf(all.tally)),
              },
              {
                name: words.figures.persistent,
                value: String(all.persistent),
                base: words.ofPupils(all.persistent, all.based),
              },
              { name: words.figures.severe, value: String(all.severe), base: words.ofPupils(all.severe, all.based) },
              { name: words.figures.below, value: String(all.below), base: words.ofPupils(all.below, all.benchmarked) },
            ]}
          />
          {all.few > 0 && <p class="small quiet">{`${words.few(all.few)}. ${fewWords}`}</p>}
        </>
      )}
      {all && all.byTotals > 0 && (
        <p>
          <State shape="check" word={words.byTotals(all.byTotals)} />
        </p>
      )}
      {all && all.children > all.based && (
        <p>
          <State shape="check" word={words.noMarks(all.children - all.based)} />
        </p>
      )}
      {any && (
        <>
          <form action={paths.attendance} method="get" class="filters">
            <SelectField
              id="sort"
              label={words.sort}
              value={sort}
              options={Object.entries(words.sorts).map(([value, text]) => ({ value, text }))}
            />
            <Button second>{words.sortButton}</Button>
          </form>
          <section class="part" aria-label={words.byYear}>
            <LineTable
              caption={words.byYear}
              head={words.columns.year}
              lines={props.years}
              benchmark={benchmark}
              newest={false}
            />
          </section>
          <section class="part" aria-label={words.bySchool}>
            <LineTable
              caption={words.bySchool}
              head={words.columns.school}
              lines={props.schools}
              benchmark={benchmark}
              newest
            />
          </section>
          <p class="small quiet measure">{words.bases}</p>
          <p class="act">
            <Link href={paths.attendanceTables('xlsx')}>{words.files.xlsx}</Link>
            <Link href={paths.attendanceTables('csv')}>{words.files.csv}</Link>
            <Link href={paths.attendanceMembers}>{words.files.members}</Link>
          </p>
        </>
      )}
    </Layout>
  )
}
