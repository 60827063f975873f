import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { unwrapZip } from '../../connectors/format/unwrap.ts'
import { rawWorkbook, rawZip } from './hostile-files.ts'

const csv = strToU8('upn,status\r\n')

test('a file comes out of its .zip, whatever folder it is in and whatever a machine put beside it', () => {
  const bytes = zipSync({
    'Autumn/': new Uint8Array(),
    'Autumn/ours.csv': csv,
    '__MACOSX/Autumn/._ours.csv': csv,
    '.DS_Store': csv,
  })
  expect(unwrapZip(bytes)).toEqual({ outcome: 'unwrapped', name: 'ours.csv', bytes: csv })
  const workbook = rawWorkbook('')
  expect(unwrapZip(zipSync({ 'ours.xlsx': workbook }))).toEqual({
    outcome: 'unwrapped',
    name: 'ours.xlsx',
    bytes: workbook,
  })
})

test('a workbook, another archive and what is none are left as they are', () => {
  expect(unwrapZip(rawWorkbook(''))).toBeUndefined()
  expect(unwrapZip(zipSync({ 'a.pdf': csv }))).toBeUndefined()
  expect(unwrapZip(csv)).toBeUndefined()
})

test('several files, a path that leads out and a size that is not so are refused or left', () => {
  expect(unwrapZip(zipSync({ 'a.csv': csv, 'b.csv': csv }))).toMatchObject({ finding: { code: 'FILE_HOLDS_SEVERAL' } })
  expect(unwrapZip(rawZip([{ name: '../a.csv', content: csv }]))).toBeUndefined()
  expect(unwrapZip(rawZip([{ name: 'a.csv', content: csv, declared: 3 }]))).toMatchObject({
    finding: { code: 'FILE_DAMAGED' },
  })
})
