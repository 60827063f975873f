import { scopeFor } from '../access/scope.ts'
import { type Instant, type PlainDate, plusDays, plusMinutes, todayInLondon } from '../domain/dates.ts'
import { emptyApplication, readApplication, type TypedApplication } from '../domain/funding/application.ts'
import { daysOfFinancialYear, type FinancialYear, financialYearOf } from '../domain/funding/financial-year.ts'
import type { Purpose } from '../domain/funding/interventions.ts'
import { pence } from '../domain/funding/pence.ts'
import { newPublicId } from '../domain/identifiers.ts'
import type { CouncilRole } from '../domain/scope.ts'
import { type Decision, decisionStatements } from '../funding/decide.ts'
import { type FundingRules, usualFundingRules } from '../funding/rules.ts'
import type { Runtime } from '../runtime.ts'
import { applicationHappens, beginApplication, giveReference, saveApplication } from '../store/application-steps.ts'
import { applicationById, eventsOfApplications, pupilsToAskFor } from '../store/applications.ts'
import { setAllocation, setFundingRules } from '../store/funding-rules.ts'
import { putOnAgenda } from '../store/panel.ts'
import { addPayee } from '../store/payees.ts'
import { isPaid, sendToFinance } from '../store/payment-steps.ts'
import { paymentsForApplications } from '../store/payments.ts'
import { schoolByUrn } from '../store/schools.ts'
import { reportUse } from '../store/use-reports.ts'

/** How a fictional council decides about money. */
const rulesOf: Readonly<Record<string, Partial<FundingRules>>> = {
  '991': {
    panelMeets: 'every other Thursday',
    excluded: ['uniform', 'transport', 'trip'],
    interventions: ['Horse-assisted learning', 'Virtual school summer camp'],
    policy:
      'We keep a tenth for training and pay the rest by need. Every application is tied to a target in the child’s plan.',
    retained: { kind: 'share', hundredths: 10 },
    gate: { return: 'block', plan: 'warn', use: 'warn' },
    model: { kind: 'base', aTerm: pence(100_00) },
    move: 'transfer',
  },
  '992': { panelMeets: 'on the first Tuesday of the month', excluded: ['trip', 'base_cost'], move: 'pro_rata' },
  '993': { excluded: ['uniform'], model: { kind: 'flat', amount: pence(600_00) } },
}

/** What a fictional council was given for a year: a rate a child of its own invention. */
const allocations: Readonly<Record<string, { readonly rate: number; readonly heads: number }>> = {
  '991': { rate: 2_600_00, heads: 34 },
  '992': { rate: 2_600_00, heads: 14 },
  '993': { rate: 2_600_00, heads: 7 },
}

type Ending = 'draft' | 'waiting' | 'question' | 'second' | 'declined' | 'with_finance' | 'paid' | 'reported'

type DemoApplication = {
  readonly laCode: string
  readonly urn: string
  readonly lead: string
  readonly intervention: string
  readonly purpose: Purpose
  readonly what: string
  readonly quantity: string
  readonly each: string
  readonly need: string
  readonly baseline: string
  readonly target: string
  readonly daysAgo: number
  readonly urgent?: boolean
  readonly ending: Ending
  readonly said?: string
}

const ellerwick = { urn: '900001', lead: 'd.okoro@ellerwick.example' } as const

const applications: readonly DemoApplication[] = [
  {
    ...ellerwick,
    ...{ laCode: '993', intervention: 'one_to_one_tuition', purpose: 'staff_time', ending: 'question', daysAgo: 9 },
    ...{ what: 'Maths tutor', quantity: '13', each: '38', need: 'Mathematics is a year behind; Year 11 is this year.' },
    ...{ baseline: 'Grade 3 in the October paper', target: 'Grade 4 in the March paper' },
    said: 'How will you know half way through that it is working?',
  },
  {
    ...ellerwick,
    ...{ laCode: '992', intervention: 'ict_equipment', purpose: 'equipment', ending: 'with_finance', daysAgo: 16 },
    ...{ what: 'Laptop with reading software', quantity: '1', each: '380', need: 'Cannot read long texts alone.' },
    ...{ baseline: 'Reading age 7 years 2 months', target: 'Reading age 8 years' },
  },
  {
    ...ellerwick,
    ...{ laCode: '991', intervention: 'therapeutic', purpose: 'staff_time', ending: 'paid', daysAgo: 60 },
    ...{ what: 'Play therapy', quantity: '10', each: '46', need: 'Leaves lessons when worried.' },
    ...{ baseline: '6 lessons left in a week', target: '2 lessons or fewer left in a week' },
  },
  {
    ...ellerwick,
    ...{ laCode: '992', intervention: 'off_site', purpose: 'activity', ending: 'reported', daysAgo: 80 },
    ...{ what: 'Motor vehicle taster', quantity: '10', each: '45', need: 'Attends one day in two.' },
    ...{ baseline: '52% of sessions attended in June', target: '75% of sessions attended' },
  },
  {
    ...ellerwick,
    ...{ laCode: '992', intervention: 'out_of_school_learning', purpose: 'activity', ending: 'declined', daysAgo: 12 },
    ...{ what: 'Holiday camp', quantity: '1', each: '240', need: 'Has few friends at school.' },
    ...{ baseline: 'Eats alone on most days', target: 'Eats with others on most days' },
    said: 'It is not tied to a target in the plan. Ask again with one, and we look at it quickly.',
  },
  {
    ...ellerwick,
    ...{ laCode: '991', intervention: 'small_group_tuition', purpose: 'staff_time', ending: 'draft', daysAgo: 1 },
    ...{ what: 'Fractions group', quantity: '12', each: '38', need: 'Mathematics holds back science.' },
    ...{ baseline: '11 of 25 on fractions', target: '18 of 25 on fractions' },
  },
  {
    ...{ urn: '900004', lead: 'm.sole@fenwold.example', laCode: '991', ending: 'waiting', daysAgo: 8 },
    ...{ intervention: 'learning_mentor', purpose: 'staff_time', what: 'Mentor, two mornings a week' },
    ...{ quantity: '24', each: '36', need: 'Two suspensions last term.', baseline: '2 suspensions in a term' },
    target: 'None in a term',
  },
  {
    ...{ urn: '900002', lead: 'b.carrow@marrow-lane.example', laCode: '991', ending: 'waiting', daysAgo: 3 },
    ...{ intervention: 'specialist_assessment', purpose: 'assessment', what: 'Speech and language assessment' },
    ...{ quantity: '1', each: '320', need: 'New to care; speech is hard to follow.', baseline: 'Not assessed' },
    ...{ target: 'A programme is in place', urgent: true },
  },
  {
    ...{ urn: '900007', lead: 'a.tarn@wendle-park.example', laCode: '991', ending: 'second', daysAgo: 20 },
    ...{ intervention: 'teaching_assistant', purpose: 'staff_time', what: 'Teaching assistant for a term' },
    ...{ quantity: '150', each: '16', need: 'Cannot begin work alone.', baseline: 'Begins 1 task of 5 alone' },
    target: 'Begins 4 of 5 alone',
  },
]

const typedDay = (day: PlainDate) => day.split('-').map(Number).reverse().join(' ')

const typedOf = (one: DemoApplication, sentOn: PlainDate): TypedApplication => ({
  ...emptyApplication,
  need: one.need,
  baseline: one.baseline,
  baselineOn: typedDay(plusDays(sentOn, -10)),
  target: one.target,
  measure: 'The same measure again',
  targetOn: one.ending === 'draft' ? '' : typedDay(plusDays(sentOn, 84)),
  owner: 'Head of year',
  intervention: one.intervention,
  provider: 'Own staff',
  hours: one.purpose === 'staff_time' ? one.quantity : '',
  urgent: one.urgent ? 'yes' : '',
  urgentWhy: one.urgent ? 'New to care this month.' : '',
  lines: [
    {
      what: one.what,
      purpose: one.purpose,
      quantity: one.quantity,
      each: one.each,
      amount: one.ending === 'draft' ? '465' : '',
    },
  ],
})

const deciders: Readonly<Record<string, readonly { readonly email: string; readonly role: CouncilRole }[]>> = {
  '991': [{ email: 'a.dhillon@wendlemoor.example', role: 'head' }],
  '992': [{ email: 'c.odell@kestrelham.example', role: 'head' }],
  '993': [{ email: 'f.marr@north-ashdale.example', role: 'officer' }],
}

/** The rules, the allocation of this year and the last, the payees and some applications of the demo's councils. */
export const seedFunding = async (
  runtime: Runtime,
  councils: ReadonlyMap<string, number>,
  at: (moment: Instant) => Runtime,
): Promise<void> => {
  const { query } = runtime.db
  const today = todayInLondon(runtime.now())
  const personNumber = async (email: string) =>
    (await query.selectFrom('person').select('number').where('email', '=', email).executeTakeFirst())?.number ?? 0
  for (const [laCode, rules] of Object.entries(rulesOf))
    await seedCouncil(runtime, { laCode, number: councils.get(laCode) ?? 0 }, { ...usualFundingRules, ...rules }, today)
  for (const one of applications) {
    const sentAt = plusMinutes(runtime.now(), -60 * 24 * one.daysAgo)
    await seedApplication(at(sentAt), one, councils.get(one.laCode) ?? 0, personNumber, runtime.now())
  }
}

const seedCouncil = async (
  { db, now }: Runtime,
  { laCode, number }: { readonly laCode: string; readonly number: number },
  rules: FundingRules,
  today: PlainDate,
) => {
  const year = financialYearOf(today)
  const at = now()
  const given = allocations[laCode] ?? { rate: 0, heads: 0 }
  const allocate = (of: FinancialYear) =>
    setAllocation(
      { virtualSchool: number, fund: 'pupil_premium_plus', year: of },
      {
        sequence: 1,
        standing: 'final',
        amount: pence(given.rate * given.heads),
        rate: pence(given.rate),
        heads: given.heads,
        source: 'Invented for the demonstration',
        at,
        before: pence(0),
      },
      null,
    )
  const from = daysOfFinancialYear((year - 1) as FinancialYear).from
  const ellerwickSchool = await schoolByUrn(db.query, today, ellerwick.urn)
  await db.commit([
    setFundingRules(
      {
        council: number,
        validFrom: from,
        version: 1,
        rules: JSON.stringify(rules),
        source: 'Invented for the demonstration',
        at,
      },
      null,
    ),
    ...allocate(year),
    ...allocate((year - 1) as FinancialYear),
    ...(laCode !== '993' && ellerwickSchool
      ? [
          addPayee(
            number,
            {
              id: newPublicId(),
              name: 'Ellerwick Learning Trust',
              route: 'bacs',
              supplierReference: `V-${laCode}-0417`,
              costCode: 'VS200',
              school: ellerwickSchool.number,
            },
            at,
            null,
          ),
        ]
      : []),
  ])
}

const seedApplication = async (
  runtime: Runtime,
  one: DemoApplication,
  council: number,
  personNumber: (email: string) => Promise<number>,
  now: Instant,
) => {
  const { db } = runtime
  const sentAt = runtime.now()
  const sentOn = todayInLondon(sentAt)
  const lead = await personNumber(one.lead)
  const pupils = (await pupilsToAskFor(db.query, scopeFor(lead, { kind: 'school' }, now))).filter(
    ({ virtualSchool }) => virtualSchool === council,
  )
  // The same child is not asked for twice as long as there are others.
  const taken = await db.query.selectFrom('application_pupil').select('pupil_number').execute()
  const pupil = pupils.find(({ number }) => !taken.some((row) => row.pupil_number === number)) ?? pupils[0]
  if (!pupil) return
  const id = newPublicId()
  const typed = typedOf(one, sentOn)
  const { asked, urgent } = readApplication(typed, rulesOf[one.laCode]?.interventions ?? [])
  await db.commit([
    ...beginApplication(
      {
        id,
        virtualSchool: council,
        school: pupil.school,
        fund: 'pupil_premium_plus',
        kind: 'child',
        typed: JSON.stringify(typed),
        pupils: [pupil.number],
      },
      sentAt,
      lead,
    ),
    ...saveApplication(id, { typed: JSON.stringify(typed), intervention: one.intervention, asked, urgent }),
  ])
  if (one.ending === 'draft') return
  await db.commit([
    giveReference(id, financialYearOf(sentOn), sentAt),
    ...applicationHappens({ id, events: 0 }, { event: 'sent', amount: asked }, { state: 'waiting' }, sentAt, lead),
  ])
  await decide(runtime, one, id, council, personNumber, lead)
}

const decide = async (
  runtime: Runtime,
  one: DemoApplication,
  id: string,
  council: number,
  personNumber: (email: string) => Promise<number>,
  lead: number,
) => {
  const { db } = runtime
  if (one.ending === 'waiting') return
  const decider = deciders[one.laCode]?.[0]
  if (!decider) return
  const person = await personNumber(decider.email)
  const decidedAt = plusMinutes(runtime.now(), 60 * 24 * 5)
  const scope = scopeFor(person, { kind: 'council', virtualSchool: council, role: 'head' }, decidedAt)
  const application = await applicationById(db.query, scope, id)
  if (!application) return
  const decision: Decision =
    one.ending === 'question'
      ? { kind: 'ask' }
      : one.ending === 'declined'
        ? { kind: 'decline' }
        : { kind: 'approve', amount: application.asked, payee: null }
  const day = todayInLondon(decidedAt)
  const schoolName = (await schoolByUrn(db.query, day, one.urn))?.name ?? ''
  const events = await eventsOfApplications(db.query, scope, [application.number])
  await db.commit([
    ...putOnAgenda(council, { id: newPublicId(), day }, [application.number], decidedAt, person),
    ...decisionStatements(
      application,
      decision,
      { person, role: decider.role, hasInterest: false },
      {
        events,
        rules: { ...usualFundingRules, ...rulesOf[one.laCode] },
        onAgenda: true,
        schoolName,
      },
      { said: one.said ?? '', note: '' },
      decidedAt,
    ),
  ])
  if (!['with_finance', 'paid', 'reported'].includes(one.ending)) return
  const [payment] = await paymentsForApplications(db.query, scope, [application.number])
  if (!payment) return
  await db.commit(sendToFinance([payment], newPublicId(), plusMinutes(decidedAt, 60 * 24), person))
  if (one.ending === 'with_finance') return
  const paidAt = plusMinutes(decidedAt, 60 * 24 * 9)
  await db.commit(isPaid(payment, { ...payment, events: 1 }, todayInLondon(paidAt), paidAt, person))
  if (one.ending === 'paid') return
  const reportedAt = plusMinutes(paidAt, 60 * 24 * 40)
  await db.commit([
    ...applicationHappens(
      { id, events: application.events + 1 },
      { event: 'used' },
      { state: 'approved', agreed: application.asked, year: payment.year },
      reportedAt,
      lead,
    ),
    reportUse(
      newPublicId(),
      id,
      {
        sequence: 1,
        spent: application.asked,
        hoursGiven: 1000,
        outcome: 'met',
        measured: '78% of sessions attended since',
        said: '',
        at: reportedAt,
      },
      lead,
    ),
  ])
}
