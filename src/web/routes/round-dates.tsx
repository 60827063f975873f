import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { dateSetEmail } from '../../../templates/emails/emails.ts'
import { RoundClosePage, SchoolDatePage } from '../../../templates/pages/round-dates.tsx'
import { datesWords } from '../../../templates/words/en/round-dates.ts'
import { parseTypedDate, todayInLondon } from '../../domain/dates.ts'
import { newPublicId } from '../../domain/identifiers.ts'
import { minutesFor } from '../../domain/return/completeness.ts'
import { boardOf, type SchoolWithReturns } from '../../returns/board.ts'
import { audit } from '../../store/audit.ts'
import { Conflict } from '../../store/db.ts'
import { addToOutbox } from '../../store/outbox.ts'
import { peopleOfCouncil } from '../../store/people.ts'
import { assertRound, closeOpenRound, setRoundDate } from '../../store/round-dates.ts'
import { type Round, roundById } from '../../store/rounds.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { only, signedIn } from '../viewer.ts'

/** The dates of a round: closing it for everybody, and a later date or an opening again for one school. */
export const roundDateRoutes = new Hono<Web>()
roundDateRoutes.use(`${paths.rounds}/*`, signedIn, only('work with returns'))

const left = ({ returns }: SchoolWithReturns) =>
  returns.reduce((sum, { completeness }) => sum + completeness.missing.length, 0)

const ownRound = (context: WebContext) =>
  roundById(context.var.runtime.db.query, context.var.viewer.scope, context.req.param('round') ?? '')

roundDateRoutes.get(paths.roundClose(':round'), async (context) => {
  const { runtime, viewer } = context.var
  const round = await ownRound(context)
  if (!round) return reply.notFound(context)
  const { schools } = await boardOf(runtime, viewer.scope, round)
  const owing = schools.filter(({ standing }) => standing !== 'submitted')
  return reply.page(
    context,
    <RoundClosePage
      frame={frameOf(context)}
      round={{ id: round.id, term: round.term, academicYear: round.academicYear, due: round.cutOff }}
      today={viewer.scope.today}
      closedOn={round.closedAt === null ? null : todayInLondon(round.closedAt)}
      owing={owing.map((one) => ({
        id: one.school.id,
        name: one.school.name,
        state: one.standing,
        questions: left(one),
        minutes: minutesFor(left(one)),
        due: one.dates.due,
      }))}
    />,
  )
})

roundDateRoutes.post(paths.roundClose(':round'), async (context) => {
  const { runtime, viewer } = context.var
  const round = await ownRound(context)
  if (!round) return reply.notFound(context)
  const at = runtime.now()
  try {
    await runtime.db.commit([
      ...closeOpenRound(round.number, at),
      audit(runtime.db.query, {
        at,
        person: viewer.person.number,
        part: viewer.named.role,
        action: 'round closed',
        virtualSchool: ownCouncil(context),
        subject: round.id,
      }),
    ])
  } catch (problem) {
    if (problem instanceof Conflict) return reply.changedMeanwhile(context, paths.board(round.id))
    throw problem
  }
  return reply.goTo(context, paths.board(round.id))
})

type OnePlace = { readonly round: Round; readonly one: SchoolWithReturns }

const placeOf = async (context: WebContext): Promise<OnePlace | undefined> => {
  const { runtime, viewer } = context.var
  const round = await ownRound(context)
  if (!round) return undefined
  const { schools } = await boardOf(runtime, viewer.scope, round)
  const one = schools.find(({ school }) => school.id === context.req.param('school'))
  return one && { round, one }
}

type Typed = { readonly day: string; readonly reason: string }

const showDate = (context: WebContext, { round, one }: OnePlace, values: Typed, toMend: readonly ToMend[]) =>
  reply.page(
    context,
    <SchoolDatePage
      frame={frameOf(context)}
      round={{ id: round.id, term: round.term, academicYear: round.academicYear }}
      school={{ id: one.school.id, name: one.school.name }}
      kind={round.closedAt === null ? 'extended' : 'reopened'}
      due={one.dates.due}
      closedOn={round.closedAt === null ? null : todayInLondon(round.closedAt)}
      seen={one.dates.next}
      values={values}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )

roundDateRoutes.get(paths.roundSchoolDate(':round', ':school'), async (context) => {
  const place = await placeOf(context)
  return place ? showDate(context, place, { day: '', reason: '' }, []) : reply.notFound(context)
})

roundDateRoutes.post(paths.roundSchoolDate(':round', ':school'), async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const place = await placeOf(context)
  if (!place) return reply.notFound(context)
  const { round, one } = place
  const values = { day: field(context, 'day').slice(0, 40), reason: field(context, 'reason').slice(0, 300) }
  const day = parseTypedDate(values.day)
  const kind = round.closedAt === null ? 'extended' : 'reopened'
  const words = datesWords.toMend
  const toMend: ToMend[] = [
    ...(day ? [] : [{ field: 'day', text: words.day }]),
    ...(day && day < viewer.scope.today ? [{ field: 'day', text: words.past }] : []),
    ...(day && kind === 'extended' && day >= viewer.scope.today && day <= one.dates.due
      ? [{ field: 'day', text: words.notLater(one.dates.due) }]
      : []),
    ...(values.reason === '' ? [{ field: 'reason', text: words.reason }] : []),
  ]
  if (toMend.length > 0 || !day) return showDate(context, place, values, toMend)
  const at = runtime.now()
  const mail = dateSetEmail({
    council: round.council,
    term: round.term,
    academicYear: round.academicYear,
    kind,
    day,
    address: `${runtime.config.origin}${paths.inbox}`,
  })
  const answering = (await peopleOfCouncil(query, viewer.scope)).filter(
    ({ school, role }) => school === one.school.number && (role === 'designated_teacher' || role === 'deputy'),
  )
  const seen = /^\d{1,6}$/.exec(field(context, 'seen'))?.[0]
  try {
    await runtime.db.commit([
      assertRound(round.number, kind === 'extended' ? 'open' : 'closed'),
      setRoundDate(query, {
        round: round.number,
        school: one.school.number,
        sequence: seen === undefined ? one.dates.next : Number(seen),
        kind,
        day,
        reason: values.reason,
        at,
        by: viewer.person.number,
      }),
      ...[...new Set(answering.map(({ email }) => email))].map((to) =>
        addToOutbox(query, { id: newPublicId(), to, ...mail, at }),
      ),
      audit(query, {
        at,
        person: viewer.person.number,
        part: viewer.named.role,
        action: kind === 'extended' ? 'date extended' : 'round opened again',
        virtualSchool: ownCouncil(context),
        subject: `${round.id} ${one.school.id}`,
        purpose: values.reason,
      }),
    ])
  } catch (problem) {
    if (problem instanceof Conflict)
      return reply.changedMeanwhile(context, paths.roundSchoolDate(round.id, one.school.id))
    throw problem
  }
  void runtime.start({ name: 'send-mail' }).catch(() => undefined)
  return reply.goTo(context, paths.roundSchool(round.id, one.school.id))
})
