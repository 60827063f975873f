import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

const bench = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  spawnSync(process.execPath, ['scripts/bench.mjs', ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  })

test('a benchmark of a few rows prints its figures beside its baseline', () => {
  const { status, stdout, stderr } = bench(['return', '--json'], { VSX_BENCH_PUPILS: '20', VSX_BENCH_RUNS: '1' })
  expect([status, stderr.slice(-2000)]).toEqual([0, expect.any(String)])
  const rows = JSON.parse(stdout) as Record<string, unknown>[]
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({
    name: 'return',
    size: '20 rows',
    oursMs: expect.any(Number),
    baseline: expect.any(String),
    baselineMs: expect.any(Number),
    ratio: expect.any(Number),
    peakMB: expect.any(Number),
  })
  expect(Number(rows[0]?.['ratio'])).toBeCloseTo(Number(rows[0]?.['oursMs']) / Number(rows[0]?.['baselineMs']), 6)
}, 120_000)

test('a name that is no benchmark is wrong usage', () => {
  const { status, stderr } = bench(['nothing'])
  expect([status, stderr.includes('return, ctf, attendance, pages')]).toEqual([64, true])
})
