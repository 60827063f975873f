import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { roundOpenedEmail } from '../../../templates/emails/emails.ts'
import { type BoardFilter, BoardPage, type BoardSection } from '../../../templates/pages/board.tsx'
import { RoundSchoolPage } from '../../../templates/pages/round-school.tsx'
import { RoundOpenPage, type RoundOpenProps, RoundsPage } from '../../../templates/pages/rounds.tsx'
import { adminWords } from '../../../templates/words/en/admin.ts'
import { boardWords } from '../../../templates/words/en/board.ts'
import { itemWords } from '../../../templates/words/en/items.ts'
import { roleIn } from '../../../templates/words/en/roles.ts'
import { may } from '../../access/scope.ts'
import { cutOffDate, termOf } from '../../domain/calendar.ts'
import { academicYearOf, parseTypedDate, todayInLondon } from '../../domain/dates.ts'
import { newPublicId } from '../../domain/identifiers.ts'
import { countPlans } from '../../domain/plan.ts'
import { total } from '../../domain/return/completeness.ts'
import { items, sections } from '../../domain/return/dictionary.ts'
import type { Term } from '../../domain/return/item.ts'
import { plansOf } from '../../plans/plans.ts'
import { type BoardOf, boardOf, countedBoardOf, narrowed, type SchoolOnBoard } from '../../returns/board.ts'
import { isLate } from '../../returns/late.ts'
import { unmatchedCount } from '../../store/answers.ts'
import { audit } from '../../store/audit.ts'
import { Conflict } from '../../store/db.ts'
import { addToOutbox } from '../../store/outbox.ts'
import { ledSchools, peopleOfCouncil } from '../../store/people.ts'
import { isPlanRound } from '../../store/plans.ts'
import { roundDates } from '../../store/round-dates.ts'
import { openRound, type Round, roundById, roundsOfCouncil, submissionsOf } from '../../store/rounds.ts'
import { councilNames, schoolById, virtualSchools } from '../../store/schools.ts'
import { boardChoices, boardFilter, isNarrow, narrowingOf, passes } from '../board-filter.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen, shortName } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

/** A council's rounds: the list, opening one, its board, and one school in it. */
export const roundRoutes = new Hono<Web>()
roundRoutes.use(paths.rounds, signedIn, only('work with returns'))
roundRoutes.use(`${paths.rounds}/*`, signedIn, only('work with returns'))

const terms: readonly Term[] = ['autumn', 'spring', 'summer']

roundRoutes.get(paths.rounds, async (context) => {
  const { runtime, viewer } = context.var
  const rounds = await roundsOfCouncil(runtime.db.query, viewer.scope)
  const boards = await Promise.all(rounds.map((round) => countedBoardOf(runtime, plansOf, viewer.scope, round)))
  return reply.page(
    context,
    <RoundsPage
      frame={frameOf(context)}
      mayOpen={may(viewer.part, 'run rounds')}
      rounds={boards.map(({ round, total, schools }) => ({
        id: round.id,
        term: round.term,
        academicYear: round.academicYear,
        asAt: round.asAt,
        due: round.cutOff,
        closedOn: round.closedAt === null ? null : todayInLondon(round.closedAt),
        answered: total.answered,
        asked: total.base,
        schoolsIn: schools.filter(({ standing }) => standing === 'submitted').length,
        schools: schools.length,
      }))}
    />,
  )
})

const showOpen = (context: WebContext, values: RoundOpenProps['values'], toMend: readonly ToMend[]) => {
  const year = academicYearOf(context.var.viewer.scope.today)
  return reply.page(
    context,
    <RoundOpenPage frame={frameOf(context)} years={[year - 1, year, year + 1]} values={values} toMend={toMend} />,
    toMend.length > 0 ? 422 : 200,
  )
}

roundRoutes.get(paths.roundOpen, only('run rounds'), (context) => {
  const term = termOf(context.var.viewer.scope.today)
  return showOpen(
    context,
    { term: term.term, academicYear: String(term.academicYear), asAt: '', cutOff: 'weekdays', weekdays: '10', due: '' },
    [],
  )
})

roundRoutes.post(paths.roundOpen, only('run rounds'), async (context) => {
  const { runtime, viewer } = context.var
  const { db } = runtime
  const term = terms.find((one) => one === field(context, 'term')) ?? 'autumn'
  const values: RoundOpenProps['values'] = {
    term,
    academicYear: field(context, 'academicYear'),
    asAt: field(context, 'asAt'),
    cutOff: field(context, 'cutOff') === 'date' ? 'date' : 'weekdays',
    weekdays: field(context, 'weekdays'),
    due: field(context, 'due'),
  }
  const words = adminWords.toMend
  const asAt = parseTypedDate(values.asAt)
  const due = parseTypedDate(values.due)
  const year = /^\d{4}$/.test(values.academicYear) ? Number(values.academicYear) : undefined
  const weekdays = /^\d{1,2}$/.test(values.weekdays) ? Number(values.weekdays) : undefined
  const rule =
    values.cutOff === 'date' ? (due ? { date: due } : undefined) : weekdays ? { weekdaysAfter: weekdays } : undefined
  const cutOff = asAt && rule ? cutOffDate(asAt, rule) : undefined
  const toMend: ToMend[] = [
    ...(year === undefined ? [{ text: words.year, field: 'academicYear' }] : []),
    ...(asAt ? [] : [{ text: words.day, field: 'asAt' }]),
    ...(rule
      ? []
      : [values.cutOff === 'date' ? { text: words.day, field: 'due' } : { text: words.weekdays, field: 'weekdays' }]),
    ...(asAt && cutOff && cutOff.date < asAt ? [{ text: words.dueBeforeAsAt, field: 'due' }] : []),
  ]
  if (toMend.length > 0 || !asAt || !cutOff || year === undefined) return showOpen(context, values, toMend)
  const now = runtime.now()
  const id = newPublicId()
  const council = (await virtualSchools(db.query)).find(({ number }) => number === ownCouncil(context))
  const people = (await peopleOfCouncil(db.query, viewer.scope)).filter(({ school }) => school > 0)
  const mail = roundOpenedEmail({
    council: council?.name ?? '',
    term,
    academicYear: year,
    due: cutOff.date,
    rule: '',
    address: `${runtime.config.origin}${paths.inbox}`,
  })
  try {
    await db.commit([
      ...openRound(db.query, {
        id,
        virtualSchool: ownCouncil(context),
        academicYear: year,
        term,
        asAt,
        cutOff: cutOff.date,
        cutOffRule: `${cutOff.because} ${JSON.stringify(cutOff.parameters)}`,
        at: now,
        by: viewer.person.number,
      }),
      ...[...new Set(people.map(({ email }) => email))].map((to) =>
        addToOutbox(db.query, { id: newPublicId(), to, ...mail, at: now }),
      ),
      audit(db.query, {
        at: now,
        person: viewer.person.number,
        part: viewer.named.role,
        action: 'round opened',
        virtualSchool: ownCouncil(context),
        subject: id,
      }),
    ])
  } catch (problem) {
    if (problem instanceof Conflict) return showOpen(context, values, [{ text: words.roundThere, field: 'term' }])
    throw problem
  }
  void runtime.start({ name: 'send-mail' }).catch(() => undefined)
  return reply.goTo(context, paths.board(id))
})

const pageSize = 25

const share = ({ answered, base }: { readonly answered: number; readonly base: number }) => ({ answered, asked: base })

roundRoutes.get(paths.board(':round'), async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const round = await roundById(query, viewer.scope, context.req.param('round') ?? '')
  if (!round) return reply.notFound(context)
  const [whole, unmatched, led, isSection] = await Promise.all([
    countedBoardOf(runtime, plansOf, viewer.scope, round),
    unmatchedCount(query, viewer.scope),
    ledSchools(query, viewer.scope),
    isPlanRound(query, round.number),
  ])
  const names = await councilNames(query, [...new Set(whole.schools.map(({ school }) => school.laCode))])
  const areaOf = (laCode: string) => names.get(laCode) ?? boardWords.areaCode(laCode)
  const filter = boardFilter(context, whole)
  const { board, plans } = isNarrow(filter)
    ? await narrowedBoard(context, round, filter)
    : { board: whole, plans: whole.plans }
  const filtered = board.schools.filter((one) => passes(one, filter))
  const from = Math.max(0, Math.min(Number(context.req.query('from')) || 0, Math.max(0, filtered.length - 1)))
  return reply.page(
    context,
    <BoardPage
      frame={frameOf(context)}
      now={runtime.now()}
      council={round.council}
      round={{
        id: round.id,
        term: round.term,
        academicYear: round.academicYear,
        asAt: round.asAt,
        due: round.cutOff,
        closedOn: round.closedAt === null ? null : todayInLondon(round.closedAt),
      }}
      total={{ ...share(board.total), pupils: board.pupils, schools: board.schools.length }}
      here={share(board.here)}
      elsewhere={share(board.elsewhere)}
      states={statesOf(board)}
      sections={boardSections(board)}
      plans={{
        ...plans,
        isSection,
      }}
      waiting={{
        unmatched,
        places: whole.places,
        noLead: board.schools.filter(({ school }) => !led.has(school.number)).length,
      }}
      filter={filter}
      choices={boardChoices(whole, areaOf)}
      schools={filtered.slice(from, from + pageSize).map((one) => ({
        id: one.school.id,
        name: one.school.name,
        elsewhere: one.here ? null : areaOf(one.school.laCode),
        state: one.standing,
        pupils: one.pupils,
        due: one.dates.due,
        extended: one.dates.extended !== null,
        reopened: one.dates.reopened?.day ?? null,
        late: one.late,
        hasLead: led.has(one.school.number),
        ...share(one.count),
      }))}
      page={{ from, of: filtered.length, size: pageSize }}
      mayChangeQuestions={may(viewer.part, 'run rounds')}
    />,
  )
})

/** A part of a round, counted from its pupils' returns as they are now. */
const narrowedBoard = async (context: WebContext, round: Round, filter: BoardFilter) => {
  const { runtime, viewer } = context.var
  const board = narrowed(await boardOf(runtime, viewer.scope, round), narrowingOf(filter))
  const pupils = board.schools.flatMap(({ returns }) =>
    returns.map(({ due }) => ({ number: due.pupil, virtualSchool: round.virtualSchool })),
  )
  const plans = await plansOf(runtime.db.query, viewer.scope, pupils)
  return { board, plans: countPlans([...plans.values()].map(({ standing }) => standing)) }
}

const boardSections = (board: BoardOf<SchoolOnBoard>): readonly BoardSection[] =>
  sections.flatMap((section) => {
    const counted = items.flatMap((item) => {
      const count = item.section === section ? board.items.get(item.code) : undefined
      return count ? [{ item, count }] : []
    })
    if (counted.length === 0) return []
    return [
      {
        section,
        ...share(total(counted.map(({ count }) => count))),
        items: counted.map(({ item, count }) => ({
          code: item.code,
          label: itemWords[item.code]?.head ?? itemWords[item.code]?.label ?? item.code,
          ...share(count),
        })),
      },
    ]
  })

const statesOf = (board: BoardOf<SchoolOnBoard>) =>
  (['submitted', 'in_progress', 'not_started', 'overdue'] as const).map((state) => {
    const of = board.schools.filter(({ standing }) => standing === state)
    return { state, here: of.filter(({ here }) => here).length, elsewhere: of.filter(({ here }) => !here).length }
  })

roundRoutes.get(paths.roundSchool(':round', ':school'), async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const round = await roundById(query, viewer.scope, context.req.param('round') ?? '')
  if (!round) return reply.notFound(context)
  const school = await schoolById(query, viewer.scope.today, context.req.param('school') ?? '')
  const board = await boardOf(runtime, viewer.scope, round)
  const one = board.schools.find((other) => other.school.number === school?.number)
  if (!school || !one) return reply.notFound(context)
  await noteSeen(
    context,
    one.returns.map(({ due }) => due.pupil),
    'list seen',
    'school in a round',
  )
  const [submissions, people] = await Promise.all([
    submissionsOf(query, viewer.scope),
    peopleOfCouncil(query, viewer.scope),
  ])
  const own = submissions.filter((receipt) => receipt.round === round.number && receipt.school === school.number)
  const aside = new Set(one.setAside.map(({ pupil }) => pupil))
  const newest = Math.max(0, ...own.filter(({ state }) => state === 'published').map(({ version }) => version))
  return reply.page(
    context,
    <RoundSchoolPage
      frame={frameOf(context)}
      round={{ id: round.id, term: round.term, academicYear: round.academicYear }}
      school={{ id: school.id, name: school.name }}
      state={one.standing}
      late={one.late}
      due={one.dates.due}
      dates={(await roundDates(query, viewer.scope, [round.number])).filter((date) => date.school === school.number)}
      roundIsClosed={round.closedAt !== null}
      pupils={one.returns.map((pupil) => ({
        id: pupil.due.pupilId,
        shortName: shortName(pupil.due.forename, pupil.due.surname),
        yearGroup: pupil.due.yearGroup || null,
        answered: pupil.completeness.answered,
        asked: pupil.completeness.base,
        row: pupil.answers.size > 0 ? 'sent' : aside.has(pupil) ? 'set_aside' : null,
        left: pupil.completeness.missing.map((code) => itemWords[code]?.head ?? itemWords[code]?.label ?? code),
      }))}
      setAside={one.setAside.map(({ pupil: { due }, reason }) => ({
        pupil: shortName(due.forename, due.surname),
        reason,
      }))}
      receipts={own.map((receipt) => ({
        id: receipt.importId,
        reference: receipt.receipt,
        pupils: receipt.pupils,
        sentBy: receipt.by,
        sentAt: receipt.at,
        late: isLate(receipt),
        state: receipt.state === 'withdrawn' ? 'withdrawn' : receipt.version === newest ? 'current' : 'replaced',
      }))}
      people={people
        .filter((person) => person.school === school.number)
        .map((person) => ({ name: person.name, role: roleIn(person.role, [person.schoolPhase]), email: person.email }))}
    />,
  )
})
