import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import type { Section } from '../../src/domain/return/item.ts'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import type { Fact, Subject } from '../components/pupil-facts.tsx'
import { list, yearGroupWords } from '../words/en/counts.ts'
import { day, shortMoment } from '../words/en/dates.ts'
import { itemWords } from '../words/en/items.ts'
import { meetingWords as words } from '../words/en/meeting.ts'
import { pupilWords, subjectColumns } from '../words/en/pupil.ts'
import { sectionWords } from '../words/en/states.ts'
import type { PupilProps } from './pupil.tsx'

export type MeetingProps = {
  readonly frame: Frame
  readonly id: string
  readonly shortName: string
  readonly yearGroup: string | null
  readonly council: string
  readonly school: string | null
  readonly madeAt: Instant
  readonly madeBy: string
  readonly answeredBy: string | null
  readonly worker: string | null
  readonly plan: { readonly heldOn: PlainDate | null; readonly due: PlainDate | null; readonly state: string }
  readonly targets: readonly { readonly number: number; readonly text: string; readonly progress: string }[]
  readonly attendance: string | null
  readonly sections: PupilProps['sections']
  readonly gaps: { readonly notIn: readonly string[]; readonly otherwise: readonly string[] }
}

/** What its own parts of the sheet say, so that no section says it again. */
const saidAbove: readonly Section[] = ['contact']

/** One child's sheet for the plan meeting: made to be printed, from what is held, and plain about what is not. */
export const MeetingPage = (props: MeetingProps) => {
  const sections = props.sections.filter(
    ({ section, facts, subjects }) => !saidAbove.includes(section) && facts.length + subjects.length > 0,
  )
  const { notIn, otherwise } = props.gaps
  return (
    <Layout
      title={words.title(props.shortName)}
      frame={props.frame}
      here="pupils"
      back={{ href: paths.pupil(props.id), text: words.back }}
    >
      <div class="paper">
        <p class="over">{words.madeAt(shortMoment(props.madeAt), props.madeBy)}</p>
        <h1 class="govuk-heading-l">{words.title(props.shortName)}</h1>
        <p class="small quiet">{words.says}</p>
        <p class="act small">{words.print}</p>
        <dl class="paper__head">
          <Pair term={words.council} says={`${props.council}, ${yearGroupWords(props.yearGroup)}`} />
          {props.school && <Pair term={words.school} says={props.school} />}
          {props.answeredBy && <Pair term={words.lead} says={props.answeredBy} />}
          <Pair term={words.worker} says={props.worker ?? pupilWords.noSocialWorker} />
          <Pair term={words.plan} says={`${props.plan.state}; ${words.planSays(props.plan.heldOn, props.plan.due)}`} />
          {props.attendance && <Pair term={words.attendance} says={props.attendance} />}
        </dl>
        <section>
          <h2 class="govuk-heading-s">{words.targets}</h2>
          {props.targets.length === 0 ? (
            <p>{words.noTargets}</p>
          ) : (
            <ol class="flat">
              {props.targets.map(({ number, text, progress }) => (
                <li>
                  <b>{words.target(number)}</b>: {text} <span class="quiet">{progress}</span>
                </li>
              ))}
            </ol>
          )}
        </section>
        {sections.length === 0 && <p>{words.nothing}</p>}
        <div class="paper__parts">
          {sections.map((one) => (
            <Part part={one} />
          ))}
        </div>
        <section>
          <h2 class="govuk-heading-s">{words.gaps}</h2>
          {notIn.length + otherwise.length === 0 && <p>{words.noGaps}</p>}
          {notIn.length > 0 && (
            <p>
              {words.gapsThisTerm(notIn.length)} {list(notIn)}.
            </p>
          )}
          {otherwise.length > 0 && (
            <p>
              {words.gapsKnown} {list(otherwise)}.
            </p>
          )}
        </section>
        <section class="paper__notes">
          <h2 class="govuk-heading-s">{words.notes}</h2>
        </section>
        <p class="small quiet">{words.foot}</p>
      </div>
    </Layout>
  )
}

const Pair = ({ term, says }: { readonly term: string; readonly says: string }) => (
  <div>
    <dt>{term}</dt>
    <dd>{says}</dd>
  </div>
)

const saidOf = (fact: Fact): string => fact.value ?? ''

const sourceOf = ({ of, source }: Fact): string =>
  [of, source.sentBy, day(source.sentAt.slice(0, 10) as PlainDate)].filter((text) => text !== '').join(', ')

/** A section's facts; where one person answered all of them at one time, it is said once. */
const Part = ({ part: { section, facts, subjects } }: { readonly part: PupilProps['sections'][number] }) => {
  const told = [
    ...facts,
    ...subjects.flatMap(({ figures }) => figures.flatMap(({ inTable, fact }) => (inTable ? [fact] : []))),
  ].map(sourceOf)
  const once = new Set(told).size === 1 ? told[0] : undefined
  return (
    <section>
      <h2 class="govuk-heading-s">
        {sectionWords[section]}
        {once !== undefined && <span class="small quiet"> {once}</span>}
      </h2>
      <ul class="flat">
        {subjects.map((subject) => (
          <li>
            <SubjectLine subject={subject} alone={once === undefined} />
          </li>
        ))}
        {facts.map((fact) => (
          <li>
            <b>{itemWords[fact.item]?.head ?? fact.label}</b>: {saidOf(fact)}
            {once === undefined && <span class="quiet"> {sourceOf(fact)}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

const SubjectLine = ({
  subject: { name, course, figures },
  alone,
}: {
  readonly subject: Subject
  readonly alone: boolean
}) => {
  const said = figures.filter(({ inTable, fact }) => inTable && fact.state === 'given')
  const first = said[0]?.fact
  return (
    <>
      <b>{name}</b>
      {course && ` (${course})`}:{' '}
      {said.map(({ part, fact }) => `${(subjectColumns[part] ?? part).toLowerCase()} ${saidOf(fact)}`).join(', ')}{' '}
      {alone && first && <span class="quiet">{sourceOf(first)}</span>}
    </>
  )
}
