import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { temporaryFolder } from './temporary.ts'

test('what goes to the edge is at most 1.5 MiB gzipped, as wrangler itself bundles it', () => {
  const outdir = temporaryFolder()
  const wrangler = join('node_modules', 'wrangler', 'bin', 'wrangler.js')
  const made = spawnSync(process.execPath, [wrangler, 'deploy', '--dry-run', '--outdir', outdir], {
    encoding: 'utf8',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' },
  })
  expect(made.status, made.stderr).toBe(0)
  const packed = readdirSync(outdir)
    .filter((name) => /\.(js|mjs|wasm)$/.test(name))
    .map((name) => gzipSync(readFileSync(join(outdir, name))).length)
  const bytes = packed.reduce((sum, one) => sum + one, 0)
  expect(bytes).toBeGreaterThan(100_000)
  expect(bytes).toBeLessThanOrEqual(1.5 * 1024 * 1024)
})
