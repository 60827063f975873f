import { defaultCalendar, termOf } from '../domain/calendar.ts'
import { daysBetween, type PlainDate, plusDays } from '../domain/dates.ts'
import { financialYearOf } from '../domain/funding/financial-year.ts'
import { fundFor } from '../domain/funding/fund-for.ts'
import { type FundCode, rateOf } from '../domain/funding/funds.ts'
import { pence } from '../domain/funding/pence.ts'
import type { Term } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from '../store/db.ts'
import { allocationsOf } from '../store/funding-rules.ts'
import { childrenInCare, paidByEntitlement, placesForRun, plansForRun, type RunLine } from '../store/pay-runs.ts'
import { modelOf } from './model-of.ts'
import type { Part, PayRun, PayRunChild, PlanOf } from './models/model.ts'
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

/**
 * What a council's model proposes for every child of the council in care on a day, from one fund: a line for each part of
 * the model, an amount to one school or why nothing.
 */
export const proposeLines = async (
  query: Query,
  scope: Scope,
  rules: FundingRules,
  { fund, academicYear, term, on }: { fund: FundCode; academicYear: number; term: Term; on: PlainDate },
): Promise<readonly RunLine[]> => {
  const country = fund === 'pupil_development_grant' ? 'Wales' : 'England'
  const children = (await childrenInCare(query, scope, on)).filter(
    ({ yearGroup }) => fundFor(yearGroup, country) === fund,
  )
  const numbers = children.map(({ pupil }) => pupil)
  const [places, plans, paid, allocations] = await Promise.all([
    placesForRun(query, scope, numbers),
    plansForRun(query, scope, numbers, academicYear - 1),
    paidByEntitlement(query, scope, numbers, fund),
    allocationsOf(query, scope),
  ])
  const year = financialYearOf(on)
  const own = allocations.find((one) => one.fund === fund && one.year === year)?.rate
  const { firstDay, lastDay } = defaultCalendar(academicYear).find((one) => one.term === term) ?? termOf(on)
  const run: PayRun = {
    academicYear,
    term,
    on,
    year,
    from: firstDay,
    to: lastDay,
    halfTerm: plusDays(firstDay, Math.floor(daysBetween(firstDay, lastDay) / 2)),
    rate: own ?? rateOf(fund, year)?.amount,
  }
  const model = modelOf(rules)
  return children.flatMap(({ pupil, careFrom, careTo }) => {
    const child: PayRunChild = {
      careFrom,
      careTo,
      places: places
        .filter((one) => one.pupil === pupil)
        .map(({ school, from, to, enrolmentStatus }) => ({
          school,
          from,
          to,
          subsidiary: isSubsidiary(enrolmentStatus),
        })),
      plans: plans
        .filter((one) => one.pupil === pupil)
        .map((plan) => ({
          academicYear: plan.academicYear,
          term: plan.term,
          heldOn: plan.heldOn,
          rating: ratingOf(plan.rating),
          requested: plan.requested,
          purposes: [],
          signedOff: plan.signedOff === 1,
        })),
      paid: paid.filter((one) => one.pupil === pupil).map((one) => ({ ...one, part: one.part as Part })),
    }
    return model.propose(child, run).map(
      (proposal): RunLine =>
        proposal.pays
          ? {
              pupil,
              part: proposal.part,
              school: proposal.school,
              ...proposal.of,
              amount: proposal.amount,
              why: null,
            }
          : { pupil, part: proposal.part, school: null, academicYear, term, amount: pence(0), why: proposal.why },
    )
  })
}

/** Whether two proposals come to the same, line by line. */
export const sameLines = (one: readonly RunLine[], other: readonly RunLine[]): boolean => {
  const written = (lines: readonly RunLine[]) =>
    lines
      .map(
        ({ pupil, part, school, academicYear, term, amount, why }) =>
          `${pupil} ${part} ${school} ${academicYear} ${term} ${amount} ${why}`,
      )
      .sort()
      .join('\n')
  return written(one) === written(other)
}
