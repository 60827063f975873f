import { Hono } from 'hono'
import { itemOfAnswerId, shownField } from '../../../templates/components/answer-field.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { handOverEmail } from '../../../templates/emails/emails.ts'
import { AnswerFormPage } from '../../../templates/pages/answer-form.tsx'
import { type AnsweringSchool, AnswersPage } from '../../../templates/pages/answers.tsx'
import { RoundClosedPage } from '../../../templates/pages/round-closed.tsx'
import { RefusedPage } from '../../../templates/pages/upload.tsx'
import { roundWords, shortMoment } from '../../../templates/words/en/dates.ts'
import { wordsOfFinding } from '../../../templates/words/en/findings.ts'
import { formWords } from '../../../templates/words/en/form.ts'
import { itemWords } from '../../../templates/words/en/items.ts'
import { todayInLondon } from '../../domain/dates.ts'
import { newPublicId } from '../../domain/identifiers.ts'
import { minutesFor } from '../../domain/return/completeness.ts'
import { receiveForm } from '../../intake/receive-form.ts'
import { plansOf } from '../../plans/plans.ts'
import { openReturns, type PupilReturn, withReferences } from '../../returns/due.ts'
import { type Clash, questionsLeft, rowsOfForm, saveTyped, type Typed } from '../../returns/form.ts'
import { placeAsked, registerShown, registerSums } from '../../returns/register-sums.ts'
import type { KnownContacts } from '../../returns/sheet.ts'
import { pupilsToAskFor } from '../../store/applications.ts'
import { audit } from '../../store/audit.ts'
import { handovers, noteHandover } from '../../store/drafts.ts'
import { addToOutbox } from '../../store/outbox.ts'
import { peopleAtOwnSchools } from '../../store/people.ts'
import { closedRoundOf } from '../../store/round-dates.ts'
import { ownSchools } from '../../store/schools.ts'
import { fieldsOf } from '../answer-fields.ts'
import type { Web, WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { contactsFor, contactsOf } from '../known-contacts.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen, shortName } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

/** The termly return on screen: pupil by pupil, saved as it goes, checked and sent like a file. */
export const formRoutes = new Hono<Web>()
formRoutes.use(paths.form, signedIn, only('answer returns'))
formRoutes.use(`${paths.form}/*`, signedIn, only('answer returns'))

type Own = PupilReturn & { readonly reference: string }

const ownReturns = async (context: WebContext): Promise<readonly Own[]> => {
  const { runtime, viewer } = context.var
  const returns = await openReturns(runtime.db.query, viewer.scope)
  return withReferences(runtime.db, viewer.scope, returns)
}

const nobody: KnownContacts = new Map()

const nameOf = ({ due }: PupilReturn) => shortName(due.forename, due.surname)

formRoutes.get(paths.form, (context) => showAnswers(context))

const showAnswers = async (context: WebContext, toMend?: string) => {
  const { runtime, viewer } = context.var
  const returns = await ownReturns(context)
  await noteSeen(
    context,
    returns.map(({ due }) => due.pupil),
    'list seen',
    'return form',
  )
  const [contacts, schools, people, handed] = await Promise.all([
    contactsOf(context, returns),
    ownSchools(runtime.db.query, viewer.scope),
    peopleAtOwnSchools(runtime.db.query, viewer.scope),
    handovers(runtime.db.query, viewer.scope),
  ])
  const shown = schools.flatMap((school): AnsweringSchool[] => {
    const own = returns.filter(({ due }) => due.school === school.number)
    if (own.length === 0) return []
    const colleagues = new Map(
      people
        .filter((one) => one.school === school.number && one.personNumber !== viewer.person.number)
        .map((one) => [one.person, one.name || one.email]),
    )
    const last = handed.find((one) => one.school === school.number)
    return [
      {
        id: school.id,
        name: school.name,
        pupils: own.map((one) => {
          const newest = [...one.versions.values()].reduce<{ savedBy: string; savedAt: string } | null>(
            (latest, draft) => (latest === null || draft.savedAt > latest.savedAt ? draft : latest),
            null,
          )
          return {
            reference: one.reference,
            shortName: nameOf(one),
            council: one.round.council,
            answered: one.completeness.answered,
            asked: one.completeness.base,
            left: questionsLeft(one, contacts.get(one.due.school) ?? nobody),
            savedBy: newest ? formWords.savedBy(newest.savedBy, shortMoment(newest.savedAt as never)) : null,
            toSend: [...one.drafts.values()]
              .filter(({ draft }) => one.asked.has(draft.item) && draft.raw !== '')
              .map(({ draft, finding }) => ({
                label: itemWords[draft.item]?.label ?? draft.item,
                value: draft.raw,
                toMend: finding !== undefined,
              })),
            sent: one.answers.size > 0,
          }
        }),
        colleagues: [...colleagues].map(([id, name]) => ({ id, name })),
        handed: last
          ? last.to === viewer.person.number
            ? formWords.handedToYou(last.byName, shortMoment(last.at))
            : formWords.handedTo(last.toName, shortMoment(last.at))
          : null,
      },
    ]
  })
  return reply.page(
    context,
    <AnswersPage
      frame={frameOf(context)}
      schools={shown}
      councils={[...new Set(returns.map(({ round }) => round.council))]}
      {...(toMend ? { toMend } : {})}
    />,
    toMend ? 422 : 200,
  )
}

formRoutes.get(paths.formNext, async (context) => {
  const returns = await ownReturns(context)
  const contacts = await contactsOf(context, returns)
  const round = context.req.query('round')
  const next = returns.find(
    (one) =>
      (round === undefined || one.round.id === round) && questionsLeft(one, contacts.get(one.due.school) ?? nobody) > 0,
  )
  return reply.goTo(context, next ? paths.formPupil(next.reference) : paths.form)
})

const referenceIn = (context: WebContext) => context.req.param('reference') ?? ''

type Said = { readonly saved?: boolean; readonly clashes?: readonly Clash[]; readonly status?: 200 | 409 | 422 }

formRoutes.get(paths.formPupil(':reference'), (context) =>
  showPupil(context, { saved: context.req.query('saved') !== undefined }),
)

const showPupil = async (context: WebContext, { saved = false, clashes = [], status = 200 }: Said) => {
  const { viewer } = context.var
  const returns = await ownReturns(context)
  const one = returns.find(({ reference }) => reference === referenceIn(context))
  if (!one) return notOpen(context, [])
  await noteSeen(context, [one.due.pupil], 'return form opened')
  const contacts = await contactsOf(context, returns)
  const leftOf = (other: PupilReturn) => questionsLeft(other, contacts.get(other.due.school) ?? nobody)
  const next = nextAfter(returns, one, leftOf)
  const plans = await plansOf(context.var.runtime.db.query, viewer.scope, [
    { number: one.due.pupil, virtualSchool: one.round.virtualSchool },
  ])
  const standing = plans.get(one.due.pupil)?.standing
  const register = await registerOf(context, one)
  return reply.page(
    context,
    <AnswerFormPage
      frame={frameOf(context)}
      reference={one.reference}
      shortName={nameOf(one)}
      yearGroup={one.due.yearGroup || null}
      council={one.round.council}
      round={roundWords(one.round.term, one.round.academicYear)}
      due={one.dates.due}
      today={viewer.scope.today}
      plan={standing?.due || standing?.heldOn ? { heldOn: standing.heldOn, due: standing.due?.date ?? null } : null}
      register={register}
      left={leftOf(one)}
      leftInAll={returns.reduce((sum, other) => sum + leftOf(other), 0)}
      saved={saved}
      {...fieldsOf(one, contacts.get(one.due.school) ?? nobody, clashes)}
      pupils={returns.map((other) => ({
        reference: other.reference,
        shortName: nameOf(other),
        council: other.round.council,
        left: leftOf(other),
        here: other === one,
      }))}
      next={next ? nameOf(next) : null}
    />,
    status,
  )
}

/** What the school's register comes to for a pupil whose sessions are not asked for that reason. */
const registerOf = async (context: WebContext, one: PupilReturn) => {
  if (!one.basis.facts.has('attendance_feed')) return null
  const { runtime, viewer } = context.var
  const place = placeAsked(one)
  const sums = (await registerSums(runtime.db.query, viewer.scope, [place]))(place)
  return sums ? registerShown(sums) : null
}

/** The next pupil in the list with something left, from the one here round to the one before. */
const nextAfter = (returns: readonly Own[], here: Own, leftOf: (one: PupilReturn) => number): Own | undefined => {
  const at = returns.findIndex(({ reference }) => reference === here.reference)
  return [...returns.slice(at + 1), ...returns.slice(0, at)].find((other) => leftOf(other) > 0)
}

/** The round has closed: says so, and gives back what was just typed, or is missing where there was never such a row. */
const notOpen = async (context: WebContext, typed: readonly Typed[]) => {
  const { runtime, viewer } = context.var
  const closed = await closedRoundOf(runtime.db.query, viewer.scope, referenceIn(context))
  if (!closed?.closedAt) return reply.notFound(context)
  return reply.page(
    context,
    <RoundClosedPage
      frame={frameOf(context)}
      council={closed.council}
      closedOn={todayInLondon(closed.closedAt)}
      typed={typed
        .filter(({ raw, shown }) => raw.trim() !== shown.trim())
        .map(({ item, raw }) => ({ label: itemWords[item]?.label ?? item, raw }))}
    />,
    typed.length > 0 ? 422 : 200,
  )
}

const typedIn = (context: WebContext): readonly Typed[] =>
  [...context.var.form.entries()].flatMap(([name, raw]): Typed[] => {
    const item = itemOfAnswerId(name)
    const shown = item && context.var.form.get(shownField(item))
    const was = typeof shown === 'string' ? /^(\d{1,9}):([\s\S]*)$/.exec(shown) : null
    return item && typeof raw === 'string' && was ? [{ item, raw, base: Number(was[1]), shown: was[2] ?? '' }] : []
  })

formRoutes.post(paths.formPupil(':reference'), async (context) => {
  const { runtime, viewer } = context.var
  const before = await ownReturns(context)
  const one = before.find(({ reference }) => reference === referenceIn(context))
  const typed = typedIn(context)
  if (!one) return notOpen(context, typed)
  const contacts = await contactsFor(context, one.due.school)
  const pressed = field(context, 'do')
  const read = async () =>
    (await openReturns(runtime.db.query, viewer.scope)).find(
      ({ due }) => due.round === one.due.round && due.pupil === one.due.pupil && due.school === one.due.school,
    )
  const saved = await saveTyped(runtime, viewer.scope, read, contacts, { typed, affirm: pressed === 'stillTrue' })
  if (saved.outcome === 'gone') return notOpen(context, typed)
  if (context.req.header('accept') === 'application/json') {
    const returns = await openReturns(runtime.db.query, viewer.scope)
    return context.json(savedWords(saved.pupil, returns, await contactsOf(context, returns), typed, saved.clashes))
  }
  if (saved.clashes.length > 0) return showPupil(context, { clashes: saved.clashes, status: 409 })
  const unread = typed.some(
    ({ item, raw, shown }) => raw.trim() !== shown.trim() && saved.pupil.drafts.get(item)?.finding !== undefined,
  )
  if (unread) return showPupil(context, { saved: true, status: 422 })
  const here = paths.formPupil(one.reference)
  if (pressed === 'stillTrue') return reply.goTo(context, `${here}?saved=1#known`)
  if (pressed === 'money') {
    const pupils = await pupilsToAskFor(runtime.db.query, viewer.scope)
    const pupil = pupils.find(({ number }) => number === one.due.pupil)
    return reply.goTo(context, pupil ? paths.moneyAskFor(pupil.id) : paths.moneyAsk)
  }
  if (pressed !== 'next') return reply.goTo(context, `${here}?saved=1`)
  const after = await ownReturns(context)
  const all = await contactsOf(context, after)
  const next = nextAfter(after, one, (other) => questionsLeft(other, all.get(other.due.school) ?? nobody))
  return reply.goTo(context, next ? paths.formPupil(next.reference) : paths.form)
})

/** What the page's script is told after it saved: new versions, what is to mend, and what is left. */
const savedWords = (
  one: PupilReturn,
  returns: readonly PupilReturn[],
  contacts: ReadonlyMap<number, KnownContacts>,
  typed: readonly Typed[],
  clashes: readonly Clash[],
) => {
  const { sections, known } = fieldsOf(one, contacts.get(one.due.school) ?? nobody, clashes)
  const fields = [
    ...known,
    ...sections.flatMap((section) => [
      ...section.fields,
      ...section.more,
      ...[...section.subjects, ...section.moreSubjects].flatMap((subject) => subject.fields),
    ]),
  ]
  const sent = new Set(typed.map(({ item }) => item))
  const leftOf = (other: PupilReturn) => questionsLeft(other, contacts.get(other.due.school) ?? nobody)
  const [left, all] = [leftOf(one), returns.reduce((sum, other) => sum + leftOf(other), 0)]
  return {
    fields: fields
      .filter(({ item }) => sent.has(item))
      .map(({ item, version, shown, toMend }) => ({ item, was: `${version}:${shown}`, toMend })),
    left: `${formWords.left(left, minutesFor(left))} ${formWords.leftInAll(all, minutesFor(all))}`,
  }
}

formRoutes.post(paths.formSend, async (context) => {
  const { runtime, viewer } = context.var
  const school = (await ownSchools(runtime.db.query, viewer.scope)).find(({ id }) => id === field(context, 'school'))
  if (!school) return reply.notFound(context)
  const rows = rowsOfForm((await ownReturns(context)).filter(({ due }) => due.school === school.number))
  if (rows.length === 0) return showAnswers(context, formWords.nothingToSend)
  const received = await receiveForm(runtime, viewer.scope, school.number, rows)
  if (received.outcome === 'refused')
    return reply.page(
      context,
      <RefusedPage
        frame={frameOf(context)}
        fileName={formWords.allTitle}
        words={wordsOfFinding(received.finding)}
        from="return"
      />,
      422,
    )
  return reply.goTo(context, paths.check(received.delivery))
})

formRoutes.post(paths.formHandOver, async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const school = (await ownSchools(query, viewer.scope)).find(({ id }) => id === field(context, 'school'))
  const to = (await peopleAtOwnSchools(query, viewer.scope)).find(
    (one) =>
      one.school === school?.number && one.person === field(context, 'to') && one.personNumber !== viewer.person.number,
  )
  if (!school || !to) return reply.notFound(context)
  const pupils = (await ownReturns(context)).filter(({ due }) => due.school === school.number).length
  const at = runtime.now()
  const words = handOverEmail({
    by: viewer.named.name,
    school: school.name,
    pupils,
    address: `${runtime.config.origin}${paths.form}`,
  })
  await runtime.db.commit([
    noteHandover(query, { school: school.number, at, to: to.personNumber, by: viewer.person.number }),
    addToOutbox(query, { id: newPublicId(), to: to.email, ...words, at }),
    audit(query, {
      at,
      person: viewer.person.number,
      part: 'school',
      action: 'return handed over',
      subject: to.person,
    }),
  ])
  void runtime.start({ name: 'send-mail' }).catch(() => undefined)
  return reply.goTo(context, paths.form)
})
