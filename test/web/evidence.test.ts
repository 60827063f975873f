import { afterAll, beforeAll, expect, test } from 'vitest'
import { evidenceWords } from '../../templates/words/en/application.ts'
import { moneyWorld } from './money-world.ts'

let world: Awaited<ReturnType<typeof moneyWorld>>
beforeAll(async () => {
  world = await moneyWorld()
}, 60_000)
afterAll(async () => world.runtime.close())

const text = (words: string) => [...new TextEncoder().encode(words)]
const photo = [
  ...[0xff, 0xd8, 0xff, 0xe1, 0, 14, ...text('Exif'), 0, 0, ...text('GPS-at')],
  ...[0xff, 0xda, 0, 2, 1, 2, 0xff, 0xd9],
]

const add = async (id: string, name: string, bytes: readonly number[]) =>
  (await world.as('lead')).upload(name, Uint8Array.from(bytes), `/money/applications/${id}/evidence`)
const newest = () =>
  world.runtime.db.query
    .selectFrom('evidence')
    .select(['id', 'file_key', 'bytes'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()

test('a photograph is kept without where it was taken', async () => {
  const id = await world.asked(100_00)
  expect((await add(id, 'register.jpg', photo)).status).toBe(303)
  const { file_key, bytes } = await newest()
  const kept = await world.runtime.files.get(file_key)
  expect(kept?.byteLength).toBe(bytes)
  expect(new TextDecoder('latin1').decode(kept ?? new Uint8Array())).not.toContain('GPS-at')
})

test.each([
  ['invoice.hta', 'invoice.hta.pdf'],
  ['invoice.html', 'invoice.html.pdf'],
  ['start.bat', 'start.bat.pdf'],
  ['invoice.PDF', 'invoice.PDF'],
  ['../../etc/passwd', 'passwd.pdf'],
  ['a"; filename="b.exe', 'b.exe.pdf'],
  [`${'x'.repeat(119)}🙂.pdf`, 'x.pdf'],
  ['invoice.pdf\u202efdp.exe', '.pdf'],
])('a PDF that is called %s is downloaded as a PDF', async (name, ending) => {
  const id = await world.asked(100_00)
  expect((await add(id, name, text(`%PDF-1.7 ${name}`))).status).toBe(303)
  const answer = await (await world.as('head', 'head')).get(`/evidence/${(await newest()).id}`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  const said = answer.headers.get('content-disposition') ?? ''
  const [, plain, coded] = /^attachment; filename="([\w.-]+)"; filename\*=UTF-8''([^ ]+)$/.exec(said) ?? []
  expect(plain?.endsWith(ending) ?? false, said).toBe(true)
  expect(decodeURIComponent(coded ?? '')).toMatch(/\.pdf$/i)
})

test.each([
  ['nothing', []],
  ['a page', text('<html><script>alert(1)</script>')],
  ['a drawing with a script', text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['a page with the first bytes of a picture', [0x89, ...text('PNG'), 13, 10, 26, 10, ...text('<html><script>')]],
  ['a photograph that is cut off', photo.slice(0, -2)],
])('%s is no evidence', async (_, bytes) => {
  const id = await world.asked(100_00)
  const answer = await add(id, 'proof.png', bytes)
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain(bytes.length === 0 ? evidenceWords.toMend.none : evidenceWords.toMend.kind)
})

test('ten files are the most, also of twenty at once', async () => {
  const id = await world.asked(100_00)
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => add(id, `${at}.pdf`, text(`%PDF-1.7 the ${at}th`))),
  )
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(10)
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(10)
  const { number } = await world.applicationRow(id)
  const rows = await world.runtime.db.query
    .selectFrom('evidence')
    .select('file_key')
    .where('application_number', '=', number)
    .execute()
  expect(rows).toHaveLength(10)
})
