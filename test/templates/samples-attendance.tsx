import { usualBenchmarks } from '../../src/domain/attendance/benchmark.ts'
import { codeTableOn } from '../../src/domain/attendance/codes.ts'
import { pictureOf } from '../../src/domain/attendance/picture.ts'
import { emptyTally, type Tally } from '../../src/domain/attendance/tally.ts'
import { trendOf } from '../../src/domain/attendance/trend.ts'
import { plainDate } from '../../src/domain/dates.ts'
import { AttendanceBenchmarkPage } from '../../templates/pages/attendance-benchmark.tsx'
import { AttendanceRoutePage, AttendanceRoutesPage } from '../../templates/pages/attendance-routes.tsx'
import { AttendanceTablesPage, type TableLine } from '../../templates/pages/attendance-tables.tsx'
import { AttendanceWeekPage, type WeekCell } from '../../templates/pages/attendance-week.tsx'
import { AttendanceYearPage, type SaidRun } from '../../templates/pages/attendance-year.tsx'
import { officeFrame, type Sample, schoolFrame, type Text } from './samples-frame.tsx'

const day = plainDate
const today = day('2026-07-01')
const tally: Tally = { ...emptyTally, present: 90, educated_elsewhere: 2, authorised: 6, unauthorised: 4, late: 3 }
const [, benchmark = null] = usualBenchmarks

const run = (s: Text): SaidRun => ({
  first: { day: day('2026-06-05'), session: 'AM' },
  last: { day: day('2026-06-05'), session: 'PM' },
  sessions: 2,
  code: s('O'),
  meaning: s('Away without leave'),
  counts: s('Absent, not authorised'),
  from: s('register.csv, line 4'),
})

const marks = [
  { day: day('2026-06-01'), session: 'AM', counts: 'present' },
  { day: day('2026-06-01'), session: 'PM', counts: 'authorised' },
  { day: day('2026-06-02'), session: 'AM', counts: 'unauthorised' },
  { day: day('2026-06-02'), session: 'PM', counts: 'educated_elsewhere' },
  { day: day('2026-06-03'), session: 'AM', counts: 'unknown' },
  { day: day('2026-06-03'), session: 'PM', counts: 'not_possible' },
  { day: day('2026-06-04'), session: 'AM', counts: 'not_entered' },
] as const

const total = (s: Text) => ({
  from: 'file' as const,
  school: s('Ellerwick Academy'),
  firstDay: day('2026-01-01'),
  lastDay: day('2026-03-29'),
  possible: '100',
  attended: '93',
  authorised: '5',
  unauthorised: '2',
  percentage: null,
  basis: null,
})

const year = (s: Text, held: boolean) => (
  <AttendanceYearPage
    frame={officeFrame(s)}
    pupil={{ id: 'p1', shortName: s('Amara D.'), yearGroup: '8', council: s('Wendlemoor') }}
    school={s('Ellerwick Academy')}
    academicYear={2025}
    otherYears={[2024]}
    until={today}
    tally={held ? { ...tally, unknown: 1 } : emptyTally}
    terms={held ? [{ term: 'summer', tally }] : []}
    schools={held ? [s('Ellerwick Academy'), s('Quenby')].map((name) => ({ name, tally })) : []}
    picture={pictureOf(marks, 2025, today).terms}
    pattern={held ? { weekday: 4, session: 'PM', count: 3, of: 4, since: day('2026-02-27') } : null}
    benchmark={held ? benchmark : null}
    trend={trendOf(new Map(held ? Array.from({ length: 12 }, (_, at) => [2900 + at, tally]) : []))}
    projection={held ? { attended: 180, possible: 200, toCome: 98 } : null}
    codeSource={s('Regulations 2024')}
    weeks={
      held
        ? [{ monday: day('2026-06-01'), days: [s('/ I'), 'O B', '', '', '', ''], tally, from: s('a.csv, line 4') }]
        : []
    }
    absences={held ? [run(s), { ...run(s), sessions: 1 }] : []}
    differing={held ? [{ ...run(s), others: [{ code: s('N'), from: s('earlier.csv, line 9') }] }] : []}
    outside={held ? 2 : 0}
    totals={[total(s), { ...total(s), from: 'return', percentage: s('91'), basis: s('hours') }]}
  />
)

const cell = (s: Text, slot: number): WeekCell => ({
  id: `m-p1-${slot}`,
  state: slot > 7 ? 'to_come' : slot < 2 ? 'not_here' : 'open',
  code: s('/'),
  toMend: slot === 4,
})

const week = (s: Text, school: boolean) => (
  <AttendanceWeekPage
    frame={school ? schoolFrame(s) : officeFrame(s)}
    viewer={school ? 'school' : 'virtualSchool'}
    school={{ id: 's1', name: s('Ellerwick Academy') }}
    monday={day('2026-06-29')}
    before={day('2026-06-22')}
    after={school ? null : day('2026-07-06')}
    pupils={[
      {
        id: 'p1',
        shortName: s('Amara D.'),
        yearGroup: '8',
        council: s('Wendlemoor'),
        stood: '',
        cells: Array.from({ length: 10 }, (_, slot) => cell(s, slot)),
      },
    ]}
    missing={school ? 2 : 0}
    sent={school ? null : { marks: 12, pupils: 1 }}
    table={codeTableOn('England', today)}
    toMend={school ? [{ text: s('Not a code of that day.'), field: 'm-p1-4' }] : []}
  />
)

const line = (s: Text): TableLine => ({
  name: s('Ellerwick Academy'),
  schoolId: 's1',
  children: 5,
  based: 4,
  benchmarked: 4,
  persistent: 2,
  severe: 1,
  below: 3,
  few: 1,
  byTotals: 1,
  tally,
  newest: today,
})

/** Every page of attendance, filled and empty. */
export const attendanceSamples: readonly Sample[] = [
  { name: 'attendance year', draw: (s) => year(s, true) },
  { name: 'attendance year of totals alone', draw: (s) => year(s, false) },
  { name: 'attendance week', draw: (s) => week(s, true) },
  { name: 'attendance week by telephone', draw: (s) => week(s, false) },
  {
    name: 'attendance tables',
    draw: (s) => (
      <AttendanceTablesPage
        frame={officeFrame(s)}
        academicYear={2025}
        until={today}
        benchmark={benchmark}
        all={line(s)}
        years={[{ ...line(s), schoolId: null }]}
        schools={[line(s), { ...line(s), benchmarked: 0, newest: null }]}
        sort="share"
        mayChange
      />
    ),
  },
  {
    name: 'attendance tables with nothing',
    draw: (s) => (
      <AttendanceTablesPage
        frame={officeFrame(s)}
        academicYear={2025}
        until={today}
        benchmark={null}
        all={null}
        years={[]}
        schools={[]}
        sort="name"
        mayChange={false}
      />
    ),
  },
  {
    name: 'attendance routes',
    draw: (s) => (
      <AttendanceRoutesPage
        frame={officeFrame(s)}
        schools={(['silent', 'due', 'not_due_yet', 'up_to_date'] as const).map((state) => ({
          ...{ id: state, name: s('Ellerwick Academy'), pupils: 3, newest: state === 'silent' ? null : today },
          route: { how: 'file', every: 'weekly', since: today, usualDelay: 3, by: s('Helen Marsh'), state, due: today },
        }))}
        mayChange
        mayCollect
      />
    ),
  },
  {
    name: 'attendance route',
    draw: (s) => (
      <AttendanceRoutePage
        frame={officeFrame(s)}
        school={{ id: 's1', name: s('Ellerwick Academy') }}
        seen={2}
        values={{ how: 'feed', every: 'daily', since: s('1 July 2026'), delay: s('1'), reason: s('A new system') }}
        before={[
          {
            how: 'phone',
            every: 'weekly',
            since: today,
            usualDelay: 2,
            reason: s('Nothing else'),
            by: s('Helen Marsh'),
          },
        ]}
        toMend={[{ text: s('Say why.'), field: 'reason' }]}
      />
    ),
  },
  {
    name: 'attendance benchmark',
    draw: (s) => (
      <AttendanceBenchmarkPage
        frame={officeFrame(s)}
        own={[{ validFrom: today, percent: 96, source: s('Governing board'), sure: 'official' }]}
        usual={usualBenchmarks}
        values={{ percent: s('96'), validFrom: s('1 July 2026'), source: s('Governing board') }}
        toMend={[{ text: s('Give a day.'), field: 'validFrom' }]}
      />
    ),
  },
]
