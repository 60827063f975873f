import type { Instant } from '../../src/domain/dates.ts'
import type { PlanCycle, PlanStanding, PlanState } from '../../src/domain/plan.ts'
import type { Term } from '../../src/domain/return/item.ts'
import { day, shortMoment } from '../words/en/dates.ts'
import { planStateWords, planWhy, planWords as words } from '../words/en/plan.ts'
import { Details } from './figures.tsx'
import { Link } from './form.tsx'
import { type Shape, State } from './state.tsx'

/** A term's plan with the file or form that said it last; `file` is null where a person typed it. */
export type PlanTerm = PlanCycle & { readonly file: string | null; readonly saidBy: string; readonly saidAt: Instant }

/** What is shown of one child's plan. */
export type PlanProps = {
  readonly standing: PlanStanding
  readonly terms: readonly PlanTerm[]
  readonly sections: readonly {
    readonly academicYear: number
    readonly term: Term
    readonly at: Instant
    readonly receipt: string
  }[]
}

const shapes: Readonly<Record<PlanState, Shape>> = {
  in_date: 'done',
  overdue: 'late',
  first_to_come: 'wait',
  not_known: 'none',
}

/** How a plan stands, as a word and a shape. */
export const PlanStateShown = ({ state }: { readonly state: PlanState }) => (
  <State shape={shapes[state]} word={planStateWords[state]} />
)

/** What is said of one term's plan, in a few words. */
export const planTermSays = (term: PlanTerm): string => {
  const said = [
    term.dueOn && !term.heldOn ? words.due(term.dueOn) : '',
    term.heldOn ? words.held(term.heldOn) : '',
    term.submittedOn ? words.submitted(term.submittedOn) : '',
    term.rating ? words.rated(term.rating, term.ratedBy, term.ratedOn) : '',
  ].filter((text) => text !== '')
  return said.length === 0 ? words.nothing : said.join(', ')
}

/** A child's plan at the side of its page: how it stands, why it is due then, each term, and who said so. */
export const PlanShown = (props: {
  readonly plan: PlanProps
  readonly school: boolean
  readonly change: string | null
}) => {
  const { standing, terms, sections } = props.plan
  return (
    <section aria-labelledby="plan">
      <h2 class="govuk-heading-m" id="plan">
        {words.heading}
      </h2>
      <p>
        <PlanStateShown state={standing.state} />
      </p>
      <ul class="flat rows">
        <li class="pair">
          <span>{words.last}</span>
          <b>{standing.heldOn ? day(standing.heldOn) : words.notKnown}</b>
        </li>
        <li class="pair">
          <span>{words.next}</span>
          <b>{standing.due ? day(standing.due.date) : words.notKnown}</b>
        </li>
      </ul>
      {standing.due && <Details summary={words.why}>{planWhy(standing.due)}</Details>}
      {terms.length + sections.length > 0 && (
        <ul class="flat rows small" aria-label={words.terms}>
          {terms.map((term) => (
            <li>
              <b>{words.term(term.term, term.academicYear)}</b>: {planTermSays(term)}
              <br />
              <span class="quiet">{words.source(term.file, term.saidBy, shortMoment(term.saidAt))}</span>
            </li>
          ))}
          {sections.map(({ term, academicYear, at, receipt }) => (
            <li>
              <b>{words.term(term, academicYear)}</b>: {words.section(shortMoment(at), receipt)}
            </li>
          ))}
        </ul>
      )}
      {props.school && <p class="small quiet">{words.shown}</p>}
      {props.change !== null && (
        <p>
          <Link href={props.change}>{words.change}</Link>
        </p>
      )}
    </section>
  )
}
