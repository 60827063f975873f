import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeReturnCsv, writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { plainDate, plusMinutes } from '../../src/domain/dates.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import { withdrawImport } from '../../src/intake/publish.ts'
import type { ReceivedReturn } from '../../src/intake/receive-return.ts'
import { personByEmail, startSession } from '../../src/store/people.ts'
import { deliveryReport } from '../../src/store/report.ts'
import { createApp } from '../../src/web/app.ts'
import { hashOf, newSecret } from '../../src/web/secrets.ts'
import { smallPeople, smallWorld } from '../small-world.ts'

const origin = 'http://127.0.0.1:3000'
const held = '2012-05-14'
const other = '2010-02-03'

let world: Awaited<ReturnType<typeof smallWorld>>
const cookies = new Map<string, string>()
let pupilId = ''

const cookieFor = async (email: string, part: string) => {
  const { db } = world.runtime
  const person = await personByEmail(db.query, email)
  const [token, now] = [newSecret(), world.runtime.now()]
  await db.commit([
    startSession(db.query, {
      ...{ tokenHash: await hashOf(token), id: newPublicId(), person: person?.number ?? 0, part, trusted: true },
      ...{ at: now, expiresAt: plusMinutes(now, 600) },
    }),
  ])
  return `vsx-session=${token}`
}

beforeAll(async () => {
  world = await smallWorld([
    { surname: 'Rowan', year: '8', born: held },
    { surname: 'Sorbus', year: '8', born: '2013-03-04' },
  ])
  await world.open('2026-11-20', 2026, 'autumn', '2026-11-13')
  cookies.set('lead', await cookieFor(smallPeople.lead, 'school'))
  for (const [name, role] of [
    ['officer', 'officer'],
    ['head', 'head'],
    ['data', 'data_officer'],
  ] as const)
    cookies.set(name, await cookieFor(smallPeople[name], `council:${world.council}:${role}`))
  pupilId = (
    await world.runtime.db.query
      .selectFrom('pupil')
      .select('id')
      .where('child_reference', '=', 'S-0')
      .executeTakeFirstOrThrow()
  ).id
}, 120_000)
afterAll(async () => world.runtime.close())

const page = async (who: string, path: string) => {
  const app = createApp(() => world.runtime)
  const answer = await app.request(`${origin}${path}`, { headers: { cookie: cookies.get(who) ?? '' } })
  return `${answer.status}\n${await answer.text()}`
}

const sheetWith = async (born: string) => {
  const sheet = await world.sheet({ Rowan: {}, Sorbus: {} })
  return {
    ...sheet,
    rows: sheet.rows.map((row) => (row.surname === 'Rowan' ? { ...row, dateOfBirth: plainDate(born) } : row)),
  }
}

/** The bytes of a page with what is new in every file taken out: its ids. */
const alike = (text: string, received: ReceivedReturn) => {
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  return [received.delivery, ...received.imports]
    .reduce((all, id) => all.replaceAll(id, 'ID'), text)
    .replaceAll(/nonce="[^"]*"/g, '')
}

/** What a school meets of a file before it confirms: its report and the check page. */
const metAtCheck = async (received: ReceivedReturn) => {
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  const report = JSON.stringify(await deliveryReport(world.runtime.db.query, received.delivery))
  const check = await page('lead', `/return/uploads/${received.delivery}`)
  expect(check).toMatch(/^200/)
  return [report, check].map((text) => alike(text, received))
}

/** What it meets afterwards: the sent file, the receipt and the pupil's page. */
const metAfterwards = async (received: ReceivedReturn) => {
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  const receipt = await world.confirm(received)
  const paths = [
    `/return/uploads/${received.delivery}`,
    `/receipts/${receipt}`,
    `/pupils/${pupilId}`,
    `/pupils/${pupilId}?full=1`,
    '/pupils',
  ]
  return Promise.all(paths.map((path) => page('lead', path)))
}

const takeBack = async (received: ReceivedReturn) => {
  const { id, number, virtualSchool } = await world.partOf(received)
  await withdrawImport(world.runtime, { id, number, virtualSchool, by: world.by, part: 'school', reason: 'again' })
}

describe('a date of birth that is not the one the council holds', () => {
  test.each([
    ['workbook', 'return.xlsx', writeReturnWorkbook],
    ['CSV', 'return.csv', async (sheet: Parameters<typeof writeReturnCsv>[0]) => writeReturnCsv(sheet)],
  ] as const)('changes no byte of what the school meets, sent as %s', async (_, name, write) => {
    const same = await world.send(name, await write(await sheetWith(held)))
    const changed = await world.send(name, await write(await sheetWith(other)))
    expect(await metAtCheck(changed)).toEqual(await metAtCheck(same))
    for (const text of await metAfterwards(changed)) {
      expect(text).toMatch(/^200/)
      expect(text).not.toMatch(/3 February 2010|03\/02\/2010|2010-02-03|to look into/)
    }
    await takeBack(changed)
  })

  test('reaches the officer and the head on the file’s page and the pupil’s, noted, and nobody else', async () => {
    const received = await world.send('return.csv', writeReturnCsv(await sheetWith(other)))
    if (received.outcome === 'refused') throw new Error('refused')
    const ours = `/imports/${received.imports[0]}`
    for (const who of ['officer', 'head']) expect(await page(who, ours), 'a draft is the school’s own').toMatch(/^404/)
    await world.confirm(received)
    for (const who of ['officer', 'head']) {
      const file = await page(who, ours)
      expect(file).toContain('Date of birth to look into')
      expect(file).toContain('Sent: 3 February 2010. We hold: 14 May 2012.')
      const record = await page(who, `/pupils/${pupilId}`)
      expect(record).toContain('Date of birth to look into')
      expect(record).not.toContain('2010')
      expect(await page(who, `/pupils/${pupilId}?full=1`)).toContain('Sent: 3 February 2010.')
    }
    for (const who of ['data', 'lead'])
      for (const path of [ours, `/pupils/${pupilId}`, `/pupils/${pupilId}?full=1`])
        expect(await page(who, path), `${who} ${path}`).not.toMatch(/to look into|3 February 2010/)
    const noted = await world.runtime.db.query
      .selectFrom('audit')
      .select('person_number')
      .where('action', '=', 'date of birth compared')
      .execute()
    expect(noted.length).toBe(2)
    await takeBack(received)
    expect(await page('officer', `/pupils/${pupilId}`)).not.toContain('to look into')
  })

  test('is gone once the newest file says the same as the council', async () => {
    const wrong = await world.send('return.csv', writeReturnCsv(await sheetWith(other)))
    await world.confirm(wrong)
    expect(await page('officer', `/pupils/${pupilId}`)).toContain('to look into')
    const right = await world.send('return.csv', writeReturnCsv(await sheetWith(held)))
    await world.confirm(right)
    expect(await page('officer', `/pupils/${pupilId}`)).not.toContain('to look into')
  })
})
