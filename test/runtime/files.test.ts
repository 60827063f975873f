import { readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openFolder } from '../../src/runtime/node/folder.ts'
import { describeFiles } from './describe-files.ts'
import { temporaryFolder } from './temporary.ts'

describeFiles('a folder', () => openFolder(join(temporaryFolder(), 'files')))

test('what a crash left half written is not a file, and is removed once it is an hour old', async () => {
  const folder = temporaryFolder()
  const [old, fresh] = [join(folder, '.incoming-old'), join(folder, '.incoming-fresh')]
  for (const path of [old, fresh]) writeFileSync(path, 'half')
  utimesSync(old, new Date(0), new Date(0))
  const files = await openFolder(folder)
  expect(await files.list()).toEqual([])
  expect(readdirSync(folder)).toEqual(['.incoming-fresh'])
})
