import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import { Table } from '../components/figures.tsx'
import { Button, ButtonLink, Link } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { weekWords } from '../words/en/attendance.ts'
import { day, shortMoment } from '../words/en/dates.ts'
import { reportWords } from '../words/en/report.ts'
import { scaleWords } from '../words/en/scale.ts'
import { schoolWords as words } from '../words/en/school.ts'

export type YourSchoolProps = {
  readonly frame: Frame
  readonly school: string
  readonly people: readonly {
    readonly id: string
    readonly name: string
    readonly email: string
    readonly role: string
    readonly you: boolean
    readonly firstDay: PlainDate | null
    readonly lastDay: PlainDate | null
    readonly mayEnd: boolean
  }[]
  /** The schools the reader works at: each has a report of its own. */
  readonly schools: readonly { readonly id: string; readonly name: string }[]
  readonly hasDeputy: boolean
  readonly mayAdd: boolean
  readonly sessions: readonly { readonly here: boolean; readonly since: Instant; readonly until: Instant }[]
}

/** Who answers at a school, named by the school itself, and where the reader is signed in. */
export const YourSchoolPage = ({ frame, school, people, schools, hasDeputy, mayAdd, sessions }: YourSchoolProps) => (
  <Layout title={words.title} frame={frame} here="yourSchool">
    <h1 class="govuk-heading-l">{words.heading(school, people.length)}</h1>
    <p class="lead">{words.lead}</p>
    <p class="act">
      {schools.map(({ id, name }) => (
        <Link href={paths.governorsOf(id)}>{schools.length > 1 ? reportWords.linkOf(name) : reportWords.link}</Link>
      ))}
      <Link href={paths.scales}>{scaleWords.title}</Link>
      {schools.map(({ id, name }) => (
        <Link href={paths.schoolWeek(id)}>{schools.length > 1 ? weekWords.linkOf(name) : weekWords.link}</Link>
      ))}
    </p>
    {!hasDeputy && <p class="note">{words.noDeputy}</p>}
    <div class="split">
      <section aria-label={words.people}>
        <Table
          caption={words.people}
          columns={[
            { head: words.columns.name },
            { head: words.columns.role },
            { head: words.columns.from, whole: true },
            { head: words.columns.next, whole: true },
          ]}
          rows={people.map((person) => ({
            head: (
              <>
                {person.name}
                {person.you && words.you}
                <span class="small quiet">{person.email}</span>
              </>
            ),
            cells: [
              person.role,
              person.firstDay === null ? '' : day(person.firstDay),
              person.lastDay ? (
                words.lastDay(person.lastDay)
              ) : person.mayEnd ? (
                <Link href={paths.yourSchoolEnd(person.id)} also={person.name}>
                  {words.ends}
                </Link>
              ) : (
                ''
              ),
            ],
          }))}
        />
        {mayAdd && (
          <p class="gap">
            <ButtonLink href={paths.yourSchoolAdd}>{words.add}</ButtonLink>
          </p>
        )}
      </section>
      <div class="side">
        <section aria-labelledby="sessions">
          <h2 class="govuk-heading-m" id="sessions">
            {words.sessions}
          </h2>
          <ul class="flat rows small">
            {sessions.map(({ here, since, until }) => (
              <li>
                {here && <b>{words.sessionHere}: </b>}
                {words.sessionRow(shortMoment(since), shortMoment(until))}
              </li>
            ))}
          </ul>
          <form class="gap" action={paths.sessionsEnd} method="post">
            <p class="small quiet">{words.endAllSays}</p>
            <Button second>{words.endAll}</Button>
          </form>
        </section>
      </div>
    </div>
  </Layout>
)
