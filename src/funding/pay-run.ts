import { defaultCalendar, type SchoolTerm, termOf } from '../domain/calendar.ts'
import { daysBetween, type PlainDate, plusDays } from '../domain/dates.ts'
import { type FinancialYear, financialYearOf } from '../domain/funding/financial-year.ts'
import { fundFor } from '../domain/funding/fund-for.ts'
import { type FundCode, fundOf, rateOf } from '../domain/funding/funds.ts'
import { pence, sumOf } from '../domain/funding/pence.ts'
import type { Term } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from '../store/db.ts'
import { allocationsOf } from '../store/funding-rules.ts'
import type { RunLine } from '../store/pay-runs.ts'
import { childrenInCare, paidByEntitlement, placesForRun, plansForRun } from '../store/run-children.ts'
import { modelOf } from './model-of.ts'
import type { Part, PaymentModel, PayRun, PayRunChild, PlanOf, Proposal, TermOf } from './models/model.ts'
import { shareBetween } from './models/moves.ts'
import { openingDueOn } from './models/opening-payment.ts'
import { termBefore } from './models/plan-payment.ts'
import type { FundingRules } from './rules.ts'

/** How a council's own word for a plan's quality is read: its colours, and the words of inspection. Null where it says neither. */
export const ratingOf = (word: string | null): PlanOf['rating'] => {
  const said = (word ?? '').trim().toLowerCase()
  if (/^(good|gold|green|outstanding|excellent)/.test(said)) return 'good'
  if (/^(adequate|amber|satisfactory|silver|requires improvement)/.test(said)) return 'adequate'
  return /^(inadequate|red|poor)/.test(said) ? 'inadequate' : null
}

/** Whether a place is one of several that is not the main one: a subsidiary registration or a guest. */
const isSubsidiary = (status: string | null) => /^(s|subsidiary|g|guest)/i.test(status ?? '')

/** The days of a term; of a term that the calendar does not have, those of the day itself. */
const daysOfTerm = ({ academicYear, term }: TermOf, on: PlainDate): Pick<SchoolTerm, 'firstDay' | 'lastDay'> =>
  defaultCalendar(academicYear).find((one) => one.term === term) ?? termOf(on)

/** The day whose rules a run goes by: today within its term, else the nearest day of the term, whose rules were in force. */
export const dayOfRules = (of: TermOf, today: PlainDate): PlainDate => {
  const { firstDay, lastDay } = daysOfTerm(of, today)
  if (today < firstDay) return firstDay
  return today > lastDay ? lastDay : today
}

/**
 * The day whose roll a run goes by: a base is earned by the term, so that after it the last day of the term counts. What a
 * year or a plan brings is for what comes: it goes to where the child is today.
 */
export const dayOfRoll = ({ model }: FundingRules, of: TermOf, today: PlainDate): PlainDate => {
  const { lastDay } = daysOfTerm(of, today)
  return model.kind === 'base' && lastDay < today ? lastDay : today
}

/**
 * The places by which a run goes. A holiday is of the term before it, and a child who leaves at the end of lessons is at no
 * school on the last day of it: the run of a term that is over goes by where the child was last in it.
 */
const placesOn = (places: PayRunChild['places'], { from, on }: PayRun, today: PlainDate): PayRunChild['places'] => {
  if (on === today || places.some((one) => one.from <= on && (one.to === null || one.to >= on))) return places
  const last = places
    .flatMap(({ to }) => (to !== null && from <= to && to < on ? [to] : []))
    .sort()
    .at(-1)
  return places.map((one) => (one.to === last ? { ...one, to: on } : one))
}

/** The term whose plan pays in a run. */
const termOfPlan = ({ model }: FundingRules, of: TermOf): TermOf =>
  model.kind === 'plan' && model.paysNextTerm ? termBefore(of) : of

/** A fund that pays by the hour has no rate for a child: a model that shares one out cannot pay from it. */
const paysByHour = (fund: FundCode) => fundOf(fund).rates.some(({ per }) => per === 'hour')

/** The schools a child is at on the day of a run, the one that a model pays first, with the days there in the term. */
const schoolsOf = (child: PayRunChild, run: PayRun, paid: number) => {
  const there = child.places.filter(({ from, to }) => from <= run.on && (to === null || run.on <= to))
  return [paid, ...new Set(there.map(({ school }) => school).filter((school) => school !== paid))].map((school) => {
    const days = there
      .filter((one) => one.school === school)
      .map(({ from, to }) => {
        const [first, last] = [from > run.from ? from : run.from, to !== null && to < run.to ? to : run.to]
        return daysBetween(first, last) + 1
      })
    return { school, subsidiary: school !== paid, days: Math.max(1, ...days) }
  })
}

/** The name under which the second and later schools of a child at several are paid their parts. */
const partAt = (part: Part, at: number): string => (at === 0 ? part : `${part} ${at + 1}`)

type PaidBefore = PayRunChild['paid'][number]

/** Whether something was paid of the entitlement that a run pays: an opening and a flat payment are a year's, others a term's. */
const isOfEntitlement = (one: PaidBefore, part: Part, of: TermOf, run: PayRun): boolean =>
  (one.part === part || one.part.startsWith(`${part} `)) &&
  (part === 'opening' || part === 'flat'
    ? one.year === run.year
    : one.academicYear === of.academicYear && one.term === of.term)

/** A child in a run, with the shares of an entitlement that were taken back. */
type ChildOfRun = { readonly pupil: number; readonly child: PayRunChild; readonly takenBack: readonly PaidBefore[] }

/**
 * The lines of what is proposed for one child: by the council's rule where it is at two schools, less what one of them was
 * paid before, and never more together than the entitlement.
 */
const sharesOf = (
  proposal: Extract<Proposal, { readonly pays: true }>,
  { pupil, child }: ChildOfRun,
  run: PayRun,
  rules: FundingRules,
): readonly RunLine[] => {
  const { part, of } = proposal
  const before = child.paid.filter((one) => isOfEntitlement(one, part, of, run))
  let left = proposal.amount - sumOf(before.map(({ amount }) => amount))
  return shareBetween(rules.dual, proposal.amount, schoolsOf(child, run, proposal.school))
    .map(({ school, amount }, at) => ({ pupil, part: partAt(part, at), school, ...of, amount, why: null }))
    .filter((line) => !before.some((one) => one.part === line.part))
    .flatMap((line) => {
      const amount = pence(Math.max(0, Math.min(line.amount, left)))
      left -= amount
      return amount > 0 ? [{ ...line, amount }] : []
    })
}

/** The lines of shares that were taken back from a second or later school, while the first keeps its own. */
const takenBackShares = (
  model: PaymentModel,
  part: Part,
  of: TermOf,
  { pupil, child, takenBack }: ChildOfRun,
  run: PayRun,
  rules: FundingRules,
): readonly RunLine[] => {
  const again = takenBack.filter((one) => isOfEntitlement(one, part, of, run))
  const others = child.paid.filter((one) => !isOfEntitlement(one, part, of, run))
  const whole = model.propose({ ...child, paid: others }, run).find((one) => one.part === part)
  return whole?.pays
    ? sharesOf(whole, { pupil, child, takenBack }, run, rules).filter((line) =>
        again.some((one) => one.part === line.part),
      )
    : []
}

/** The lines of what a model says of one child: amounts, or why none. */
const linesOf = (
  model: PaymentModel,
  proposal: Proposal,
  one: ChildOfRun,
  run: PayRun,
  rules: FundingRules,
): readonly RunLine[] => {
  const { part } = proposal
  const { academicYear, term } = proposal.pays ? proposal.of : part === 'plan' ? termOfPlan(rules, run) : run
  const none = (why: string): RunLine => ({
    ...{ pupil: one.pupil, part, school: null, academicYear, term, amount: pence(0), why },
  })
  if (!proposal.pays && proposal.why !== 'already_paid') return [none(proposal.why)]
  const lines = proposal.pays
    ? sharesOf(proposal, one, run, rules)
    : takenBackShares(model, part, { academicYear, term }, one, run, rules)
  return lines.length > 0 ? lines : [none('already_paid')]
}

const byPupil = <Row extends { readonly pupil: number }>(rows: readonly Row[]): ReadonlyMap<number, readonly Row[]> => {
  const found = new Map<number, Row[]>()
  for (const row of rows) {
    const own = found.get(row.pupil)
    if (own) own.push(row)
    else found.set(row.pupil, [row])
  }
  return found
}

/**
 * What a council's model proposes on a day for every child of the council that is in care, from one fund: a line for each
 * part of the model and school that is paid, or one that says why nothing.
 */
export const proposeLines = async (
  query: Query,
  scope: Scope,
  rules: FundingRules,
  {
    fund,
    academicYear,
    term,
    on: today,
  }: { readonly fund: FundCode; readonly academicYear: number; readonly term: Term; readonly on: PlainDate },
): Promise<readonly RunLine[]> => {
  const on = dayOfRoll(rules, { academicYear, term }, today)
  const country = fund === 'pupil_development_grant' ? 'Wales' : 'England'
  const inCare = (await childrenInCare(query, scope, on)).filter(
    ({ yearGroup }) => fundFor(yearGroup, country) === fund,
  )
  // Two periods of care that overlap are one child's.
  const children = [...new Map(inCare.map((one) => [one.pupil, one])).values()]
  const numbers = children.map(({ pupil }) => pupil)
  const [places, plans, paid, allocations] = await Promise.all([
    placesForRun(query, scope, numbers).then(byPupil),
    plansForRun(query, scope, numbers, academicYear - 1).then(byPupil),
    paidByEntitlement(query, scope, numbers, fund).then(byPupil),
    allocationsOf(query, scope),
  ])
  const year = financialYearOf(today)
  const byHour = paysByHour(fund)
  const own = allocations.find((one) => one.fund === fund && one.year === year)?.rate
  const { firstDay, lastDay } = daysOfTerm({ academicYear, term }, today)
  const run: PayRun = {
    academicYear,
    term,
    on,
    year,
    from: firstDay,
    to: lastDay,
    halfTerm: plusDays(firstDay, Math.floor(daysBetween(firstDay, lastDay) / 2)),
    rate: byHour ? undefined : (own ?? rateOf(fund, year)?.amount),
  }
  const model = modelOf(rules)
  return children.flatMap(({ pupil, careFrom, careTo }) => {
    const before = (paid.get(pupil) ?? []).map((one) => ({ ...one, part: one.part as Part }))
    const child: PayRunChild = {
      careFrom,
      careTo,
      places: placesOn(
        (places.get(pupil) ?? []).map(({ school, from, to, enrolmentStatus }) => ({
          school,
          from,
          to,
          subsidiary: isSubsidiary(enrolmentStatus),
        })),
        run,
        today,
      ),
      plans: (plans.get(pupil) ?? []).map((plan) => ({
        academicYear: plan.academicYear,
        term: plan.term,
        heldOn: plan.heldOn,
        rating: ratingOf(plan.rating),
        requested: plan.requested,
        // What a plan's money is for is not held: who types what it asks for leaves out what is excluded.
        purposes: [],
        signedOff: plan.signedOff === 1,
      })),
      paid: before.filter(({ cancelled }) => cancelled === 0),
    }
    const takenBack = before.filter(({ cancelled }) => cancelled === 1)
    return model
      .propose(child, run)
      .flatMap((proposal) => linesOf(model, proposal, { pupil, child, takenBack }, run, rules))
      .map((line) => (byHour && line.why === 'rate_unknown' ? { ...line, why: 'rate_by_hour' } : line))
  })
}

/** The days by which a first payment of a financial year is due, by pupil; empty for every other model. */
export const openingDueDays = async (
  query: Query,
  scope: Scope,
  { model }: FundingRules,
  { on, year }: { readonly on: PlainDate; readonly year: FinancialYear },
): Promise<ReadonlyMap<number, PlainDate>> =>
  model.kind === 'opening'
    ? new Map(
        (await childrenInCare(query, scope, on)).map(({ pupil, careFrom }) => [
          pupil,
          openingDueOn(model, careFrom, year),
        ]),
      )
    : new Map()

/** Some lines as one text, whatever their order: two proposals that come to the same are written the same. */
export const writtenLines = (lines: readonly RunLine[]): string =>
  lines
    .map(
      ({ pupil, part, school, academicYear, term, amount, why }) =>
        `${pupil} ${part} ${school} ${academicYear} ${term} ${amount} ${why}`,
    )
    .sort()
    .join('\n')

/** Whether two proposals come to the same, line by line. */
export const sameLines = (one: readonly RunLine[], other: readonly RunLine[]): boolean =>
  writtenLines(one) === writtenLines(other)
