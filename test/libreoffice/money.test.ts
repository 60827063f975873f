import { expect, test } from 'vitest'
import { read } from 'xlsx'
import { tableCsv, tableWorkbook } from '../../connectors/table/write.ts'
import { type Instant, plainDate } from '../../src/domain/dates.ts'
import { financialYear } from '../../src/domain/funding/financial-year.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import { applicationTable, ledgerTable, paymentTable, payRunTable } from '../../src/exports/money.ts'
import { savedByOffice } from './office.ts'

const hostile = ['=HYPERLINK("http://a.example","x")', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '=cmd|" /C calc"!A0', "'=1"]
const moment = '2026-11-02T09:00:00.000Z' as Instant
const year = financialYear(2026)

/** Every text of every table is hostile at once. */
const tables = hostile.map((text) => [
  paymentTable([
    {
      ...{ number: 1, id: '1', reference: text, virtualSchool: 1, council: text, fund: 'pupil_premium_plus', year },
      ...{ school: 1, payee: text, payeeId: '1', route: 'bacs', supplierReference: text, costCode: text },
      ...{
        amount: pence(1_00),
        application: 1,
        part: null,
        academicYear: null,
        term: null,
        state: 'paid',
        events: 1,
        dueOn: plainDate('2026-11-02'),
      },
      ...{ approvedAt: moment, sentAt: null, paidOn: plainDate('2026-11-02'), returned: pence(0) },
    },
  ]),
  applicationTable([
    {
      ...{ number: 1, id: '1', reference: text, virtualSchool: 1, council: text, school: 1, schoolName: text },
      ...{
        fund: 'pupil_premium_plus',
        kind: 'child',
        state: 'waiting',
        events: 1,
        intervention: text,
        standing: 'waiting',
      },
      ...{
        asked: pence(1_00),
        agreed: null,
        urgent: true,
        year: null,
        sentAt: moment,
        decidedAt: null,
        madeAt: moment,
        panelOn: null,
      },
    },
  ]),
  ledgerTable([
    {
      ...{ at: moment, fund: 'pupil_premium_plus', year, from: 'allocated', to: 'approved', amount: pence(1_00) },
      ...{ cause: 'approval', application: text, payment: text },
    },
  ]),
  payRunTable(text, [
    { forename: text, surname: text, schoolName: text, part: text, amount: 100, why: null },
    { forename: text, surname: text, schoolName: text, part: text, amount: 0, why: text },
  ]),
])

test('files about money open in LibreOffice without a formula, whatever their texts begin with', {
  timeout: 180_000,
}, async () => {
  const books = new Map<string, Uint8Array>()
  for (const [at, some] of tables.entries())
    books.set(
      `hostile${at}`,
      await tableWorkbook(
        'Money',
        some.map((table, sheet) => ({ ...table, title: `Sheet ${sheet}` })),
      ),
    )
  let cells = 0
  for (const [name, bytes] of savedByOffice(books, 'xlsx')) {
    const book = read(bytes, { cellFormula: true })
    expect(book.SheetNames).toHaveLength(4)
    for (const sheet of Object.values(book.Sheets))
      for (const [address, cell] of Object.entries(sheet)) {
        if (address.startsWith('!')) continue
        cells += 1
        expect((cell as { f?: string }).f, `${name} ${address}`).toBeUndefined()
      }
  }
  expect(cells).toBeGreaterThan(300)
})

test('the same as CSV: no cell begins as a formula does', () => {
  for (const some of tables)
    for (const table of some) {
      const text = new TextDecoder().decode(tableCsv(table))
      for (const cell of text.split(/\r?\n/).flatMap((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)))
        expect(cell.replace(/^\uFEFF?"?/, '')).not.toMatch(/^[=+@\t]|^-(?!\d+(\.\d+)?"?$)/)
    }
})
