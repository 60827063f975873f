import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import type { PlanCount } from '../../src/domain/plan.ts'
import type { Phase, Section, Term } from '../../src/domain/return/item.ts'
import { BoardStates, type StateCount } from '../components/board-states.tsx'
import { Bar, Table } from '../components/figures.tsx'
import { Button, Link, Picks, SelectField } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { type ReturnState, ReturnStateShown } from '../components/return-state.tsx'
import { boardWords as words } from '../words/en/board.ts'
import { figure, percent } from '../words/en/counts.ts'
import { momentWords, nearDay, roundWords, shortDay } from '../words/en/dates.ts'
import { planWords } from '../words/en/plan.ts'
import { phaseWords, returnStateWords, sectionWords } from '../words/en/states.ts'

/** Answers in, of those asked for: never one without the other. */
export type Share = { readonly answered: number; readonly asked: number }

/** One section of the return on the board: the sum of its questions, and each of them. */
export type BoardSection = Share & {
  readonly section: Section
  readonly items: readonly (Share & { readonly code: string; readonly label: string })[]
}

/** One school's line on the board. */
export type BoardSchool = Share & {
  readonly id: string
  readonly name: string
  /** The school's own area, where it is not the council's; null where it is. */
  readonly elsewhere: string | null
  readonly state: ReturnState
  readonly pupils: number
  readonly due: PlainDate
  readonly hasLead: boolean
  readonly late: boolean
  /** Whether the date due is one of this school's own, and the day to which a closed round is open again for it. */
  readonly extended: boolean
  readonly reopened: PlainDate | null
}

/** How the list is narrowed: the fields of a GET form. */
export type BoardFilter = {
  /** 'all', 'here', 'elsewhere', or an authority's code. */
  readonly area: string
  readonly phase: Phase | 'all'
  /** A question's code, or 'all'. */
  readonly item: string
  readonly state: 'all' | 'overdue' | 'open' | 'submitted'
}

export type BoardProps = {
  readonly frame: Frame
  readonly now: Instant
  readonly council: string
  readonly round: {
    readonly id: string
    readonly term: Term
    readonly academicYear: number
    readonly asAt: PlainDate
    readonly due: PlainDate
    readonly closedOn: PlainDate | null
  }
  readonly total: Share & { readonly pupils: number; readonly schools: number }
  readonly here: Share
  readonly elsewhere: Share
  readonly states: readonly StateCount[]
  /** In the order of the return; sections nobody is asked about are left out, and so are optional questions. */
  readonly sections: readonly BoardSection[]
  /** How the plans (PEPs) of the round's pupils stand, and whether this return is their school's section. */
  readonly plans: PlanCount & { readonly isSection: boolean }
  readonly waiting: { readonly unmatched: number; readonly places: number; readonly noLead: number }
  readonly filter: BoardFilter
  /** What can be chosen: only what is in the round. */
  readonly choices: {
    readonly authorities: readonly { readonly code: string; readonly name: string }[]
    readonly phases: readonly Phase[]
    readonly items: readonly { readonly code: string; readonly label: string; readonly section: string }[]
  }
  /** After the filter, most overdue first; one page of them. */
  readonly schools: readonly BoardSchool[]
  readonly page: { readonly from: number; readonly of: number; readonly size: number }
  readonly mayChangeQuestions: boolean
}

/** A round at a glance: how complete, which schools, which questions, and what waits for one of the team. */
export const BoardPage = (props: BoardProps) => {
  const { round, total } = props
  const title = roundWords(round.term, round.academicYear)
  const share = percent(total.answered, total.asked)
  return (
    <Layout title={title} frame={props.frame} here="rounds" back={{ href: paths.rounds, text: words.backToRounds }}>
      <div class="pair pair--wrap">
        <div>
          <p class="over">
            {momentWords(props.now)}. {words.asAt(round.asAt, round.due)}
            {round.closedOn && `. ${words.closedOn(round.closedOn)}`}
          </p>
          <h1 class="govuk-heading-l">{title}</h1>
        </div>
        <p class="act small">
          <Link href={paths.calls}>{words.calls}</Link>
          {props.mayChangeQuestions && <Link href={paths.questions(round.term)}>{words.questions}</Link>}
          {round.closedOn === null && <Link href={paths.roundClose(round.id)}>{words.close}</Link>}
        </p>
      </div>
      <div class="top">
        <section aria-labelledby="h-complete">
          <h2 class="govuk-visually-hidden" id="h-complete">
            {words.completeHidden}
          </h2>
          {share === undefined ? (
            <>
              <p class="lead">{words.nothingAsked}</p>
              <p class="govuk-body">{words.nothingAskedSays}</p>
            </>
          ) : (
            <>
              <p class="hero">
                {share}%<span>{words.complete}</span>
              </p>
              <p class="govuk-body">{words.base(total.answered, total.asked, total.pupils, total.schools)}</p>
              <ul class="flat bars">
                <ShareBar label={words.here(props.council)} share={props.here} />
                <ShareBar label={words.elsewhere} share={props.elsewhere} />
              </ul>
            </>
          )}
        </section>
        <section aria-labelledby="h-schools">
          <h2 class="govuk-heading-s" id="h-schools">
            {words.schools(total.schools)}
          </h2>
          <BoardStates states={props.states} />
          <Plans props={props} />
          <p class="act small gap">
            <Link href={paths.results(round.id)}>{words.results}</Link>
            <Link href={paths.exported(round.id, `board.xlsx${filterQuery(props)}`)}>{words.asXlsx}</Link>
            <Link href={paths.exported(round.id, `board.csv${filterQuery(props)}`)}>{words.asCsv}</Link>
          </p>
          <Waiting waiting={props.waiting} />
        </section>
      </div>
      <div class="split part">
        <Schools props={props} />
        <div class="side">
          <section aria-labelledby="h-items">
            <h2 class="govuk-heading-m" id="h-items">
              {words.byQuestion}
            </h2>
            {props.sections.map((section) => (
              <SectionShown section={section} />
            ))}
            <p class="small quiet gap">{words.bases}</p>
          </section>
        </div>
      </div>
    </Layout>
  )
}

const ShareBar = ({ label, share }: { readonly label: string; readonly share: Share }) => (
  <li>
    <span>{label}</span>
    <ShareDrawn share={share} />
  </li>
)

/** The bar, its share and its base: three cells of a grid, never one without the others. */
const ShareDrawn = ({ share }: { readonly share: Share }) => {
  const part = percent(share.answered, share.asked)
  return (
    <>
      <Bar part={share.answered} base={share.asked} />
      <b class="num">{part === undefined ? '' : `${part}%`}</b>
      <span class="num small quiet">
        {part === undefined ? words.notAskedOfAny : `${figure(share.answered)} of ${figure(share.asked)}`}
      </span>
    </>
  )
}

const SectionShown = ({ section }: { readonly section: BoardSection }) => (
  <details class="govuk-details share">
    <summary class="govuk-details__summary bars">
      <span>
        <span class="govuk-details__summary-text">{sectionWords[section.section]}</span>
        <ShareDrawn share={section} />
      </span>
    </summary>
    <ul class="govuk-details__text bars">
      {section.items.map((item) => (
        <ShareBar label={item.label} share={item} />
      ))}
    </ul>
  </details>
)

const Plans = ({ props: { plans, round, mayChangeQuestions } }: { readonly props: BoardProps }) => (
  <div class="gap">
    <h3 class="govuk-heading-s">{planWords.heading}</h3>
    {plans.base === 0 ? (
      <p>{planWords.figureNone}</p>
    ) : (
      <p>
        <b>{planWords.figure(plans.in_date, plans.base)}</b>{' '}
        <span class="small quiet">{planWords.figureRest(plans.overdue, plans.first_to_come, plans.not_known)}</span>
      </p>
    )}
    <p class="small quiet">{plans.isSection ? planWords.isSection : planWords.isNotSection}</p>
    {mayChangeQuestions && (
      <form class="act" action={paths.planSection(round.id)} method="post">
        <input type="hidden" name="is" value={plans.isSection ? 'no' : 'yes'} />
        <Button second>{plans.isSection ? planWords.unmakeSection : planWords.makeSection}</Button>
        <Link href={paths.planRules}>{planWords.rules}</Link>
      </form>
    )}
  </div>
)

const Waiting = ({ waiting }: { readonly waiting: BoardProps['waiting'] }) => {
  const things = [
    { number: waiting.unmatched, href: paths.unmatched, text: words.waitingUnmatched(waiting.unmatched) },
    { number: waiting.places, href: paths.places, text: words.waitingPlaces(waiting.places) },
    { number: waiting.noLead, href: paths.schools, text: words.waitingNoLead(waiting.noLead) },
  ].filter(({ number }) => number > 0)
  return (
    <div class="note tight">
      <h3 class="govuk-heading-s">{words.waiting}</h3>
      <p>
        {things.length === 0
          ? words.waitingNone
          : things.map(({ href, text }, index) => (
              <>
                {index > 0 && ', '}
                <Link href={href}>{text}</Link>
              </>
            ))}
      </p>
    </div>
  )
}

const Schools = ({ props }: { readonly props: BoardProps }) => {
  const { filter, schools, page, round } = props
  return (
    <section aria-labelledby="h-list">
      <h2 class="govuk-heading-m" id="h-list">
        {words.list}
      </h2>
      <form class="filters" action={paths.board(round.id)} method="get">
        <SelectField id="area" label={words.area} value={filter.area} options={areaOptions(props)} />
        <SelectField
          id="phase"
          label={words.phase}
          value={filter.phase}
          options={[
            { value: 'all', text: words.all },
            ...props.choices.phases.map((phase) => ({ value: phase, text: phaseWords[phase] })),
          ]}
        />
        <SelectField
          id="item"
          label={words.question}
          value={filter.item}
          options={[
            { value: 'all', text: words.allQuestions },
            ...props.choices.items.map(({ code, label, section }) => ({ value: code, text: label, group: section })),
          ]}
        />
        <Picks
          name="state"
          legend={words.state}
          value={filter.state}
          options={[
            { value: 'all', text: words.all },
            { value: 'overdue', text: returnStateWords.overdue },
            { value: 'open', text: words.open },
            { value: 'submitted', text: returnStateWords.submitted },
          ]}
        />
        <Button second>{words.filter}</Button>
      </form>
      <p class="small">
        <b>{filterSays(props)}</b>
        {filter.item !== 'all' && (
          <>
            {' '}
            <Link href={paths.resultOf(round.id, filter.item)}>{words.itsResults}</Link>
          </>
        )}
      </p>
      {schools.length === 0 ? (
        <p>{props.total.schools === 0 ? words.noSchools : words.noneFits}</p>
      ) : (
        <SchoolTable round={round.id} schools={schools} />
      )}
      {page.of > schools.length && (
        <p class="small quiet gap">
          {words.shown(schools.length, page.of)}{' '}
          {page.from > 0 && (
            <>
              <Link href={pageLink(props, Math.max(0, page.from - page.size))}>{words.previous}</Link>{' '}
            </>
          )}
          {page.from + schools.length < page.of && (
            <Link href={pageLink(props, page.from + page.size)}>
              {words.next(Math.min(page.size, page.of - page.from - schools.length))}
            </Link>
          )}
        </p>
      )}
    </section>
  )
}

const pageLink = ({ round, filter }: BoardProps, from: number) =>
  `${paths.board(round.id)}?${new URLSearchParams({ ...filter, from: String(from) })}`

const filterQuery = ({ filter }: BoardProps) =>
  `?${new URLSearchParams({ area: filter.area, phase: filter.phase, item: filter.item, state: filter.state })}`

const areaOptions = ({ choices }: BoardProps) => [
  { value: 'all', text: words.all },
  { value: 'here', text: words.hereShort },
  { value: 'elsewhere', text: words.elsewhereShort },
  ...choices.authorities.map(({ code, name }) => ({ value: code, text: name, group: words.authorities })),
]

/** The filter in words, with how much it leaves. */
const filterSays = (props: BoardProps): string => {
  const { filter, choices, total, page } = props
  const area = areaOptions(props).find(({ value }) => value === filter.area)?.text
  const parts = [
    filter.area === 'all' ? '' : words.inArea(area ?? ''),
    filter.phase === 'all' ? '' : phaseWords[filter.phase],
    filter.item === 'all' ? '' : (choices.items.find(({ code }) => code === filter.item)?.label ?? ''),
    filter.state === 'all' ? '' : filter.state === 'open' ? words.open : returnStateWords[filter.state],
  ].filter((part) => part !== '')
  return words.filterSays(parts, page.of, total.pupils)
}

const SchoolTable = ({ round, schools }: { readonly round: string; readonly schools: readonly BoardSchool[] }) => {
  const { columns } = words
  return (
    <Table
      caption={words.list}
      captionShown={false}
      columns={[
        { head: columns.school },
        { head: columns.state },
        { head: columns.pupils, number: true },
        { head: columns.answers, number: true },
        { head: columns.due },
        { head: columns.next },
      ]}
      rows={schools.map((school) => ({
        head: (
          <>
            <Link href={paths.roundSchool(round, school.id)}>{school.name}</Link>
            <span class="small quiet">{school.elsewhere ?? words.hereCell}</span>
          </>
        ),
        cells: [
          <ReturnStateShown state={school.state} late={school.late} />,
          figure(school.pupils),
          <>
            {figure(school.answered)} <span class="quiet">of {figure(school.asked)}</span>
            <Bar part={school.answered} base={school.asked} />
          </>,
          <>
            <span title={nearDay(school.due)}>{shortDay(school.due)}</span>
            {school.extended && <span class="small quiet">{words.extendedCell}</span>}
            {school.reopened && <span class="small quiet">{words.reopenedCell(school.reopened)}</span>}
          </>,
          school.hasLead ? (
            <Link href={paths.roundSchool(round, school.id)} also={school.name}>
              {words.openLink}
            </Link>
          ) : (
            <Link href={paths.school(school.id)} also={school.name}>
              {words.noLead}
            </Link>
          ),
        ],
      }))}
    />
  )
}
