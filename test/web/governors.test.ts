import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { scopeFor } from '../../src/access/scope.ts'
import { plusMinutes } from '../../src/domain/dates.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import { newestHeld } from '../../src/returns/newest-held.ts'
import { startSession } from '../../src/store/people.ts'
import { closeRound, openRounds } from '../../src/store/rounds.ts'
import { createApp } from '../../src/web/app.ts'
import { hashOf, newSecret } from '../../src/web/secrets.ts'
import { testConfig } from '../runtime/temporary.ts'
import { type SmallPupil, smallWorld } from '../small-world.ts'

const surnames = [
  'Alder',
  'Birch',
  'Cedar',
  'Damson',
  'Elder',
  'Furze',
  'Gorse',
  'Hazel',
  'Iris',
  'Juniper',
  'Kale',
  'Lime',
]
const pupils: readonly SmallPupil[] = surnames.map((surname) => ({ surname, year: '5', born: '2016-10-01' }))

let world: Awaited<ReturnType<typeof smallWorld>>
beforeAll(async () => {
  world = await smallWorld(pupils)
}, 60_000)
afterAll(async () => world.runtime.close())

const governors = async (): Promise<string> => {
  const { runtime, by } = world
  const [token, now] = [newSecret(), runtime.now()]
  await runtime.db.commit([
    startSession(runtime.db.query, {
      ...{ tokenHash: await hashOf(token), id: newPublicId(), person: by, part: 'school', trusted: true, at: now },
      expiresAt: plusMinutes(now, 600),
    }),
  ])
  const answer = await createApp(() => runtime).request(`${testConfig.origin}/your-school/governors/report.csv`, {
    headers: { cookie: `vsx-session=${token}` },
  })
  expect(answer.status).toBe(200)
  return (await answer.text()).replaceAll('"', '')
}

const send = async (band: string) =>
  world.confirm(
    await world.send(
      'r.xlsx',
      await writeReturnWorkbook(
        await world.sheet(Object.fromEntries(surnames.map((surname) => [surname, { reading_band: band }]))),
      ),
    ),
  )

/** Of which term the newest return is, what it says, and of how many children. */
const held = async () => {
  const { runtime, by, school } = world
  const scope = scopeFor(by, { kind: 'school' }, runtime.now())
  const all = await newestHeld(runtime.db.query, scope, school.number)
  const said = all.map(({ standing }) => `${standing?.round.term} ${standing?.answers.get('reading_band')?.value}`)
  return [...new Set(said)].map((one) => `${one}: ${said.filter((other) => other === one).length}`)
}

test('the governors read the newest return that was sent, whether its round is open, closed, or followed by one nobody has answered', async () => {
  expect(await held()).toEqual(['undefined undefined: 12'])
  expect(await governors()).toContain('12 looked-after children')
  await world.open('2026-11-20', 2026, 'autumn', '2026-11-10')
  expect(await held()).toEqual(['autumn undefined: 12'])
  await send('below')
  expect(await held()).toEqual(['autumn below: 12'])
  const autumn = await governors()
  expect(autumn).toMatch(/\n8% of the answers asked for are held: 24 of/)
  await world.open('2027-03-10', 2026, 'spring', '2027-03-05')
  expect(await held()).toEqual(['autumn below: 12'])
  expect(await governors()).toBe(autumn)
  await send('at')
  expect(await held()).toEqual(['spring at: 12'])
  const { db, now } = world.runtime
  await db.commit((await openRounds(db.query)).map(({ number }) => closeRound(db.query, number, now())))
  expect(await held()).toEqual(['spring at: 12'])
  expect(await governors()).toContain('7% of the answers asked for are held: 24 of 348')
  world.set('2028-06-01')
  expect(await held()).toEqual(['undefined undefined: 12'])
}, 60_000)
