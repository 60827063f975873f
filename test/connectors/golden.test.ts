import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Connector } from '../../connectors/connector.ts'
import { localRoll } from '../../connectors/local-roll/parse.ts'
import { termlyReturn } from '../../connectors/termly-return/parse.ts'
import type { ReturnSheet, ReturnSheetRow } from '../../connectors/termly-return/rows.ts'
import { writeReturnCsv, writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { instant, plainDate } from '../../src/domain/dates.ts'
import type { Answer, Need } from '../../src/domain/return/item.ts'
import { fillWorkbook, makeCsv, makePupil, makeUpn, seededRandom } from '../make.ts'

const item = (state: Answer['state'], value: string | null = null): Answer => ({ state, value })

const row = (number: number, council: ReturnSheetRow['council'], known: readonly (readonly [string, Answer])[]) => ({
  ...makePupil(seededRandom(number)),
  reference: `${number}`.padStart(26, 'r'),
  council,
  due: plainDate('2026-07-03'),
  asAt: plainDate('2026-06-19'),
  asked: new Map<string, Need>(
    ['status', 'left_on', 'entry_date', 'hours_offered', 'full_time', 'reading_grade', 'lead_name'].map((code) => [
      code,
      'required',
    ]),
  ),
  known: new Map(known),
})

const sheet: ReturnSheet = {
  school: { name: 'Tillbrook Academy', urn: '990101' },
  madeAt: instant(Date.parse('2026-06-22T09:00:00.000Z')),
  term: 'summer',
  academicYear: 2025,
  rows: [
    row(1, { code: '892', name: 'Wendlemoor' }, [
      ['entry_date', item('given', '2024-09-03')],
      ['full_time', item('given', 'Y')],
      ['reading_grade', item('given', '=1-3')],
    ]),
    row(2, { code: '893', name: 'Harrowmere' }, [
      ['hours_offered', item('given', '25.5')],
      ['lead_name', item('to_follow')],
      ['left_on', item('cleared')],
    ]),
  ],
}
const random = seededRandom(42)
const first = sheet.rows[0]?.reference ?? ''

/** What each connector makes of a file; the file is made here, what it is read as is kept beside (VSX_GOLDEN=write). */
const cases: readonly (readonly [string, Connector<unknown>, () => Promise<Uint8Array> | Uint8Array])[] = [
  ['termly-return-workbook', termlyReturn, () => writeReturnWorkbook(sheet)],
  ['termly-return-csv', termlyReturn, () => writeReturnCsv(sheet)],
  [
    'termly-return-to-mend',
    termlyReturn,
    async () =>
      fillWorkbook(await writeReturnWorkbook(sheet), [
        { rowReference: first, item: 'status', value: 'at home' },
        { rowReference: first, item: 'entry_date', value: 'last September' },
        { rowReference: first, item: 'upn', value: 'A1' },
      ]),
  ],
  [
    'local-roll-pupils',
    localRoll,
    () =>
      makeCsv([
        ['child_reference', 'upn', 'surname', 'forename', 'date_of_birth', 'year_group', 'no_disclose', 'target_1'],
        ['W-1', makeUpn(random), 'Ashdown', 'Lowri', '02/05/2013', '8', 'N', 'Reads for ten minutes each day'],
        ['W-2', '', 'O’Brayne', 'Kofi', '2015-01-31', 'six', '', ''],
      ]),
  ],
  [
    'local-roll-places',
    localRoll,
    () =>
      makeCsv([
        ['child_reference', 'urn', 'first_day', 'last_day', 'enrolment_status', 'confirmed_how'],
        ['W-1', '990101', '2024-09-03', '', 'C', 'call'],
        ['W-2', '99010', '2024-09-03', '2024-09-01', 'Z', ''],
      ]),
  ],
]

describe('what the connectors make of a file', () => {
  it.each(cases)('%s is as it was', async (name, connector, make) => {
    const parsed = connector.parse({ name, bytes: await make() })
    const path = new URL(`golden/${name}.json`, import.meta.url)
    const text = `${JSON.stringify(parsed, null, 2)}\n`
    if (process.env['VSX_GOLDEN'] === 'write') writeFileSync(path, text)
    expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(path, 'utf8')))
  })
})
