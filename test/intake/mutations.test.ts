import { describe, expect, test } from 'vitest'
import type { Job } from '../../src/background/job.ts'
import type { Runtime } from '../../src/runtime.ts'
import { statement } from '../../src/store/statement.ts'
import { uploadMutations } from '../histories/mutations.ts'

const failures = async (plant?: (runtime: Runtime) => Runtime) => {
  const lines: string[] = []
  const { failed } = await uploadMutations({
    count: 60,
    seed: 11,
    print: (line) => lines.push(line),
    ...(plant ? { plant } : {}),
  })
  return { failed, said: lines.join('\n') }
}

const withCommit =
  (change: (commit: Runtime['db']['commit']) => Runtime['db']['commit']) =>
  (runtime: Runtime): Runtime => ({
    ...runtime,
    db: { ...runtime.db, commit: change(runtime.db.commit) },
  })

describe('returns changed at random', () => {
  test('are taken in whole or refused whole', async () => {
    expect((await failures()).failed).toBe(0)
  }, 120_000)

  test('show a row that is lost', async () => {
    const lost = withCommit(
      (commit) => (statements) => commit(statements.filter((one) => !/into "?import_row/.test(one.compile().sql))),
    )
    const { failed, said } = await failures(lost)
    expect(failed).toBeGreaterThan(0)
    expect(said).toMatch(/not every row is accounted for|has no row/)
  }, 120_000)

  test('show a fault of ours', async () => {
    const { said } = await failures((runtime) => ({
      ...runtime,
      start: async (job) => {
        const named: Job = job
        if ('file' in named && named.file.bytes[0] !== 0x50) throw new Error('planted')
        return runtime.start(job)
      },
    }))
    expect(said).toContain('answered 500')
  }, 120_000)

  test('show a refusal that leaves something behind', async () => {
    const { said } = await failures((runtime) => ({
      ...runtime,
      start: async (job) => {
        const result = await runtime.start(job)
        if ('outcome' in result && result.outcome === 'refused')
          await runtime.db.commit([
            statement("insert or replace into store_mark (name, value) values ('planted', ?)", [String(Math.random())]),
          ])
        return result
      },
    }))
    expect(said).toContain('refused, and the store changed')
  }, 120_000)
})
