import { Hono } from 'hono'
import { paths } from '../../../templates/components/paths.ts'
import { PupilPage } from '../../../templates/pages/pupil.tsx'
import { PupilSearchPage, PupilsPage } from '../../../templates/pages/pupils.tsx'
import { may } from '../../access/scope.ts'
import { parsePlainDate } from '../../domain/dates.ts'
import { plansOf } from '../../plans/plans.ts'
import { birthdaysThatDiffer } from '../../returns/birthdays.ts'
import { openStandings } from '../../returns/due.ts'
import { answerHistory } from '../../store/answer-history.ts'
import { namedSchoolsOf } from '../../store/named-schools.ts'
import {
  carePeriodsOf,
  detailsOf,
  detailsOfPupils,
  followedPupilById,
  type ListedPupil,
  type Place,
  placesOf,
  pupilsByExactNumber,
  pupilsOf,
} from '../../store/pupils.ts'
import { transferRecordOf } from '../../store/transfer-record.ts'
import { toCompare } from '../birthdays.ts'
import type { Web, WebContext } from '../context.ts'
import { factsOf } from '../facts.ts'
import { field } from '../form-field.ts'
import { moneyOfPupil } from '../money-opened.ts'
import { planShown } from '../plan-shown.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen, shortName } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

/** A school's pupils, a council's search among its own, and one pupil's page. */
export const pupilRoutes = new Hono<Web>()
pupilRoutes.use(paths.pupils, signedIn, only('read pupils'))
pupilRoutes.use(`${paths.pupils}/*`, signedIn, only('read pupils'))

pupilRoutes.get(paths.pupils, (context) =>
  context.var.viewer.part.kind === 'school' ? showSchoolList(context) : showSearch(context, ''),
)

const showSchoolList = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const pupils = await pupilsOf(query, viewer.scope)
  const numbers = pupils.map(({ number }) => number)
  const [returns, details, plans] = await Promise.all([
    openStandings(query, viewer.scope),
    detailsOfPupils(query, viewer.scope, numbers, ['social_worker_name']),
    plansOf(query, viewer.scope, pupils),
  ])
  await noteSeen(context, numbers, 'list seen', 'my pupils')
  return reply.page(
    context,
    <PupilsPage
      frame={frameOf(context)}
      pupils={pupils.map((pupil) => {
        const asked = returns.find(({ due }) => due.pupil === pupil.number)
        return {
          id: pupil.id,
          shortName: shortName(pupil.forename, pupil.surname),
          yearGroup: pupil.yearGroup || null,
          council: pupil.council,
          asked: asked
            ? { left: asked.completeness.base - asked.completeness.answered, asked: asked.completeness.base }
            : null,
          planNextBy: plans.get(pupil.number)?.standing.due?.date ?? null,
          socialWorker: details.get(pupil.number)?.get('social_worker_name') ?? null,
        }
      })}
    />,
  )
}

const showSearch = async (context: WebContext, typed: string) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const all = await pupilsOf(query, viewer.scope)
  const worker = viewer.part.kind === 'council' && viewer.part.role === 'social_worker'
  const found = typed !== '' ? await pupilsByExactNumber(query, viewer.scope, typed) : worker ? all : []
  await noteSeen(
    context,
    found.map(({ number }) => number),
    'looked up',
    'search',
  )
  const places = await Promise.all(found.map(({ number }) => placesOf(query, viewer.scope, number)))
  return reply.page(
    context,
    <PupilSearchPage
      frame={frameOf(context)}
      total={all.length}
      query={typed}
      mayAdd={may(viewer.part, 'keep pupils')}
      pupils={found.map((pupil, index) => {
        const place = places[index]?.[0]
        return {
          id: pupil.id,
          shortName: shortName(pupil.forename, pupil.surname),
          childReference: pupil.childReference,
          yearGroup: pupil.yearGroup || null,
          school: place?.school ?? null,
          placeState: place ? placeState(place, viewer.scope.today) : null,
        }
      })}
    />,
  )
}

const placeState = (place: Place, today: string) =>
  place.lastDay !== null && place.lastDay < today
    ? ('ended' as const)
    : place.confirmed
      ? ('confirmed' as const)
      : ('asserted' as const)

pupilRoutes.post(paths.pupils, (context) =>
  context.var.viewer.part.kind === 'council'
    ? showSearch(context, field(context, 'query').slice(0, 60))
    : reply.notFound(context),
)

pupilRoutes.get(paths.pupil(':pupil'), async (context) => {
  const { runtime, viewer } = context.var
  const pupil = await followedPupilById(runtime.db.query, viewer.scope, context.req.param('pupil') ?? '')
  if (!pupil) return reply.notFound(context)
  const full = context.req.query('full') === '1' && pupil.open
  await noteSeen(context, [pupil.number], full ? 'full name seen' : 'record seen')
  return showPupil(context, pupil, full)
})

const showPupil = async (context: WebContext, pupil: ListedPupil & { readonly open: boolean }, full: boolean) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const school = viewer.part.kind === 'school'
  const [history, details, places, care, returns, birthdays, transfers, named, money] = await Promise.all([
    answerHistory(query, viewer.scope, pupil.number),
    detailsOf(query, viewer.scope, pupil.number),
    placesOf(query, viewer.scope, pupil.number),
    school ? [] : carePeriodsOf(query, viewer.scope, pupil.number),
    openStandings(query, viewer.scope, [pupil.number]),
    school ? [] : birthdaysThatDiffer(query, viewer.scope, { pupil: pupil.number }),
    transferRecordOf(query, viewer.scope, pupil.number),
    may(viewer.part, 'keep pupils') ? namedSchoolsOf(query, viewer.scope, pupil.number) : [],
    moneyOfPupil(context, pupil.number),
  ])
  const detail = (name: string) => details.get(name)?.value || null
  const worker = { name: detail('social_worker_name'), email: detail('social_worker_email') }
  const plan = (await plansOf(query, viewer.scope, [pupil])).get(pupil.number)
  const ended = places.find(({ lastDay }) => lastDay !== null && lastDay < viewer.scope.today)
  const running = places.find(({ lastDay }) => lastDay === null || lastDay >= viewer.scope.today)
  const firstCare = care[0]
  return reply.page(
    context,
    <PupilPage
      frame={frameOf(context)}
      viewer={school ? 'school' : 'virtualSchool'}
      id={pupil.id}
      shortName={shortName(pupil.forename, pupil.surname)}
      yearGroup={pupil.yearGroup || null}
      council={pupil.council}
      school={school ? null : (running?.school ?? null)}
      leftOn={school && !running ? (ended?.lastDay ?? null) : null}
      mayOpenFull={pupil.open}
      full={
        full && pupil.born
          ? {
              name: `${pupil.forename} ${pupil.surname}`,
              dateOfBirth: pupil.born,
              upn: pupil.upn || null,
              childReference: school ? null : pupil.childReference,
            }
          : null
      }
      returns={returns
        .filter(({ due }) => due.pupil === pupil.number)
        .map(({ round, dates, completeness }) => ({
          term: round.term,
          left: completeness.base - completeness.answered,
          asked: completeness.base,
          due: dates.due,
        }))}
      sections={factsOf(history, viewer.part)}
      socialWorker={
        worker.name && worker.email
          ? {
              name: worker.name,
              email: worker.email,
              since: parsePlainDate(detail('social_worker_since') ?? '') ?? null,
            }
          : null
      }
      plan={plan && pupil.open ? planShown(plan) : null}
      money={money}
      targets={[1, 2, 3].flatMap((number) => {
        const text = detail(`target_${number}`)
        return text ? [{ number, text }] : []
      })}
      places={places.map((place) => ({
        id: `${place.schoolId}-${place.firstDay}`,
        school: place.school,
        firstDay: place.firstDay,
        lastDay: place.lastDay,
        state: placeState(place, viewer.scope.today),
      }))}
      care={firstCare ? { firstDay: firstCare.firstDay, lastDay: firstCare.lastDay } : null}
      noDiscloseHandler={school ? null : detail('handled_by')}
      birthdays={birthdays.map(toCompare)}
      mayEdit={!school && may(viewer.part, 'keep pupils')}
      transfers={transfers}
      namedSchools={named.map(({ laCode, establishment, urn, name }) => ({
        key: `${laCode}/${establishment}/${urn}`,
        name: name || `${laCode}/${establishment}`,
      }))}
    />,
  )
}
