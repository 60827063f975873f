import { termOf } from '../../../src/domain/calendar.ts'
import { academicYearOf, todayInLondon } from '../../../src/domain/dates.ts'
import { financialYearOf } from '../../../src/domain/funding/financial-year.ts'
import { pence } from '../../../src/domain/funding/pence.ts'
import { newPublicId } from '../../../src/domain/identifiers.ts'
import { setScheme } from '../../../src/store/incentives.ts'
import { approveRun, proposeRun } from '../../../src/store/pay-runs.ts'
import { isPaid, sendToFinance } from '../../../src/store/payment-steps.ts'
import { virtualSchools } from '../../../src/store/schools.ts'
import { browserFor } from '../../web/browser.ts'
import type { NodePortal } from '../server.ts'

/** A yearly payment that was made, and a termly one on its way, for a child who has left the school within both. */
const payBeforeTheMove = async ({ runtime }: NodePortal, council: number) => {
  const { query } = runtime.db
  const at = runtime.now()
  const today = todayInLondon(at)
  const left = await query
    .selectFrom('place')
    .innerJoin('pupil', 'pupil.number', 'place.pupil_number')
    .select(['place.pupil_number as pupil', 'place.school_number as school'])
    .where('pupil.virtual_school_number', '=', council)
    .where('place.last_day', '<', today)
    .orderBy('place.last_day', 'desc')
    .orderBy('place.pupil_number')
    .executeTakeFirst()
  if (!left) throw new Error('nobody has moved')
  const of = { virtualSchool: council, fund: 'pupil_premium_plus', year: financialYearOf(today) } as const
  const [id, payment] = [newPublicId(), newPublicId()]
  const { academicYear, term } = termOf(today)
  const termNow = { academicYear, term }
  const line = {
    ...{ ...left, part: 'flat', ...termNow },
    ...{ amount: pence(100_00), why: null },
  }
  const run = { id, academicYear: line.academicYear, term: line.term, on: today, rulesFrom: today, rulesVersion: 1 }
  const onItsWay = { ...line, part: 'base', id: newPublicId() }
  await runtime.db.commit(proposeRun(of, run, [line, onItsWay], at, 1))
  await runtime.db.commit(
    approveRun(
      of,
      { id, dueOn: today, approvedBefore: 0 },
      [{ ...line, id: payment }, onItsWay],
      [{ id: newPublicId(), school: line.school, name: 'School' }],
      at,
      1,
    ),
  )
  await runtime.db.commit([
    query.updateTable('payee').set({ supplier_reference: 'V9' }).where('school_number', '=', line.school),
    ...sendToFinance([{ id: payment, events: 0 }], newPublicId(), at, 1),
    ...isPaid(of, { id: payment, events: 1, amount: line.amount }, today, at, 1),
  ])
}

/** Two payments by entitlement at a lead's school: one paid, whose use is not known, and one that waits for the return. */
const payByEntitlement = async ({ runtime }: NodePortal, council: number) => {
  const { query } = runtime.db
  const at = runtime.now()
  const today = todayInLondon(at)
  const here = await query
    .selectFrom('place')
    .innerJoin('pupil', 'pupil.number', 'place.pupil_number')
    .innerJoin('school', 'school.number', 'place.school_number')
    .select(['place.pupil_number as pupil', 'place.school_number as school'])
    .where('pupil.virtual_school_number', '=', council)
    .where('school.first_urn', '=', '900001')
    .where('place.last_day', 'is', null)
    .orderBy('place.pupil_number')
    .limit(2)
    .execute()
  const of = { virtualSchool: council, fund: 'pupil_premium_plus', year: financialYearOf(today) } as const
  const { academicYear, term } = termOf(today)
  const lines = here.map((one) => ({
    ...{ ...one, part: 'base', academicYear: academicYear - 1, term, amount: pence(100_00), why: null },
    id: newPublicId(),
  }))
  const run = { id: newPublicId(), academicYear: academicYear - 1, term, on: today, rulesFrom: today, rulesVersion: 1 }
  await runtime.db.commit(proposeRun(of, run, lines, at, 1))
  await runtime.db.commit(approveRun(of, { id: run.id, dueOn: today, approvedBefore: 1 }, lines, [], at, 1))
  const [paid] = lines
  if (!paid) throw new Error('nobody is at the school')
  await runtime.db.commit([
    ...sendToFinance([{ id: paid.id, events: 0 }], newPublicId(), at, 1),
    ...isPaid(of, { id: paid.id, events: 1, amount: paid.amount }, today, at, 1),
  ])
}

/** What the pages about money can show beyond the demo: a run, a survey, a scheme, finance's file, evidence, a move. */
export const fillMoney = async (portal: NodePortal): Promise<void> => {
  const { runtime } = portal
  const at = runtime.now()
  const today = todayInLondon(at)
  const councils = await virtualSchools(runtime.db.query)
  const council = councils.find(({ laCode }) => laCode === '991')?.number ?? 0
  await payBeforeTheMove(portal, council)
  await payByEntitlement(portal, council)
  await runtime.db.commit(
    councils.map(({ number }) =>
      setScheme(
        {
          ...{ id: newPublicId(), virtualSchool: number, academicYear: academicYearOf(today), source: 'Invented' },
          ...{ anEntry: pence(10_00), aPass: pence(20_00), aHigh: pence(15_00), most: pence(300_00) },
        },
        at,
        1,
      ),
    ),
  )
  const { academicYear, term } = termOf(today)
  const head = await browserFor(runtime, 'a.dhillon@wendlemoor.example')
  const done = async (answer: Promise<Response>) => {
    const { status, url } = await answer
    if (status !== 303) throw new Error(`${url} answered ${status}`)
  }
  await done(head.post('/funding/runs', { fund: 'pupil_premium_plus', term: `${academicYear} ${term}` }))
  await done(head.post('/funding/surveys', { year: String(financialYearOf(today)) }))
  const paid = new TextEncoder().encode('Reference,Amount,Paid on\nNOBODYS,1.00,1/9/2026\n')
  await done(head.upload('paid.csv', paid, '/funding/payments/paid'))
  const { id } = await runtime.db.query
    .selectFrom('application')
    .select('id')
    .where('state', '=', 'approved')
    .where('virtual_school_number', '=', council)
    .executeTakeFirstOrThrow()
  const lead = await browserFor(runtime, 'd.okoro@ellerwick.example')
  const invoice = new TextEncoder().encode('%PDF-1.7 invented')
  await done(lead.upload('invoice.pdf', invoice, `/money/applications/${id}/evidence`))
}
