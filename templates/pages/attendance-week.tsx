import type { CodeTable } from '../../src/domain/attendance/codes.ts'
import type { Session } from '../../src/domain/attendance/week.ts'
import type { PlainDate } from '../../src/domain/dates.ts'
import { Details, Table } from '../components/figures.tsx'
import { Button, Link } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { weekWords as words } from '../words/en/attendance.ts'
import { certaintyWords, codeClassWords, codeWords } from '../words/en/attendance-codes.ts'
import { yearGroupWords } from '../words/en/counts.ts'

/** One session of a pupil's week: a mark to type, a day to come, or a day outside the place. */
export type WeekCell = {
  /** The id of its field. */
  readonly id: string
  readonly state: 'open' | 'to_come' | 'not_here'
  readonly code: string
  readonly toMend: boolean
}

export type AttendanceWeekProps = {
  readonly frame: Frame
  readonly viewer: 'school' | 'virtualSchool'
  readonly school: { readonly id: string; readonly name: string }
  readonly monday: PlainDate
  /** Null where no further week back may be typed. */
  readonly before: PlainDate | null
  /** Null where the week after has not begun. */
  readonly after: PlainDate | null
  readonly pupils: readonly {
    readonly id: string
    readonly shortName: string
    readonly yearGroup: string | null
    readonly council: string
    /** Monday to Friday, morning before afternoon. */
    readonly cells: readonly WeekCell[]
    /** What stood when the page was made, cell by cell, so that nobody's later mark is written over unseen. */
    readonly stood: string
  }[]
  readonly missing: number
  readonly sent: { readonly marks: number; readonly pupils: number } | null
  readonly table: CodeTable
  readonly toMend: readonly ToMend[]
}

const sessionAt = (slot: number): Session => (slot % 2 === 0 ? 'AM' : 'PM')

const Cell = ({ cell, label }: { readonly cell: WeekCell; readonly label: string }) => {
  if (cell.state !== 'open')
    return <span class="small quiet">{cell.state === 'to_come' ? words.toCome : words.notHere}</span>
  return (
    <>
      <label class="govuk-visually-hidden" for={cell.id}>
        {label}
      </label>
      <input
        class={`govuk-input mark-cell${cell.toMend ? ' govuk-input--error' : ''}`}
        id={cell.id}
        name={cell.id}
        aria-invalid={cell.toMend ? 'true' : undefined}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        maxlength={3}
        value={cell.code}
      />
    </>
  )
}

/** A school's week, pupil by pupil: typed in or confirmed, and sent as one. */
export const AttendanceWeekPage = (props: AttendanceWeekProps) => {
  const { school, pupils, toMend } = props
  const ofSchool = props.viewer === 'school'
  return (
    <Layout title={words.title} frame={props.frame} here={ofSchool ? 'yourSchool' : 'attendance'} toMend={toMend}>
      <p class="over">{school.name}</p>
      <h1 class="govuk-heading-l">{words.heading(props.monday, pupils.length, props.missing)}</h1>
      {props.sent && (
        <p class="note note--done" role="status">
          {(ofSchool ? words.sent : words.sentCouncil)(props.sent.marks, props.sent.pupils)}
        </p>
      )}
      <p class="lead measure">{ofSchool ? words.lead : words.leadCouncil}</p>
      <p class="act small">
        {props.before && <Link href={paths.schoolWeekOf(school.id, props.before)}>{words.before}</Link>}
        {props.after && <Link href={paths.schoolWeekOf(school.id, props.after)}>{words.after}</Link>}
      </p>
      {pupils.length > 0 && (
        <form action={paths.schoolWeekOf(school.id, props.monday)} method="post" novalidate class="gap">
          <Table
            caption={words.title}
            captionShown={false}
            tight
            columns={[{ head: words.pupil }, ...words.columns.map((head) => ({ head }))]}
            rows={pupils.map((pupil) => ({
              head: (
                <>
                  <input type="hidden" name={`stood-${pupil.id}`} value={pupil.stood} />
                  <Link href={paths.pupilAttendance(pupil.id)}>{pupil.shortName}</Link>
                  <span class="small quiet">
                    {yearGroupWords(pupil.yearGroup)}
                    {ofSchool && `, ${pupil.council}`}
                  </span>
                </>
              ),
              cells: pupil.cells.map((cell, slot) => (
                <Cell cell={cell} label={words.cell(pupil.shortName, Math.floor(slot / 2), sessionAt(slot))} />
              )),
            }))}
          />
          <div class="chase">
            <p>
              {ofSchool ? words.sendSays : words.sendSaysCouncil} {words.blank}
            </p>
            <Button>{words.send}</Button>
          </div>
        </form>
      )}
      <Details summary={words.codes}>
        <p>{words.codesOn(props.table.source)}</p>
        <Table
          caption={words.codes}
          captionShown={false}
          columns={[
            { head: words.codeColumns.code },
            { head: words.codeColumns.meaning },
            { head: words.codeColumns.counts },
            { head: words.codeColumns.sure },
          ]}
          rows={props.table.codes.map((entry) => ({
            head: <span class="mono">{entry.code}</span>,
            cells: [codeWords[entry.code] ?? '', codeClassWords[entry.class], certaintyWords[entry.sure]],
          }))}
        />
      </Details>
    </Layout>
  )
}
