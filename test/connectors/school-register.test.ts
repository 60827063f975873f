import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openRegister } from '../../connectors/school-register/parse.ts'
import type { RegisterRow } from '../../connectors/school-register/rows.ts'
import { establishmentsFile, type Generation, inPieces, linksFile } from './register.ts'

const read = async (bytes: Uint8Array, size = 64_000) => {
  const opened = await openRegister(inPieces(bytes, size))
  if (opened.outcome === 'refused') return { refused: opened.finding.code, kind: undefined, rows: [] }
  const rows: RegisterRow[] = []
  let refused: string | undefined
  for await (const piece of opened.pieces)
    if (piece.outcome === 'rows') rows.push(...piece.rows)
    else refused = piece.finding.code
  return { refused, kind: opened.kind, rows }
}

const academy = {
  URN: '149001',
  EstablishmentName: 'Ysgol Gynradd "Llan", Dàn Academy',
  'PhaseOfEducation (name)': 'Secondary',
  'TypeOfEstablishment (name)': 'Academy converter',
}

describe('the register of schools', () => {
  test.each<Generation>([
    2019, 2025,
  ])('is read by header name, whichever year drew the columns: %i', async (generation) => {
    const { kind, rows } = await read(establishmentsFile(generation, [academy]))
    expect(kind).toBe('establishments')
    expect(rows).toEqual([
      {
        number: 2,
        at: { line: 2 },
        findings: [],
        record: {
          kind: 'establishment',
          key: '149001',
          name: 'Ysgol Gynradd "Llan", Dàn Academy',
          laCode: '901',
          laName: 'Testborough',
          establishmentNumber: '4001',
          type: 'Academy converter',
          phase: 'Secondary',
          status: 'open',
          opened: '1990-09-01',
          closed: null,
          town: 'Testby',
          ukprn: '10001234',
          country: 'England',
        },
      },
    ])
  })

  test('head teachers, telephones and streets are never read', async () => {
    const { rows } = await read(establishmentsFile(2025, [academy, { ...academy, URN: 'CANARY-URN' }]))
    expect(JSON.stringify(rows)).not.toContain('CANARY')
  })

  test('every status of the register is known; another, a wrong day and a wrong number hold the line back', async () => {
    const { rows } = await read(
      establishmentsFile(2025, [
        ...['Open', 'Open, but proposed to close', 'Closed', 'Proposed to open'].map((status, index) => ({
          URN: `10000${index}`,
          EstablishmentName: 'A',
          'EstablishmentStatus (name)': status,
        })),
        {
          URN: '12345',
          EstablishmentName: '',
          'EstablishmentStatus (name)': 'Mothballed',
          CloseDate: '31-02-2020',
          'LA (code)': 'X',
        },
        { URN: '100000', EstablishmentName: 'Twice' },
      ]),
    )
    expect(rows.map(({ record }) => (record?.kind === 'establishment' ? record.status : null))).toEqual([
      ...['open', 'closing', 'closed', 'proposed'],
      ...[null, null],
    ])
    expect(rows[4]?.findings.map(({ code }) => code).sort()).toEqual(
      ['CELL_TO_FILL', 'CODE_NOT_ALLOWED', 'DAY_NOT_READ', 'LA_CODE_SHAPE', 'URN_SHAPE'].sort(),
    )
    expect(rows[5]?.findings).toEqual([
      { code: 'ROW_TWICE', severity: 'error', at: { line: 7, column: 'urn' }, parameters: { column: 'urn', first: 2 } },
    ])
  })

  test('links, and the Welsh list with numbers of seven digits or four', async () => {
    const links = await read(linksFile([['100001', '149001', 'Successor', '01-09-2026']]))
    expect(links.kind).toBe('links')
    expect(links.rows[0]?.record).toEqual({
      kind: 'link',
      urn: '100001',
      linkUrn: '149001',
      linkType: 'Successor',
      established: '2026-09-01',
    })
    const welsh = await read(
      new TextEncoder().encode(
        '\uFEFFLA Code,LA Name,School Number,School Name,School Type,Phone\n660,Ynys,6602101,Ysgol Un,Primary,CANARY\n660,Ynys,2102,Ysgol Dŵr,Primary,CANARY\n660,Ynys,9,Ysgol Tri,Primary,\n',
      ),
    )
    expect(welsh.kind).toBe('welsh')
    expect(
      welsh.rows.map(({ record }) => (record?.kind === 'establishment' ? [record.key, record.name] : null)),
    ).toEqual([
      ['W6602101', 'Ysgol Un'],
      ['W6602102', 'Ysgol Dŵr'],
      ['W6600009', 'Ysgol Tri'],
    ])
    expect(JSON.stringify(welsh.rows)).not.toContain('CANARY')
  })

  test('what is no register, and a quote left open, are refused in words', async () => {
    expect((await read(new TextEncoder().encode('a,b\n1,2\n'))).refused).toBe('REGISTER_NOT_RECOGNISED')
    expect((await read(new Uint8Array(0))).refused).toBe('REGISTER_NOT_RECOGNISED')
    const open = establishmentsFile(2025, [academy])
    const cut = open.slice(0, open.lastIndexOf(0x22))
    expect((await read(cut)).refused).toBe('CSV_QUOTE_NOT_CLOSED')
  })

  test('the size of the pieces makes no difference', async () => {
    const bytes = establishmentsFile(
      2025,
      Array.from({ length: 20 }, (_, index) => ({
        URN: `1000${10 + index}`,
        EstablishmentName: index % 3 === 0 ? `Two\nlines "${index}" é` : `School ${index}`,
      })),
    )
    const whole = await read(bytes, bytes.length)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 900 }), async (size) => {
        expect((await read(bytes, size)).rows).toEqual(whole.rows)
      }),
      { numRuns: 60 },
    )
  })
})
