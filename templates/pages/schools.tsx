import type { PlainDate } from '../../src/domain/dates.ts'
import { Say, Table, Unspaced } from '../components/figures.tsx'
import { ButtonLink, Link } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { State } from '../components/state.tsx'
import { day } from '../words/en/dates.ts'
import { keepingWords as words } from '../words/en/office.ts'
import { type SettingCheck, SettingChecks } from './register.tsx'

export type SchoolsProps = {
  readonly frame: Frame
  readonly schools: readonly {
    readonly id: string
    readonly name: string
    readonly urn: string
    /** The area it is in, where that is not the council's own; null where it is. */
    readonly elsewhere: string | null
    readonly pupils: number
    readonly lead: string | null
  }[]
  readonly mayAdd: boolean
  /** Schools that merged, were split or closed and wait for a person. */
  readonly toSettle: number
}

/** Schools with a pupil of this virtual school on roll. */
export const SchoolsPage = ({ frame, schools, mayAdd, toSettle }: SchoolsProps) => {
  const { schoolColumns: columns } = words
  return (
    <Layout title={words.schoolsTitle} frame={frame} here="schools">
      <div class="pair pair--wrap">
        <h1 class="govuk-heading-l">
          {words.schoolsHeading(schools.length, schools.filter(({ lead }) => lead === null).length)}
        </h1>
        {mayAdd && (
          <p class="act">
            <ButtonLink href={paths.schoolFind} second>
              {words.findSchool}
            </ButtonLink>
          </p>
        )}
      </div>
      {toSettle > 0 && (
        <p class="note note--wait">
          <Link href={paths.schoolQuestions}>{words.toSettle(toSettle)}</Link>
        </p>
      )}
      {schools.length === 0 ? (
        <p class="lead">{words.schoolsNothing}</p>
      ) : (
        <Table
          caption={words.schoolsTitle}
          captionShown={false}
          columns={[
            { head: columns.name },
            { head: columns.urn },
            { head: columns.area },
            { head: columns.pupils, number: true },
            { head: columns.lead },
          ]}
          rows={schools.map((school) => ({
            head: <Link href={paths.school(school.id)}>{school.name}</Link>,
            cells: [
              <span class="mono">{school.urn}</span>,
              school.elsewhere ?? words.here,
              school.pupils,
              school.lead ?? <State shape="check" word={words.noLead} />,
            ],
          }))}
        />
      )}
    </Layout>
  )
}

/** A person as a list shows them, with the day they end where that is set. */
export type ListedPerson = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: string
  readonly place: string
  readonly firstDay: PlainDate | null
  readonly lastDay: PlainDate | null
}

export type SchoolProps = {
  readonly frame: Frame
  readonly name: string
  readonly phase: string
  readonly area: string
  /** Dated numbers, latest first: a school is a continuing place. */
  readonly urns: readonly { readonly urn: string; readonly from: PlainDate | null }[]
  readonly people: readonly ListedPerson[]
  /** Who made sure of a setting that no register lists; none for a school of the register. */
  readonly checks: readonly SettingCheck[]
  readonly mayEdit: boolean
  /** Where a person is added with this school chosen already. */
  readonly addPerson: string
}

/** One school as a virtual school keeps it: its numbers, and who answers there. */
export const SchoolPage = ({ frame, name, phase, area, urns, people, checks, mayEdit, addPerson }: SchoolProps) => (
  <Layout title={name} frame={frame} here="schools" back={{ href: paths.schools, text: words.backToSchools }}>
    <h1 class="govuk-heading-l">{name}</h1>
    <Say
      wide
      pairs={[
        ...urns.map(({ urn, from }) => ({
          term: words.urn,
          says: (
            <>
              <span class="mono">{urn}</span> {from && <span class="quiet">{words.urnFrom(from)}</span>}
            </>
          ),
        })),
        { term: words.phase, says: phase },
        { term: words.area, says: area },
      ]}
    />
    {checks.length > 0 && <SettingChecks checks={checks} />}
    <section class="part" aria-label={words.schoolPeople}>
      {people.length === 0 ? (
        <p class="note note--wait">{words.schoolNoPeople}</p>
      ) : (
        <PeopleTable caption={words.schoolPeople} people={people} mayEnd={mayEdit} shown />
      )}
      {mayEdit && (
        <p class="gap">
          <ButtonLink href={addPerson} second={people.length > 0}>
            {words.addLead}
          </ButtonLink>
        </p>
      )}
    </section>
  </Layout>
)

type PeopleTableProps = {
  readonly caption: string
  readonly people: readonly ListedPerson[]
  readonly mayEnd: boolean
  readonly shown?: boolean
}

const PeopleTable = ({ caption, people, mayEnd, shown = false }: PeopleTableProps) => {
  const { peopleColumns: columns } = words
  return (
    <Table
      caption={caption}
      captionShown={shown}
      columns={[
        { head: columns.name },
        { head: columns.role },
        { head: columns.place },
        { head: columns.dates, whole: true },
        { head: columns.next, whole: true },
      ]}
      rows={people.map((person) => ({
        head: (
          <>
            {person.name}
            <span class="small quiet">
              <Unspaced text={person.email} />
            </span>
          </>
        ),
        cells: [
          person.role,
          person.place,
          person.firstDay === null ? '' : day(person.firstDay),
          person.lastDay ? (
            words.endedOn(person.lastDay)
          ) : mayEnd ? (
            <Link href={paths.personEnd(person.id)} also={person.name}>
              {words.ends}
            </Link>
          ) : (
            ''
          ),
        ],
      }))}
    />
  )
}

export type PeopleProps = { readonly frame: Frame; readonly people: readonly ListedPerson[]; readonly mayEdit: boolean }

/** Everybody who can sign in for this virtual school or a school of its pupils. */
export const PeoplePage = ({ frame, people, mayEdit }: PeopleProps) => (
  <Layout title={words.peopleTitle} frame={frame} here="people">
    <div class="pair pair--wrap">
      <h1 class="govuk-heading-l">{words.peopleHeading(people.length)}</h1>
      {mayEdit && (
        <p class="act">
          <ButtonLink href={paths.peopleAdd} second>
            {words.addPerson}
          </ButtonLink>
        </p>
      )}
    </div>
    <p class="lead">{words.peopleLead}</p>
    {people.length > 0 && <PeopleTable caption={words.peopleTitle} people={people} mayEnd={mayEdit} />}
  </Layout>
)
