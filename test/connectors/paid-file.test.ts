import { describe, expect, test } from 'vitest'
import { readPaidFile } from '../../connectors/paid-file/parse.ts'
import { tableWorkbook } from '../../connectors/table/write.ts'

const file = (text: string) => ({ name: 'paid.csv', bytes: new TextEncoder().encode(text) })
const lines = (text: string) => {
  const read = readPaidFile(file(text))
  return read.outcome === 'read'
    ? read.lines.map(({ line, reference, amount, paidOn }) => `${line} ${reference} ${amount} ${paidOn}`)
    : read.finding
}

describe('finance’s file of what was paid', () => {
  test('columns in any order below a title; days as people and spreadsheets write them', () => {
    expect(
      lines('Payments of May\n\nPaid on,Net amount,Remittance reference,Name\n22/05/2026,1.234,991-26-p0001,x\n'),
    ).toEqual(['4 991-26-P0001 null 2026-05-22'])
    expect(lines('Paid on;Amount;Reference\n22.05.2026;12.30;991-26-P0001\n')).toEqual([
      '2 991-26-P0001 1230 2026-05-22',
    ])
    expect(lines('REFERENCE,Amount in pounds,Paid on\n 991-26-P0001 ,"£1,234.50",22 May 2026\n')).toEqual([
      '2 991-26-P0001 123450 2026-05-22',
    ])
    expect(lines('Reference,Amount,Date\n991-26-P0001,465,46164\n')).toEqual(['2 991-26-P0001 46500 2026-05-22'])
  })

  test('what cannot be read is kept with nothing in its place; a formula guard is taken off', () => {
    expect(lines("Reference,Amount,Paid on\n'=991-26-P0001,much,31/02/2026\n,,\n991-26-P0002,-5,1/5/2026\n")).toEqual([
      '2 =991-26-P0001 null null',
      '4 991-26-P0002 null 2026-05-01',
    ])
  })

  test('a file without the columns says which are missing; an empty one that it is empty', () => {
    expect(lines('Reference,Amount\n1,2\n')).toMatchObject({
      code: 'PAID_FILE_COLUMNS',
      parameters: { missing: 'paidOn' },
    })
    expect(lines('')).toMatchObject({ code: 'FILE_EMPTY' })
    expect(lines('Reference,Amount,Paid on\n')).toMatchObject({ code: 'SHEET_EMPTY' })
  })

  test('a workbook is read as well', async () => {
    const bytes = await tableWorkbook('Paid', [
      {
        title: 'Paid',
        columns: ['Reference', 'Amount', 'Paid on'],
        rows: [['991-26-P0001', 465.5, '22/05/2026']],
        notes: [],
      },
    ])
    const read = readPaidFile({ name: 'paid.xlsx', bytes })
    expect(read).toMatchObject({
      outcome: 'read',
      lines: [{ line: 2, reference: '991-26-P0001', amount: 465_50, paidOn: '2026-05-22' }],
    })
  })
})
