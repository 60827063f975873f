import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { localRoll } from '../../connectors/local-roll/parse.ts'
import { recogniseConnector } from '../../connectors/registry.ts'
import { makeCsv, makeUpn, seededRandom, withWrongCheckLetter } from '../make.ts'

const parse = (rows: readonly (readonly string[])[]) => localRoll.parse({ name: 'x', bytes: makeCsv(rows) })
const rowsOf = (rows: readonly (readonly string[])[]) => {
  const parsed = parse(rows)
  if (parsed.outcome === 'refused') throw new Error(parsed.finding.code)
  return parsed.rows
}
const upn = makeUpn(seededRandom(4))

describe('the local roll', () => {
  it('reads every example of its own guide without a finding', () => {
    const guide = readFileSync('connectors/local-roll/README.md', 'utf8')
    const examples = [...guide.matchAll(/```csv\n([^`]+)```/g)].map(([, text]) => new TextEncoder().encode(text))
    expect(examples.length).toBe(5)
    const kinds = examples.map((bytes) => {
      expect(recogniseConnector({ name: 'x', bytes })).toEqual({ outcome: 'recognised', name: 'local-roll' })
      const parsed = localRoll.parse({ name: 'x', bytes })
      if (parsed.outcome === 'refused') throw new Error(parsed.finding.code)
      expect(parsed.rows.flatMap(({ findings }) => findings)).toEqual([])
      return parsed.rows[0]?.record?.kind
    })
    expect(kinds).toEqual(['school', 'staff', 'pupil', 'place', 'plan'])
  })

  it('reads a blank as nothing and a column that is not there the same', () => {
    const [row] = rowsOf([
      ['Child Reference', 'UPN', 'forename', 'no_disclose', 'target_1', 'target_3'],
      ['W-1', upn.toLowerCase(), ' ', '', '=SUM(1)', 'Reads'],
    ])
    expect(row?.record).toMatchObject({
      kind: 'pupil',
      childReference: 'W-1',
      upn,
      forename: null,
      surname: null,
      noDisclose: null,
      targets: ['=SUM(1)', 'Reads'],
    })
  })

  it('says everything there is to mend at once, by line and column', () => {
    const rows = rowsOf([
      ['child_reference', 'upn', 'date_of_birth', 'year_group', 'care_first_day', 'care_last_day', 'handled_by'],
      ['W-1', withWrongCheckLetter(upn), '2013-05-02', 'R', '01/02/2020', '', 'a@b.example'],
      ['', 'A12', '31/02/2013', '17', '2020-02-01', '2019-01-01', 'nobody'],
      ['W-1', '', '', '', '', '', ''],
    ])
    expect(rows.map(({ findings }) => findings.map(({ code, at }) => [code, at.line, at.column]))).toEqual([
      [['UPN_CHECK_LETTER', 2, 'upn']],
      [
        ['CELL_TO_FILL', 3, 'child_reference'],
        ['UPN_SHAPE', 3, 'upn'],
        ['DAY_NOT_READ', 3, 'date_of_birth'],
        ['CODE_NOT_ALLOWED', 3, 'year_group'],
        ['EMAIL_SHAPE', 3, 'handled_by'],
        ['DAYS_OUT_OF_ORDER', 3, 'care_last_day'],
      ],
      [['ROW_TWICE', 4, 'child_reference']],
    ])
    expect(rows.map(({ record }) => record === null)).toEqual([false, true, true])
  })

  it.each([
    ...[
      'Address',
      'home_address_1',
      'Postcode',
      'post code',
      'Carer',
      'foster carer',
      'Phone',
      'mobile',
      'Placement Type',
    ],
    ...['Former surname', 'preferred_surname', 'Ethnicity', 'religion', 'NHS number', 'legal_status', 'diagnosis'],
    ...['immigration status', 'siblings', "mother's name", 'SDQ', 'offences', 'social_worker_phone'],
  ])('refuses a file with the column %s, and names it', (column) => {
    const parsed = parse([
      ['child_reference', 'upn', column],
      ['W-1', upn, 'something'],
    ])
    expect(parsed).toMatchObject({ outcome: 'refused', finding: { code: 'COLUMN_NEVER_HELD', parameters: { column } } })
    expect(JSON.stringify(parsed)).not.toContain('something')
  })

  it('refuses columns it does not know, one twice and one missing', () => {
    const finding = (head: readonly string[]) => parse([head, head.map(() => 'x')])
    expect(finding(['child_reference', 'colour'])).toMatchObject({ finding: { code: 'ROLL_COLUMN_NOT_KNOWN' } })
    expect(finding(['child_reference', 'upn', 'UPN'])).toMatchObject({ finding: { code: 'COLUMN_TWICE' } })
    expect(finding(['child_reference', 'urn', 'first_day'])).toMatchObject({
      finding: { code: 'COLUMN_MISSING', parameters: { column: 'enrolment_status', file: 'places.csv' } },
    })
    expect(finding(['colour', 'size'])).toMatchObject({ finding: { code: 'ROLL_NOT_RECOGNISED' } })
    expect(parse([['email', 'name', 'role']])).toMatchObject({ finding: { code: 'SHEET_EMPTY' } })
  })

  it('knows every role, and no other', () => {
    const roles = ['designated_teacher', 'Panel member', 'social_worker', 'headteacher']
    const rows = rowsOf([['email', 'name', 'role'], ...roles.map((role) => ['a@b.example', 'A', role])])
    expect(rows.map(({ record }) => record?.kind === 'staff' && record.role)).toEqual([
      'designated_teacher',
      'panel_member',
      'social_worker',
      false,
    ])
  })
})
