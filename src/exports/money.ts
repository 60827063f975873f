import { day, shortMoment } from '../../templates/words/en/dates.ts'
import { runWords } from '../../templates/words/en/funding-rules.ts'
import { incentiveWords } from '../../templates/words/en/incentives.ts'
import {
  causeWords,
  financialYearWords,
  fundWords,
  interventionNamed,
  potWords,
  routeWords,
  trackWords,
  exportWords as words,
} from '../../templates/words/en/money.ts'
import { impactWords } from '../../templates/words/en/radar.ts'
import { type Instant, todayInLondon } from '../domain/dates.ts'
import { type MoneyStanding, standingOf } from '../domain/funding/standing.ts'
import { shownCounts, smallestShown } from '../domain/suppression.ts'
import type { ListedApplication } from '../store/applications.ts'
import type { LedgerLine } from '../store/movements.ts'
import type { Payment } from '../store/payments.ts'
import type { RoundTable } from './round-tables.ts'

/** Where a payment stands by itself: whether its use is reported is no part of that. */
const stands = (payment: Payment) =>
  payment.state === 'paid' ? trackWords.standing.paid : trackWords.councilStanding[standingOf(null, payment, false)]

/**
 * Payments for a bursar or for finance: reference, payee, amount and days; no child. Amounts are in pounds. Nothing stands
 * below the lines: finance fills in the same file and sends it back.
 */
export const paymentTable = (payments: readonly Payment[]): RoundTable => ({
  title: words.payments,
  columns: [
    ...[words.reference, words.council, words.fund, words.year, words.payee, words.supplier, words.costCode],
    ...[words.route, words.amount, words.returned, words.state, words.dueOn, words.paidOn],
  ],
  rows: payments.map((one) => [
    ...[one.reference, one.council, fundWords[one.fund], financialYearWords(one.year), one.payee],
    ...[one.supplierReference, one.costCode, routeWords[one.route], one.amount / 100, one.returned / 100],
    ...[stands(one), day(one.dueOn), one.paidOn === null ? null : day(one.paidOn)],
  ]),
  notes: [],
})

/** Applications for those who decide on them: what was asked and agreed, and where each stands; no child. */
export const applicationTable = (
  applications: readonly (ListedApplication & { readonly schoolName: string; readonly standing: MoneyStanding })[],
): RoundTable => ({
  title: words.applications,
  columns: [
    ...[words.reference, words.school, words.fund, words.intervention, words.kind, words.asked, words.agreed],
    ...[words.urgent, words.state, words.sentOn, words.decidedOn],
  ],
  rows: applications.map((one) => [
    ...[one.reference, one.schoolName, fundWords[one.fund], interventionNamed(one.intervention), words.kinds[one.kind]],
    ...[one.asked / 100, one.agreed === null ? null : one.agreed / 100, one.urgent ? words.yes : words.no],
    trackWords.councilStanding[one.standing],
    ...[one.sentAt, one.decidedAt].map((at) => (at === null ? null : day(todayInLondon(at)))),
  ]),
  notes: [words.noChild],
})

/** The ledger: what moved from which pot to which, and why. */
export const ledgerTable = (lines: readonly LedgerLine[]): RoundTable => ({
  title: words.ledger,
  columns: [
    words.at,
    words.fund,
    words.year,
    words.from,
    words.to,
    words.amount,
    words.cause,
    words.application,
    words.payment,
  ],
  rows: lines.map((line) => [
    ...[
      shortMoment(line.at),
      fundWords[line.fund],
      financialYearWords(line.year),
      potWords[line.from],
      potWords[line.to],
    ],
    ...[line.amount / 100, causeWords[line.cause], line.application, line.payment],
  ]),
  notes: [words.noChild],
})

/** The lines of a pay run for the council's own head: what is paid for whom, and who gets nothing and why. */
export const payRunTable = (
  term: string,
  lines: readonly {
    readonly forename: string
    readonly surname: string
    readonly schoolName: string
    readonly part: string
    readonly amount: number
    readonly why: string | null
  }[],
): RoundTable => ({
  title: term,
  columns: [
    ...[runWords.lineColumns.child, runWords.lineColumns.school, runWords.lineColumns.part],
    ...[words.amount, runWords.lineColumns.why],
  ],
  rows: lines.map((line) => [
    ...[`${line.forename} ${line.surname}`, line.schoolName],
    runWords.part(line.part),
    line.why === null ? line.amount / 100 : null,
    line.why === null ? null : (runWords.why[line.why] ?? line.why),
  ]),
  notes: [],
})

/**
 * What money did, for readers outside the team: counts below six are held back, and so are the amounts of so few, since
 * they would point to a child.
 */
export const impactTable = (
  interventions: readonly {
    readonly intervention: string | null
    readonly children: number
    readonly agreed: number
  }[],
  attainment: {
    readonly children: number
    readonly bands: readonly {
      readonly band: keyof typeof impactWords.bands
      readonly before: { readonly count: number; readonly children: number }
      readonly after: { readonly count: number; readonly children: number }
    }[]
  },
): RoundTable => {
  const children = shownCounts(interventions.map((one) => one.children))
  const held = (count: number | null) => count ?? impactWords.held
  // Of one child there is a judgement in each subject: what may point to a child is how many children a band is of.
  const side = (of: 'before' | 'after') => {
    const shown = shownCounts(attainment.bands.map((one) => one[of].children))
    return attainment.bands.map((one, at) => (shown[at] === null ? null : one[of].count))
  }
  const [before, after] = [side('before'), side('after')]
  return {
    title: impactWords.title,
    columns: [
      ...[impactWords.columns.intervention, impactWords.columns.children],
      ...[`${impactWords.columns.agreed}, £`, impactWords.bandColumns.before, impactWords.bandColumns.after],
    ],
    rows: [
      ...interventions.map((one, at) => [
        ...[
          one.intervention === null ? impactWords.byEntitlement : interventionNamed(one.intervention),
          held(children[at] ?? null),
        ],
        children[at] === null ? impactWords.held : one.agreed / 100,
        ...[null, null],
      ]),
      ...attainment.bands.map((one, at) => [
        ...[impactWords.bands[one.band], null, null],
        ...(attainment.children < smallestShown
          ? [impactWords.held, impactWords.held]
          : [held(before[at] ?? null), held(after[at] ?? null)]),
      ]),
    ],
    notes: [impactWords.lead],
  }
}

/** What finance pays for GCSE entries and results: references and amounts; whom each is for stands in no file. */
export const incentiveTable = (
  payments: readonly { readonly reference: string; readonly amount: number; readonly at: Instant }[],
): RoundTable => ({
  title: incentiveWords.title,
  columns: [incentiveWords.reference, incentiveWords.amount, incentiveWords.on],
  rows: payments.map((one) => [one.reference, one.amount / 100, day(todayInLondon(one.at))]),
  notes: [words.noChild],
})
