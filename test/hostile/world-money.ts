import { plainDate } from '../../src/domain/dates.ts'
import { emptyApplication } from '../../src/domain/funding/application.ts'
import { financialYear } from '../../src/domain/funding/financial-year.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import { usualFundingRules } from '../../src/funding/rules.ts'
import type { NodeRuntime } from '../../src/runtime/node/open.ts'
import { applicationHappens, beginApplication, giveReference } from '../../src/store/application-steps.ts'
import { addEvidence } from '../../src/store/evidence.ts'
import { setAllocation, setFundingRules } from '../../src/store/funding-rules.ts'
import { incentivesHappen, setScheme } from '../../src/store/incentives.ts'
import { closeQuarter, keepPaidFile } from '../../src/store/paid-files.ts'
import { haveInterest, putOnAgenda } from '../../src/store/panel.ts'
import { approveRun, proposeRun } from '../../src/store/pay-runs.ts'
import { addPayee } from '../../src/store/payees.ts'
import { isPaid, makePayment, passPayment, sendToFinance } from '../../src/store/payment-steps.ts'
import { statement } from '../../src/store/statement.ts'
import { answerSurvey, openSurvey } from '../../src/store/surveys.ts'
import { reportUse, reportUseOfPayment } from '../../src/store/use-reports.ts'
import { type ChildName, type Council, childNamed, childNames, councils, type Letter, today } from './described.ts'
import { type Numbers, numberOfChild, numberOfPerson, urnOf } from './world-schools.ts'

const year = financialYear(2026)
const fund = 'pupil_premium_plus' as const
const deciders = { '991': 'head', '992': 'head2', '993': 'both' } as const

/** The children for whom an interest of the panel's member stands: on the agenda, and not theirs to read. */
export const withInterest: readonly ChildName[] = ['dual']
/** A child whom nobody may open, asked for together with the others of its council: never to be learnt of by the other. */
export const companion = 'guarded' satisfies ChildName
/** The applications that are on an agenda, by school. */
export const onAgendaAt: readonly Letter[] = ['A']

/**
 * Money for every child at every place it ever had, told of past every rule: one application with a question, one that is
 * paid and reported, one agreed for several, and a payment by entitlement; each with words that nobody may read but whom the oracle allows.
 */
export const askForMoney = async (runtime: NodeRuntime, numbers: Numbers): Promise<void> => {
  for (const council of councils) await fundOf(runtime, council, numbers.get(council) ?? 0)
  for (const name of childNames)
    for (const { at } of childNamed(name).places)
      await applicationsFor(runtime, name, at, numbers.get(childNamed(name).council) ?? 0)
  for (const council of councils) {
    await runOf(runtime, council, numbers.get(council) ?? 0)
    await surveyOf(runtime, council, numbers.get(council) ?? 0)
    await schemeOf(runtime, council, numbers.get(council) ?? 0)
  }
}

const schoolAt = async ({ db }: NodeRuntime, at: Letter): Promise<number> =>
  (await db.query.selectFrom('school').select('number').where('first_urn', '=', urnOf(at)).executeTakeFirstOrThrow())
    .number

const fundOf = async (runtime: NodeRuntime, council: Council, number: number) => {
  const at = runtime.now()
  const by = await numberOfPerson(runtime, deciders[council])
  const payees = await Promise.all(
    (['A', 'B'] as const).map(async (letter) =>
      addPayee(
        number,
        {
          id: newPublicId(),
          name: `PayeeQx${council}${letter}`,
          route: 'bacs',
          supplierReference: `V${council}${letter}`,
          costCode: 'C1',
          school: await schoolAt(runtime, letter),
        },
        at,
        by,
      ),
    ),
  )
  await runtime.db.commit([
    setFundingRules(
      {
        ...{ council: number, validFrom: plainDate('2026-04-01'), version: 1, at },
        ...{ rules: JSON.stringify(usualFundingRules), source: `RulesQx${council}` },
      },
      by,
    ),
    ...setAllocation(
      { virtualSchool: number, fund, year },
      {
        ...{ sequence: 1, standing: 'final', amount: pence(9_000_000), rate: pence(2_600_00), heads: 34 },
        ...{ source: `AllocationQx${council}`, at, before: pence(0) },
      },
      by,
    ),
    ...payees,
    closeQuarter(number, { fund, year, quarter: 1, sequence: 1, balances: '{}', said: `ClosedQx${council}`, at }, by),
    ...keepPaidFile(
      number,
      { id: newPublicId(), fileName: `PaidQx${council}.csv`, sha256: `${council}` },
      [{ line: 2, reference: `LINEQX${council}`, amount: pence(1), day: today, result: 'unknown' }],
      at,
      by,
    ),
  ])
}

const typedFor = (name: ChildName, at: Letter) =>
  JSON.stringify({
    ...emptyApplication,
    need: `BidQx${name}${at}`,
    intervention: 'therapeutic',
    lines: [{ what: `CostQx${name}${at}`, purpose: 'staff_time', quantity: '', each: '', amount: '100' }],
  })

const applicationsFor = async (runtime: NodeRuntime, name: ChildName, at: Letter, council: number) => {
  const { db } = runtime
  const now = runtime.now()
  const by = await numberOfPerson(runtime, deciders[childNamed(name).council])
  const pupil = await numberOfChild(runtime, name)
  const school = await schoolAt(runtime, at)
  const of = { virtualSchool: council, fund, year }
  const others =
    name !== companion && childNamed(name).council === childNamed(companion).council
      ? [await numberOfChild(runtime, companion)]
      : []
  for (const stage of ['question', 'paid', 'project'] as const) {
    const id = newPublicId()
    const draft = { id, virtualSchool: council, school, fund, kind: 'child', typed: typedFor(name, at) } as const
    const events = (sequence: number) => ({ id, events: sequence })
    const said = { said: `AskQx${name}${at}`, note: `NoteQx${name}${at}` }
    await db.commit([
      ...beginApplication({ ...draft, pupils: stage === 'project' ? [pupil, ...others] : [pupil] }, now, null),
      statement("update application set asked = 10000, intervention = 'therapeutic' where id = ?", [id]),
      giveReference(id, year, now),
      ...applicationHappens(events(0), { event: 'sent', amount: pence(10000) }, { state: 'waiting' }, now, null),
      ...(stage === 'question'
        ? applicationHappens(events(1), { event: 'asked', ...said }, { state: 'question' }, now, by)
        : applicationHappens(events(1), { event: 'deferred', ...said }, { state: 'waiting' }, now, by)),
    ])
    const { number } = await db.query
      .selectFrom('application')
      .select('number')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    if (onAgendaAt.includes(at))
      await db.commit(putOnAgenda(council, { id: newPublicId(), day: today }, [number], now, by))
    if (withInterest.includes(name))
      await db.commit([haveInterest(number, await numberOfPerson(runtime, 'panel'), `InterestQx${name}${at}`, now)])
    if (stage === 'question') continue
    await db.commit([
      ...applicationHappens(
        events(2),
        { event: 'approved' },
        { state: 'approved', agreed: pence(10000), year },
        now,
        by,
      ),
      statement(
        `insert into movement (virtual_school_number, fund, year, from_pot, to_pot, amount, cause, at)
         values (?, ?, ?, 'allocated', 'approved', 10000, 'approval', ?)`,
        [council, fund, year, now],
      ),
    ])
    if (stage === 'project') continue
    const file = { id: newPublicId(), application: number, fileName: `FileOfQx${name}${at}.pdf`, kind: 'pdf' } as const
    await db.commit(addEvidence({ ...file, bytes: 1, key: `evidence/${file.id}`, sha256: `${name}${at}` }, now, by))
    await runtime.files.put(`evidence/${file.id}`, new TextEncoder().encode('%PDF-1.7'))
    const payment = newPublicId()
    await db.commit([
      makePayment(
        of,
        {
          ...{ id: payment, school, payee: null, amount: pence(10000), dueOn: today },
          for: { kind: 'application', application: id },
        },
        now,
        by,
      ),
      ...sendToFinance([{ id: payment, events: 0 }], `batch${council}`, now, by),
      ...isPaid(of, { id: payment, events: 1, amount: pence(10000) }, today, now, by),
      reportUse(
        newPublicId(),
        id,
        {
          ...{ sequence: 1, spent: pence(10000), hoursGiven: null, outcome: 'met', at: now },
          ...{ measured: `UsedQx${name}${at}`, said: '' },
        },
        null,
      ),
    ])
  }
}

/** A scheme of each council, and what happened in it for every child at every place, past every rule. */
const schemeOf = async (runtime: NodeRuntime, council: Council, number: number) => {
  const now = runtime.now()
  const by = await numberOfPerson(runtime, deciders[council])
  const id = newPublicId()
  const amounts = { anEntry: pence(100), aPass: pence(100), aHigh: pence(100), most: pence(1000) }
  await runtime.db.commit([
    setScheme({ id, virtualSchool: number, academicYear: 2026, source: `SchemeQx${council}`, ...amounts }, now, by),
  ])
  const scheme = await runtime.db.query
    .selectFrom('incentive_scheme')
    .select('number')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  for (const name of childNames.filter((one) => childNamed(one).council === council))
    for (const [after, { at }] of childNamed(name).places.entries())
      await runtime.db.commit(
        incentivesHappen(
          scheme.number,
          [
            {
              pupil: await numberOfChild(runtime, name),
              after,
              event: 'entries',
              school: await schoolAt(runtime, at),
              entries: 9,
            },
          ],
          now,
          by,
        ),
      )
  const first = childNames.find((one) => childNamed(one).council === council) ?? companion
  await runtime.db.commit(
    incentivesHappen(
      scheme.number,
      [
        {
          ...{ pupil: await numberOfChild(runtime, first), after: 1, event: 'approved', amount: pence(900) },
          school: await schoolAt(runtime, childNamed(first).places[0]?.at ?? 'A'),
        },
      ],
      now,
      by,
    ),
  )
}

/** A survey of each council, answered by the first school without its name. */
const surveyOf = async (runtime: NodeRuntime, council: Council, number: number) => {
  const now = runtime.now()
  const by = await numberOfPerson(runtime, deciders[council])
  const id = newPublicId()
  await runtime.db.commit([openSurvey({ id, virtualSchool: number, year }, now, by)])
  const survey = await runtime.db.query
    .selectFrom('survey')
    .select('number')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const answer = {
    ...{ sequence: 1, attainment: 'large', ranked: [`RankedQx${council}`], before: null, after: null, named: false },
  }
  await runtime.db.commit([answerSurvey(survey.number, await schoolAt(runtime, 'A'), answer, now, by)])
}

/**
 * Runs of each council that pay for every child at its first place: one let pass and its use reported, one paid and not
 * reported on, one only proposed.
 */
const runOf = async (runtime: NodeRuntime, council: Council, number: number) => {
  const now = runtime.now()
  const by = await numberOfPerson(runtime, deciders[council])
  const own = childNames.filter((name) => childNamed(name).council === council && childNamed(name).places.length > 0)
  const lines = await Promise.all(
    own.map(async (name) => ({
      pupil: await numberOfChild(runtime, name),
      school: await schoolAt(runtime, childNamed(name).places[0]?.at ?? 'A'),
      ...{ part: 'base', academicYear: 2026, amount: pence(100), why: null },
    })),
  )
  const of = { virtualSchool: number, fund, year }
  for (const [approvedBefore, stage] of (['reported', 'paid', 'proposed'] as const).entries()) {
    const id = newPublicId()
    const term = stage === 'paid' ? ('spring' as const) : ('autumn' as const)
    const ofTerm = lines.map((line) => ({ ...line, term }))
    const run = { id, academicYear: 2026, term, on: today, rulesFrom: today, rulesVersion: 1 } as const
    await runtime.db.commit(proposeRun(of, run, ofTerm, now, by))
    if (stage === 'proposed') continue
    const paid = ofTerm.map((line) => ({ ...line, id: newPublicId() }))
    await runtime.db.commit([
      ...approveRun(of, { id, dueOn: today, approvedBefore }, paid, [], now, by),
      ...paid.flatMap((payment, index) => {
        if (stage === 'paid')
          return [
            ...sendToFinance([{ id: payment.id, events: 0 }], `batch${council}`, now, by),
            ...isPaid(of, { id: payment.id, events: 1, amount: payment.amount }, today, now, by),
          ]
        const name = own[index] ?? companion
        const at = childNamed(name).places[0]?.at ?? 'A'
        const use = { sequence: 1, spent: pence(100), hoursGiven: null, outcome: 'met', said: '', at: now } as const
        return [
          ...passPayment({ id: payment.id, events: 0 }, `PassQx${name}${at}`, now, by),
          reportUseOfPayment(newPublicId(), payment.id, { ...use, measured: `SpentQx${name}${at}` }, null),
        ]
      }),
    ])
  }
}
