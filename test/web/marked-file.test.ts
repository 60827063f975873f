import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { read } from 'xlsx'
import { migrateStore } from '../../src/runtime/node/migrate.ts'
import { type NodeRuntime, openNodeRuntime } from '../../src/runtime/node/open.ts'
import { seedRound } from '../../src/seed/round.ts'
import { markWords } from '../../templates/words/en/marked.ts'
import { cellOf, fillWorkbook } from '../make.ts'
import { temporaryFolder, testConfig } from '../runtime/temporary.ts'
import { type Browser, browserFor } from './browser.ts'

let runtime: NodeRuntime
let lead: Browser
let workbook: Uint8Array
let csv: Uint8Array

beforeAll(async () => {
  const dataDir = temporaryFolder()
  migrateStore(dataDir)
  runtime = await openNodeRuntime({ dataDir, config: testConfig, quiet: true })
  ;({ workbook, csv } = await seedRound(runtime, { pupils: 3, seed: 3 }))
  lead = await browserFor(runtime, 'd.okoro@ellerwick.example')
}, 60_000)
afterAll(async () => runtime.close())

const references = (bytes: Uint8Array) =>
  ['A8', 'A9', 'A10'].map((cell) => String(read(bytes, { type: 'array' }).Sheets['Return']?.[cell]?.v))

const commentsIn = (bytes: Uint8Array) => {
  const sheet = read(bytes, { type: 'array' }).Sheets['Return'] ?? {}
  return Object.entries(sheet)
    .flatMap(([cell, { c }]) => (cell.startsWith('!') || !c ? [] : [cell]))
    .sort()
}

const get = async (path: string) => new Uint8Array(await (await lead.get(path)).arrayBuffer())

describe('the file of an upload, with what is still to mend in it', () => {
  test('marks each cell to mend, and no longer one that was mended on the page', async () => {
    const [one, two] = references(workbook)
    const faulty = fillWorkbook(workbook, [
      { rowReference: one ?? '', item: 'status', value: 'at home' },
      { rowReference: two ?? '', item: 'hours_offered', value: 1000 },
    ])
    const cells = [cellOf(workbook, one ?? '', 'status'), cellOf(workbook, two ?? '', 'hours_offered')]
    const sent = await lead.upload('Our return.xlsx', faulty)
    const check = sent.headers.get('location') ?? ''
    const page = await (await lead.get(check)).text()
    expect(page).toContain(`${check}/to-mend`)
    const answer = await lead.get(`${check}/to-mend`)
    expect(answer.headers.get('content-disposition')).toContain('Our-return-to-mend.xlsx')
    const marked = new Uint8Array(await answer.arrayBuffer())
    expect(commentsIn(marked)).toEqual(cells.sort())
    expect(read(marked, { type: 'array' }).SheetNames.at(-1)).toBe(markWords.sheet)

    const field = /name="(mend-[^"]*-status)"/.exec(page)?.[1] ?? ''
    await lead.post(check, { [field]: 'M' })
    expect(commentsIn(await get(`${check}/to-mend`))).toEqual([cellOf(workbook, two ?? '', 'hours_offered')])
    await lead.post(`${check}/set-aside`, { row: '9', reason: 'left in May' })
    const nothing = await lead.get(`${check}/to-mend`)
    expect([nothing.status, nothing.headers.get('location')]).toEqual([303, check])
    const seen = await runtime.db.query
      .selectFrom('audit')
      .select('pupil_number')
      .where('action', '=', 'return downloaded')
      .execute()
    expect(new Set(seen.map((row) => row.pupil_number)).size).toBe(3)
  })

  test('gives a CSV back as a workbook that goes in again', async () => {
    const text = new TextDecoder().decode(csv).split('\r\n')
    const status = text[0]?.split(',').indexOf('status') ?? 0
    const line = text[1]?.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/) ?? []
    line[status] = 'at home'
    const sent = await lead.upload(
      'ours.csv',
      new TextEncoder().encode([text[0], line.join(','), ...text.slice(2)].join('\r\n')),
    )
    const marked = await get(`${sent.headers.get('location')}/to-mend`)
    expect(commentsIn(marked)).toHaveLength(1)
    const cell = commentsIn(marked)[0] ?? ''
    const mended = fillWorkbook(marked, [{ cell, value: 'M' }])
    const again = await lead.upload('again.xlsx', mended)
    const page = await (await lead.get(again.headers.get('location') ?? '')).text()
    expect(page).not.toContain('/to-mend')
  })
})
