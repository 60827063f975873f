import type { NotComparable } from '../../src/domain/return/comparable.ts'
import type { Phase, Term } from '../../src/domain/return/item.ts'
import type { Sessions, Tally } from '../../src/domain/return/tally.ts'
import { Bar, Table } from '../components/figures.tsx'
import { Link } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { reasonsSaid } from '../words/en/comparable.ts'
import { figure, percent } from '../words/en/counts.ts'
import { roundWords } from '../words/en/dates.ts'
import { groupWords, resultWords as words } from '../words/en/results.ts'

/** One part of the round and what came of the question there. */
export type ResultGroup = {
  readonly group: 'all' | 'here' | 'elsewhere' | Phase
  readonly tally: Tally
  /** Where the question is one of the sums of sessions. */
  readonly sessions: Sessions | null
  /** Why its figures are not to be held against national results. */
  readonly reasons: readonly NotComparable[]
}

export type ResultProps = {
  readonly frame: Frame
  readonly round: { readonly id: string; readonly term: Term; readonly academicYear: number }
  readonly item: {
    readonly label: string
    /** The options in order, each in words; empty where the answers are not a choice. */
    readonly options: readonly { readonly value: string; readonly text: string }[]
    readonly addsUp: boolean
    readonly counted: boolean
  }
  readonly groups: readonly ResultGroup[]
  readonly schools: readonly { readonly name: string; readonly answered: number; readonly base: number }[]
}

const answeredOf = ({ given, notAssessed, notKnown }: Tally) => given + notAssessed + notKnown

/** One question of a round: how complete it is, then what was answered, by area and phase, and by whom. */
export const ResultPage = ({ frame, round, item, groups, schools }: ResultProps) => {
  const title = roundWords(round.term, round.academicYear)
  const all = groups[0]?.tally
  const { columns } = words
  return (
    <Layout
      title={`${item.label}, ${title}`}
      frame={frame}
      here="rounds"
      back={{ href: paths.results(round.id), text: words.backToResults }}
    >
      <p class="over">{title}</p>
      <h1 class="govuk-heading-l">{item.label}</h1>
      {all && (
        <>
          <p class="lead">
            <b>{words.complete(answeredOf(all), all.base)}</b>
          </p>
          <p class="govuk-body">{words.base(answeredOf(all), all.base, all.excluded)}</p>
        </>
      )}
      {!item.counted && <p>{words.textOnly}</p>}
      {groups.length === 0 && <p>{words.nobodyAsked}</p>}
      <section class="wide" aria-label={item.label} tabindex={0}>
        <Table
          caption={item.label}
          captionShown={false}
          columns={[
            { head: columns.group },
            ...item.options.map(({ text }) => ({ head: text, number: true })),
            ...(item.addsUp ? [{ head: columns.total, number: true }] : []),
            { head: columns.notAssessed, number: true },
            { head: columns.notKnown, number: true },
            { head: columns.notIn, number: true },
            { head: columns.base, number: true },
            { head: columns.excluded, number: true },
          ]}
          rows={groups.map(({ group, tally }) => ({
            head: groupWords[group],
            cells: [
              ...item.options.map(({ value }) => <Of part={tally.values.get(value) ?? 0} base={tally.base} />),
              ...(item.addsUp ? [figure(tally.sum)] : []),
              figure(tally.notAssessed),
              figure(tally.notKnown),
              figure(tally.notIn),
              <b>{figure(tally.base)}</b>,
              figure(tally.excluded),
            ],
          }))}
        />
      </section>
      {groups.some(({ sessions }) => sessions !== null) && <Attendance groups={groups} />}
      <p class="small quiet gap">{words.missingNote}</p>
      {all && groups[0] && groups[0].reasons.length > 0 && <p class="small quiet">{reasonsSaid(groups[0].reasons)}</p>}
      <section class="part" aria-labelledby="who">
        <h2 class="govuk-heading-m" id="who">
          {words.bySchool}
        </h2>
        <Table
          caption={words.bySchool}
          captionShown={false}
          columns={[{ head: columns.school }, { head: columns.complete, number: true }]}
          rows={schools.map(({ name, answered, base }) => ({
            head: name,
            cells: [<Answered answered={answered} base={base} />],
          }))}
        />
      </section>
    </Layout>
  )
}

const Of = ({ part, base }: { readonly part: number; readonly base: number }) => (
  <>
    {figure(part)}
    {base > 0 && <span class="small quiet"> {percent(part, base)}%</span>}
  </>
)

const Answered = ({ answered, base }: { readonly answered: number; readonly base: number }) => (
  <>
    {figure(answered)} <span class="quiet">of {figure(base)}</span>
    <Bar part={answered} base={base} />
  </>
)

const Attendance = ({ groups }: { readonly groups: readonly ResultGroup[] }) => {
  const { columns } = words
  return (
    <section class="part" aria-label={words.attendanceHead}>
      <Table
        caption={words.attendanceHead}
        columns={[
          { head: columns.group },
          { head: columns.attendance, number: true },
          { head: columns.pupils, number: true },
          { head: columns.notHeld, number: true },
        ]}
        rows={groups.flatMap(({ group, sessions }) =>
          sessions
            ? [
                {
                  head: groupWords[group],
                  cells: [
                    <>
                      {sessions.possible > 0 && <b>{percent(sessions.attended, sessions.possible)}% </b>}
                      <span class="quiet">{words.attendanceOf(sessions.attended, sessions.possible)}</span>
                    </>,
                    figure(sessions.pupils),
                    figure(sessions.notHeld),
                  ],
                },
              ]
            : [],
        )}
      />
      <p class="small quiet">{words.attendanceNote}</p>
    </section>
  )
}

export type ResultsProps = {
  readonly frame: Frame
  readonly round: ResultProps['round']
  readonly total: { readonly answered: number; readonly asked: number }
  readonly sections: readonly {
    readonly heading: string
    readonly items: readonly {
      readonly code: string
      readonly label: string
      readonly tally: Tally
      readonly top: string
      readonly reasons: readonly NotComparable[]
    }[]
  }[]
  readonly mayName: boolean
}

/** Every question of a round that can be counted, how complete each is, and the files to take away. */
export const ResultsPage = ({ frame, round, total, sections, mayName }: ResultsProps) => {
  const title = roundWords(round.term, round.academicYear)
  const { columns } = words
  const file = (name: string) => paths.exported(round.id, name)
  return (
    <Layout
      title={words.heading(title)}
      frame={frame}
      here="rounds"
      back={{ href: paths.board(round.id), text: words.backToBoard }}
    >
      <p class="over">{title}</p>
      <h1 class="govuk-heading-l">{`${words.title}: ${words.complete(total.answered, total.asked)}`}</h1>
      <p class="lead measure">{words.lead}</p>
      <p class="act">
        <Link href={file('results.xlsx')}>{words.asXlsx}</Link>
        <Link href={file('results.csv')}>{words.asCsv}</Link>
        <Link href={paths.councilReport(round.id)}>{words.report}</Link>
      </p>
      {sections.length === 0 && <p>{words.noneAsked}</p>}
      {sections.map(({ heading, items }) => (
        <section class="part">
          <Table
            caption={heading}
            even
            columns={[
              { head: columns.question },
              { head: columns.complete, number: true },
              { head: columns.notAssessed, number: true },
              { head: columns.notKnown, number: true },
              { head: columns.notIn, number: true },
            ]}
            rows={items.map(({ code, label, tally, top, reasons }) => ({
              head: (
                <>
                  <Link href={paths.resultOf(round.id, code)}>{label}</Link>
                  <span class="small quiet">{top}</span>
                  {reasons.length > 0 && <span class="small quiet">{reasonsSaid(reasons)}</span>}
                </>
              ),
              cells: [
                <Answered answered={answeredOf(tally)} base={tally.base} />,
                figure(tally.notAssessed),
                figure(tally.notKnown),
                figure(tally.notIn),
              ],
            }))}
          />
        </section>
      ))}
      <section class="part" aria-labelledby="files">
        <h2 class="govuk-heading-m" id="files">
          {words.returns}
        </h2>
        <p>{words.returnsSays}</p>
        <p class="act">
          <Link href={file('returns.xlsx')}>{words.returnsXlsx}</Link>
          <Link href={file('returns.csv')}>{words.asCsv}</Link>
          {mayName && <Link href={file('returns-with-names.xlsx')}>{words.withNames}</Link>}
        </p>
      </section>
    </Layout>
  )
}
