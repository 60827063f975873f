import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import {
  closeTogether,
  lateness,
  type Owing,
  openOwing,
  remindByItself,
  remindTogether,
  setTogether,
} from '../histories/chasing.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'

let runtime: NodeRuntime
let owing: Owing

beforeAll(async () => {
  const dataDir = temporaryFolder()
  migrateStore(dataDir)
  runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true })
  owing = await openOwing(runtime)
}, 120_000)
afterAll(async () => runtime.close())

test('no reminder goes out by itself until a council sets it, and then once a round', async () => {
  expect(await remindByItself(runtime, owing)).toEqual([0, 0, 1, 0, 0, 0])
}, 120_000)

test('a school is never reminded more often than its cap, however many press at once', async () => {
  expect(await remindTogether(runtime, owing, 10)).toEqual([])
}, 120_000)

test('of two who set a date, or say that the same thing is done, one is told', async () => {
  expect(await setTogether(runtime, owing)).toEqual([1, 1])
}, 120_000)

test('a round closes while the school sends: it is in or it waits, nothing is lost, and it goes in once open again', async () => {
  expect(await closeTogether(runtime, owing, 10)).toEqual([])
  expect((await lateness(runtime, owing)).every((late) => !late)).toBe(true)
}, 120_000)
