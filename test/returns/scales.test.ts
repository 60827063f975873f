import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { schoolLayout } from '../../connectors/registry.ts'
import type { Mapping } from '../../connectors/school-layout/rows.ts'
import { writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { scopeFor } from '../../src/access/scope.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import type { Item } from '../../src/domain/return/item.ts'
import { bandItems } from '../../src/domain/return/scale.ts'
import { readValue, statesOf } from '../../src/domain/return/value.ts'
import { asChange } from '../../src/intake/confirm-return.ts'
import { mendImport } from '../../src/intake/mend.ts'
import { withdrawImport } from '../../src/intake/publish.ts'
import { receiveForm } from '../../src/intake/receive-form.ts'
import { stageReturn } from '../../src/intake/receive-return.ts'
import { returnSheet } from '../../src/returns/sheet.ts'
import { answerHistory } from '../../src/store/answer-history.ts'
import { bandSources, gradesSeen } from '../../src/store/answers.ts'
import { factsOfImport } from '../../src/store/import-rows.ts'
import { addLayout, ownLayouts } from '../../src/store/layouts.ts'
import { addScale, addScaleVersion, ownScales, retireScale, versionsOfScale } from '../../src/store/scales.ts'
import { verifyStore } from '../../src/store/verify.ts'
import { itemWords, stateWords } from '../../templates/words/en/items.ts'
import { makeCsv } from '../make.ts'
import { smallWorld } from '../small-world.ts'

const pupils = [
  { surname: 'Alder', year: '5', born: '2016-10-02' },
  { surname: 'Birch', year: '5', born: '2016-11-02' },
  { surname: 'Cedar', year: '4', born: '2017-10-02' },
]

let world: Awaited<ReturnType<typeof smallWorld>>
const scale = newPublicId()
const line = (word: string, band: string, yearGroup = '') => ({ word, band, yearGroup, term: '' })
const words = (...lines: readonly ReturnType<typeof line>[]) => JSON.stringify(lines)

beforeAll(async () => {
  world = await smallWorld(pupils)
  await world.open('2026-11-20', 2026, 'autumn', '2026-11-01')
  const { runtime, school, by } = world
  await runtime.db.commit(
    addScale({
      ...{ id: scale, school: school.number, code: 'own', name: 'Small steps', by, at: runtime.now() },
      words: words(line('secure', 'at'), line('emerging', 'below'), line('deep', 'above')),
    }),
  )
}, 120_000)
afterAll(async () => world.runtime.close())

const leadScope = () => scopeFor(world.by, { kind: 'school' }, world.runtime.now())

const pupilNumber = async (surname: string) => {
  const row = await world.runtime.db.query
    .selectFrom('pupil_detail')
    .select('pupil_number')
    .where('attribute', '=', 'surname')
    .where('value', '=', surname)
    .executeTakeFirstOrThrow()
  return row.pupil_number
}

/** What stands of one question about one pupil, with its scale. */
const standing = async (surname: string, item: string) => {
  const history = await answerHistory(world.runtime.db.query, leadScope(), await pupilNumber(surname))
  const one = history.find((answer) => answer.item === item && answer.current)
  return one && { value: one.value, raw: one.raw, scale: one.scale && `${one.scale.name} ${one.scale.version}` }
}

const sendSaid = async (said: Parameters<typeof world.sheet>[0]) =>
  world.send('r.xlsx', await writeReturnWorkbook(await world.sheet(said)))

const factsIn = async (received: Parameters<typeof world.partOf>[0]) => {
  const part = await world.partOf(received)
  const facts = await factsOfImport(world.runtime.db.query, world.scope(), part.number)
  return { part, bands: facts.filter(({ item }) => item.endsWith('_band')) }
}

describe('a scale said once', () => {
  test('our workbook: a grade without its answer is translated, one that was stated is left, the grade stays as sent', async () => {
    const received = await sendSaid({
      Alder: { attainment_scale: 'own', attainment_scale_own: 'Small steps', reading_grade: 'Secure' },
      Birch: { attainment_scale: 'own', reading_grade: 'secure', reading_band: 'below', writing_grade: 'unheard' },
    })
    const { bands } = await factsIn(received)
    expect(bands.map(({ item, value, scale: by }) => [item, value, by !== null])).toEqual([
      ['reading_band', 'at', true],
      ['reading_band', 'below', false],
    ])
    await world.confirm(received)
    expect(await standing('Alder', 'reading_band')).toEqual({ value: 'at', raw: 'Secure', scale: 'Small steps 1' })
    expect(await standing('Alder', 'reading_grade')).toEqual({ value: 'Secure', raw: 'Secure', scale: null })
    expect(await standing('Birch', 'reading_band')).toMatchObject({ value: 'below', scale: null })
    expect(await standing('Birch', 'writing_band')).toBeUndefined()
  })

  test('who said it and when is in the history', async () => {
    const history = await answerHistory(world.runtime.db.query, leadScope(), await pupilNumber('Alder'))
    expect(history.find(({ item }) => item === 'reading_band')?.scale).toEqual({
      ...{ name: 'Small steps', version: 1, by: 'Lee Small', at: world.runtime.now() },
    })
  })

  test('a grade that is mended is translated again, and an answer that is typed is the school’s own', async () => {
    const read = (item: Item, raw: string) =>
      readValue(item.type, statesOf(item), raw, world.scope().today, itemWords[item.code]?.options, stateWords)
    const received = await sendSaid({
      Cedar: { attainment_scale: 'own', reading_grade: 'secure', writing_grade: 'deep' },
    })
    const { part } = await factsIn(received)
    const facts = await factsOfImport(world.runtime.db.query, world.scope(), part.number)
    const row = facts[0]?.rowNumber ?? 0
    const mend = (item: string, typed: string) =>
      mendImport(world.runtime, world.scope(), part, [{ row, item, typed }], read)
    const now = async () =>
      (await factsIn(received)).bands.map(
        ({ item, value, scale: by }) => `${item}=${value}${by === null ? '' : ' by scale'}`,
      )
    expect(await now()).toEqual(['reading_band=at by scale', 'writing_band=above by scale'])
    expect(await mend('reading_grade', 'emerging')).toEqual([])
    expect(await now()).toEqual(['reading_band=below by scale', 'writing_band=above by scale'])
    expect(await mend('reading_grade', 'unheard of')).toEqual([])
    expect(await now()).toEqual(['writing_band=above by scale'])
    expect(await mend('writing_band', 'At')).toEqual([])
    expect(await now()).toEqual(['writing_band=at'])
  })

  test('a new version holds for what comes after it, and what was stated before is not written over', async () => {
    const { runtime, by } = world
    await runtime.db.commit([
      addScaleVersion({ scale, version: 2, words: words(line('secure', 'above')), by, at: runtime.now() }),
    ])
    expect((await versionsOfScale(runtime.db.query, leadScope(), scale)).map(({ version }) => version)).toEqual([2, 1])
    const received = await sendSaid({ Alder: { reading_grade: 'secure' }, Birch: { reading_grade: 'secure' } })
    expect((await factsIn(received)).bands.map(({ value }) => value)).toEqual(['above'])
    await world.confirm(received)
    expect(await standing('Alder', 'reading_band')).toEqual({ value: 'above', raw: 'secure', scale: 'Small steps 2' })
    expect(await standing('Birch', 'reading_band')).toMatchObject({ value: 'below', scale: null })
  })

  test('an answer stated while a translation waits stands above it, whichever is confirmed last; withdrawn, it gives way', async () => {
    const waiting = await sendSaid({ Cedar: { mathematics_grade: 'secure' } })
    expect((await factsIn(waiting)).bands.map(({ value }) => value)).toEqual(['above'])
    const stated = await sendSaid({ Cedar: { mathematics_band: 'below' } })
    await world.confirm(stated)
    await world.confirm(waiting)
    expect(await standing('Cedar', 'mathematics_band')).toMatchObject({ value: 'below', scale: null })
    await withdrawImport(world.runtime, asChange(await world.partOf(stated), { by: world.by, part: 'school' }))
    expect(await standing('Cedar', 'mathematics_band')).toMatchObject({ value: 'above', scale: 'Small steps 2' })
    expect((await verifyStore(world.runtime.db.query)).current.get('answer')).toBe(0)
  })

  test('a layout of the school’s own and the form on screen are translated alike', async () => {
    const { runtime, school, by, council } = world
    const mapping: Mapping = {
      sheet: null,
      columns: [
        { head: 'Ref', nth: 1, target: 'row_reference' },
        { head: 'Sci', nth: 1, target: 'science_grade' },
      ],
      values: {},
      ignored: [],
      rows: 'looked_after',
    }
    const made = await returnSheet(runtime, world.scope(), school, new Map(), by)
    const reference = made?.sheet.rows.find(({ surname }) => surname === 'Cedar')?.reference ?? ''
    const file = {
      name: 'export.csv',
      bytes: makeCsv([
        ['Ref', 'Sci'],
        [reference, 'secure'],
      ]),
    }
    const parsed = schoolLayout(mapping).parse(file)
    if (parsed.outcome === 'refused') throw new Error(parsed.finding.code)
    await runtime.db.commit(
      addLayout({
        ...{ id: newPublicId(), school: school.number, name: 'own', mapping: JSON.stringify(mapping), by },
        at: runtime.now(),
      }),
    )
    const version = (await ownLayouts(runtime.db.query, leadScope()))[0]?.versionNumber ?? 0
    const sender = { school: school.number, virtualSchools: [council], by, via: 'page' as const }
    const byLayout = await stageReturn(runtime, file, parsed, sender, undefined, { version, mapping })
    const seen = async (received: Parameters<typeof world.partOf>[0]) =>
      (await factsIn(received)).bands.map(({ item, value, scale: one }) => [item, value, one !== null])
    expect(await seen(byLayout)).toEqual([['science_band', 'above', true]])
    const byForm = await receiveForm(runtime, leadScope(), school.number, parsed.rows)
    expect(await seen(byForm)).toEqual([['science_band', 'above', true]])
  })

  test('a workbook made again leaves the answer of a scale to the scale', async () => {
    const made = await returnSheet(world.runtime, world.scope(), world.school, new Map(), world.by)
    const rowOf = (surname: string) => made?.sheet.rows.find((row) => row.surname === surname)?.known
    expect(rowOf('Alder')?.get('reading_grade')?.value).toBe('secure')
    expect(rowOf('Alder')?.has('reading_band')).toBe(false)
    expect(rowOf('Birch')?.get('reading_band')?.value).toBe('below')
  })

  test('the words of the school’s returns are counted, and which answers a scale gave is known', async () => {
    const { query } = world.runtime.db
    expect(await gradesSeen(query, leadScope(), ['reading_grade', 'writing_grade'])).toEqual([
      { school: world.school.number, word: 'secure', count: 2 },
      { school: world.school.number, word: 'unheard', count: 1 },
    ])
    const rounds = (await query.selectFrom('round').select('number').execute()).map(({ number }) => number)
    const all = await Promise.all(pupils.map(({ surname }) => pupilNumber(surname)))
    const sources = await bandSources(query, leadScope(), rounds, all, bandItems)
    expect(sources.map(({ item, scale: one }) => `${item} ${one === null ? 'stated' : 'by scale'}`).sort()).toEqual([
      'mathematics_band by scale',
      'reading_band by scale',
      'reading_band stated',
    ])
  })

  test('out of use it translates nothing more', async () => {
    const { runtime, by } = world
    const one = (await ownScales(runtime.db.query, leadScope()))[0]
    await runtime.db.commit([retireScale(runtime.db.query, one?.number ?? 0, runtime.now(), by)])
    const received = await sendSaid({ Cedar: { writing_grade: 'secure' } })
    expect((await factsIn(received)).bands).toEqual([])
  })
})
