import { spawnSync } from 'node:child_process'

/** Histories in a whole run. */
export const count = 1000

/** The same random histories as `withdrawal`, on D1 inside workerd. */
export const prove = async ({
  count,
  seed,
  print,
}: {
  readonly count: number
  readonly seed: number
  readonly print: (line: string) => void
}): Promise<{ readonly checked: number; readonly failed: number }> => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.worker.config.ts', 'test/worker/withdrawal.test.ts'],
    { encoding: 'utf8', env: { ...process.env, VSX_HISTORIES: String(count), VSX_FIRST_HISTORY: String(seed) } },
  )
  if (status !== 0) print(`${stdout.slice(-3000)}${stderr.slice(-1000)}`)
  return { checked: count, failed: status === 0 ? 0 : 1 }
}
