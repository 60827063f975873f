import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../runtime/temporary.ts'

const dataDir = temporaryFolder()

const vsx = (call: readonly string[], input?: string) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join('scripts', 'vsx.mjs'), ...call, '--data', dataDir],
    { encoding: 'utf8', ...(input === undefined ? {} : { input }) },
  )
  return { code: status, out: stdout, said: stderr }
}

const put = (name: string, bytes: Uint8Array | string) => {
  const path = join(dataDir, name)
  writeFileSync(path, bytes)
  return path
}

const imported = (call: readonly string[], input?: string) => {
  const { code, out, said } = vsx(['import', ...call, '--json'], input)
  if (out === '') throw new Error(said)
  const result = JSON.parse(out)
  return {
    code,
    outcome: result.outcome,
    connector: result.connector,
    edition: result.edition,
    rows: result.rows,
    marks: result.records['attendance-mark'],
    totals: result.records['attendance-total'],
    findings: result.findings.map((one: { readonly code: string }) => one.code),
  }
}

let upn = ''
beforeAll(() => {
  expect(vsx(['seed', 'round', '--pupils', '3']).code).toBe(0)
  upn = /[A-Z]\d{12}/.exec(readFileSync(join(dataDir, 'seed', 'round-3.csv'), 'utf8'))?.[0] ?? ''
  expect(upn).not.toBe('')
}, 120_000)

const one = { read: 1, accepted: 1, rejected: 0, matched: 1, unmatched: 0, leftOut: 0 }

describe('vsx import of attendance', () => {
  test('a CSV of marks, as a file, in a .gz or .zip, or from standard input', () => {
    const marks = (day: string) => `UPN,Date,Session,Mark\r\n${upn},${day},AM,/\r\n`
    const expected = { code: 0, outcome: 'published', connector: 'attendance-marks', rows: one, marks: 1, findings: [] }
    expect(imported([put('a.csv', marks('02/06/2025'))])).toMatchObject(expected)
    expect(imported([put('b.csv.gz', gzipSync(marks('03/06/2025')))])).toMatchObject(expected)
    expect(imported([put('c.zip', zipSync({ 'c.csv': strToU8(marks('04/06/2025')) }))])).toMatchObject(expected)
    expect(imported(['-'], marks('05/06/2025'))).toMatchObject(expected)
    expect(imported(['-', '--as', 'attendance-marks'], marks('06/06/2025'))).toMatchObject(expected)
    expect(imported([put('a.csv', marks('02/06/2025'))])).toMatchObject({ code: 0, outcome: 'already-published' })
  }, 120_000)

  test('a census is asked which it is; the same bytes of another census are another file', () => {
    const path = put('census.csv', `Estab,UPN,TermlySessionsPossible,/,\\,I\r\n,${upn},120,50,60,10\r\n`)
    expect(imported([path])).toMatchObject({ code: 2, outcome: 'refused', findings: ['TOTALS_PERIOD_UNKNOWN'] })
    expect(vsx(['import', path, '--census', 'winter-2025']).code).toBe(64)
    expect(vsx(['import', path, '--census', 'spring-2025', '--period', '2025-01-01..2025-03-01']).code).toBe(64)
    const published = { code: 0, outcome: 'published', connector: 'attendance-totals', edition: 'census', rows: one }
    expect(imported([path, '--census', 'spring-2025'])).toMatchObject({ ...published, totals: 1, marks: 0 })
    expect(imported([path, '--census', 'spring-2025'])).toMatchObject({ code: 0, outcome: 'already-published' })
    expect(imported([path, '--census', 'summer-2025'])).toMatchObject(published)
    expect(vsx(['verify']).code).toBe(0)
  }, 120_000)

  test('a college’s percentage by a saved layout and days that are said', () => {
    const path = put('college.csv', `Learner no,Present\r\n${upn},87.5\r\n`)
    const layout = put(
      'layout.json',
      JSON.stringify({ columns: { upn: 'Learner no', percentage: 'Present' }, basis: 'timetabled hours' }),
    )
    expect(vsx(['attendance-layout', 'save', 'College', layout]).code).toBe(2)
    expect(vsx(['attendance-layout', 'save', 'College', layout, '--as', 'attendance-totals']).code).toBe(0)
    const call = [path, '--as', 'attendance-totals', '--mapping', 'College']
    expect(imported(call)).toMatchObject({ code: 2, findings: ['TOTALS_PERIOD_UNKNOWN'] })
    expect(vsx(['import', ...call, '--period', '2025-09-01..2025-09-31']).code).toBe(64)
    expect(imported([...call, '--period', '2025-04-01..2025-06-30'])).toMatchObject({
      ...{ code: 0, outcome: 'published', edition: 'percentage', rows: one, totals: 1 },
    })
  }, 120_000)
})
