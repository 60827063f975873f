import { Hono } from 'hono'
import { paths } from '../../../templates/components/paths.ts'
import type { Fact } from '../../../templates/components/pupil-facts.tsx'
import { MeetingPage } from '../../../templates/pages/meeting.tsx'
import type { PupilProps } from '../../../templates/pages/pupil.tsx'
import { figure, percent } from '../../../templates/words/en/counts.ts'
import { itemWords } from '../../../templates/words/en/items.ts'
import { meetingWords } from '../../../templates/words/en/meeting.ts'
import { planStateWords } from '../../../templates/words/en/plan.ts'
import { answerStateWords } from '../../../templates/words/en/states.ts'
import { plansOf } from '../../plans/plans.ts'
import { openStandings } from '../../returns/due.ts'
import { answerHistory } from '../../store/answer-history.ts'
import { detailsOf, placesOf, pupilById } from '../../store/pupils.ts'
import type { Web } from '../context.ts'
import { factsOf } from '../facts.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen, shortName } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

/** The print of one child for a plan (PEP) meeting: by its school while the place is confirmed, and by the council. */
export const meetingRoutes = new Hono<Web>()
meetingRoutes.use(paths.meeting(':pupil'), signedIn, only('read pupils'))

meetingRoutes.get(paths.meeting(':pupil'), async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const pupil = await pupilById(query, viewer.scope, context.req.param('pupil') ?? '')
  if (!pupil) return reply.notFound(context)
  await noteSeen(context, [pupil.number], 'printed for a meeting', 'plan (PEP) meeting')
  const [history, details, places, returns, plans] = await Promise.all([
    answerHistory(query, viewer.scope, pupil.number),
    detailsOf(query, viewer.scope, pupil.number),
    placesOf(query, viewer.scope, pupil.number),
    openStandings(query, viewer.scope),
    plansOf(query, viewer.scope, [pupil]),
  ])
  const sections = factsOf(history, viewer.part)
  const facts = new Map(everyFact(sections).map((fact) => [fact.item, fact]))
  const standing = plans.get(pupil.number)?.standing
  const running = places.find(({ lastDay }) => lastDay === null || lastDay >= viewer.scope.today)
  const notIn = new Set(
    returns.filter(({ due }) => due.pupil === pupil.number).flatMap(({ completeness }) => completeness.missing),
  )
  return reply.page(
    context,
    <MeetingPage
      frame={frameOf(context)}
      id={pupil.id}
      shortName={shortName(pupil.forename, pupil.surname)}
      yearGroup={pupil.yearGroup || null}
      council={pupil.council}
      school={running?.school ?? null}
      madeAt={runtime.now()}
      madeBy={viewer.named.name}
      answeredBy={facts.get('answered_by_name')?.value ?? null}
      worker={details.get('social_worker_name')?.value || null}
      plan={{
        heldOn: standing?.heldOn ?? null,
        due: standing?.due?.date ?? null,
        state: planStateWords[standing?.state ?? 'not_known'],
      }}
      targets={[1, 2, 3].flatMap((number) => {
        const text = details.get(`target_${number}`)?.value
        const fact = facts.get(`target_${number}_progress`)
        return text ? [{ number, text, progress: meetingWords.progress(fact?.value ?? null, fact?.of ?? '') }] : []
      })}
      attendance={attendanceOf(facts)}
      sections={givenOnly(sections)}
      gaps={{
        notIn: [...notIn].map(nameOf),
        otherwise: [...facts.values()].flatMap((fact) =>
          fact.state === 'given' ? [] : [`${nameOf(fact.item)} (${answerStateWords[fact.state]})`],
        ),
      }}
    />,
  )
})

const nameOf = (code: string): string => itemWords[code]?.head ?? itemWords[code]?.label ?? code

const everyFact = (sections: PupilProps['sections']): readonly Fact[] =>
  sections.flatMap(({ facts, subjects }) => [
    ...facts,
    ...subjects.flatMap(({ figures }) => figures.map(({ fact }) => fact)),
  ])

/** Progress on the targets stands with them, the sums of sessions in one line: nothing is said twice. */
const saidElsewhere = /^(target_\d_progress|sessions_(possible|attended))$/

const givenOnly = (sections: PupilProps['sections']): PupilProps['sections'] =>
  sections.map(({ section, facts, subjects }) => ({
    section,
    facts: facts.filter(({ state, item }) => state === 'given' && !saidElsewhere.test(item)),
    subjects: subjects.filter(({ figures }) => figures.some(({ inTable, fact }) => inTable && fact.state === 'given')),
  }))

const attendanceOf = (facts: ReadonlyMap<string, Fact>): string | null => {
  const [possible, attended] = [facts.get('sessions_possible'), facts.get('sessions_attended')]
  if (!possible?.value || !attended?.value || possible.of !== attended.of) return null
  const share = percent(Number(attended.value), Number(possible.value))
  return share === undefined
    ? null
    : meetingWords.attendanceSays(figure(Number(attended.value)), figure(Number(possible.value)), share, possible.of)
}
