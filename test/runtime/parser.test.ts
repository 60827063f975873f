import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ParseJob } from '../../src/background/job.ts'
import { openParser, type ParserLimits } from '../../src/runtime/node/parser.ts'
import { Busy } from '../../src/runtime.ts'
import { temporaryFolder } from './temporary.ts'

const limits: ParserLimits = { memoryMegabytes: 64, seconds: 20, atOnce: 2, queued: 2 }

/** A parser whose behaviour is told by the file's name, in the place of the one that is built. */
const script = join(temporaryFolder(), 'thread.mjs')
writeFileSync(
  script,
  `import { parentPort, workerData } from 'node:worker_threads'
  const { name, bytes } = workerData.file
  if (name === 'hang') for (;;) {}
  if (name === 'grow') { const kept = []; for (;;) kept.push({ text: String(Math.random()), more: [1, 2, 3] }) }
  if (name === 'leave') process.exit(0)
  if (name === 'throw') throw new Error('thrown')
  if (name === 'stop') parentPort.postMessage({ stopped: 'TypeError' })
  const answer = () => parentPort.postMessage({ parsed: { outcome: 'read', edition: '1', rows: [...bytes], findings: [] } })
  if (name === 'slow') setTimeout(answer, 300)
  else answer()`,
)

const job = (name: string, bytes = new Uint8Array([1, 2])): ParseJob => ({
  name: 'parse-local-roll',
  file: { name, bytes },
})
const tooHeavy = { outcome: 'refused', finding: { code: 'FILE_TOO_HEAVY', severity: 'error', at: {}, parameters: {} } }

describe('reading a file in a thread of its own', () => {
  test('gives what was read, and leaves the bytes with who sent them', async () => {
    const bytes = new Uint8Array([7, 8, 9])
    const parsed = await openParser(limits, script)(job('plain', bytes))
    expect(parsed).toEqual({ outcome: 'read', edition: '1', rows: [7, 8, 9], findings: [] })
    expect([...bytes]).toEqual([7, 8, 9])
  })

  test('only the bytes of the file cross over, not what lies beside them in memory', async () => {
    const around = new Uint8Array([1, 2, 3, 4, 5])
    const parsed = await openParser(limits, script)(job('plain', around.subarray(1, 3)))
    expect(parsed).toMatchObject({ rows: [2, 3] })
    expect(around.byteLength).toBe(5)
  })

  test('a file that needs too much memory is refused, and the portal lives on', async () => {
    expect(await openParser(limits, script)(job('grow'))).toEqual(tooHeavy)
  })

  test('a file that takes too long is refused', async () => {
    expect(await openParser({ ...limits, seconds: 0.5 }, script)(job('hang'))).toEqual(tooHeavy)
  })

  test('a thread that ends without an answer is a refusal', async () => {
    expect(await openParser(limits, script)(job('leave'))).toEqual(tooHeavy)
  })

  test('a fault of ours is said to be one, without words of the file', async () => {
    const parse = openParser(limits, script)
    await expect(parse(job('throw'))).rejects.toThrow('thrown')
    await expect(parse(job('stop'))).rejects.toThrow('reading stopped: TypeError')
    expect(await parse(job('plain'))).toMatchObject({ outcome: 'read' })
  })

  test('two are read at once, two wait, more are refused until there is room', async () => {
    const parse = openParser(limits, script)
    const four = Array.from({ length: 4 }, () => parse(job('slow')))
    await expect(parse(job('slow'))).rejects.toBeInstanceOf(Busy)
    await expect(parse(job('slow'))).rejects.toBeInstanceOf(Busy)
    expect((await Promise.all(four)).map(({ outcome }) => outcome)).toEqual(['read', 'read', 'read', 'read'])
    expect(await parse(job('slow'))).toMatchObject({ outcome: 'read' })
  })
})
