import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pence } from '../../src/domain/funding/pence.ts'
import { sentWords } from '../../templates/words/en/application.ts'
import { decideWords } from '../../templates/words/en/funding.ts'
import { moneyWorld } from './money-world.ts'

let world: Awaited<ReturnType<typeof moneyWorld>>
beforeAll(async () => {
  world = await moneyWorld()
}, 60_000)
afterAll(async () => world.runtime.close())

describe('who asks does not decide', () => {
  test('a teacher on the panel finds none of the applications of their own school there, and decides on none', async () => {
    const { as, asked, decide } = world
    const id = await asked(900_00, 'lead')
    const panel = await as('teacher', 'panel_member')
    expect(await (await panel.get('/funding')).text()).not.toContain(id)
    expect((await panel.get(`/funding/applications/${id}`)).status).toBe(404)
    expect((await decide('teacher', 'panel_member', id, { amount: '900' })).status).toBe(404)
    expect((await (await as('member', 'panel_member')).get(`/funding/applications/${id}`)).status).toBe(200)
    // An officer who is a deputy there reads it, and is told why it is not theirs to decide.
    const officer = await as('deputy', 'officer')
    const page = await officer.get(`/funding/applications/${id}`)
    expect(await page.text()).toContain(decideWords.problems.asks_themselves)
    const answer = await decide('deputy', 'officer', id, { kind: 'decline', said: 'No' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(decideWords.problems.asks_themselves)
    // For the school they follow it as before.
    expect((await (await as('teacher')).get(`/money/applications/${id}`)).status).toBe(200)
  })
})

describe('one of two who turns out to have an interest', () => {
  test('has promised nothing: two others have to agree', async () => {
    const { as, asked, decide, applicationRow, paymentsFor, pot } = world
    const id = await asked(3000_00)
    const before = await pot('allocated')
    expect((await decide('member', 'panel_member', id, { amount: '3000' })).status).toBe(303)
    expect((await applicationRow(id)).state).toBe('second')
    const said = await (await as('member', 'panel_member')).post(`/funding/applications/${id}/interest`, {
      interest: 'The tutor is my brother',
    })
    expect(said.status).toBe(303)
    expect(await applicationRow(id)).toMatchObject({ state: 'waiting', agreed: null, year: null })
    expect(await pot('allocated')).toBe(before)
    expect((await decide('head', 'head', id, { amount: '3000' })).status).toBe(303)
    expect(await paymentsFor(id)).toEqual([])
    expect((await decide('other', 'panel_member', id, { amount: '3000' })).status).toBe(303)
    expect(await paymentsFor(id)).toHaveLength(1)
  })
})

describe('whom two people pay', () => {
  test('the second agrees to the payee of the first, or to nothing', async () => {
    const { as, asked, decide, applicationRow, paymentsFor, runtime } = world
    await (await as('finance', 'finance')).post('/funding/payees/new', {
      ...{ name: 'Tutors of Small Bridge', route: 'invoice', supplier: 'V7', costCode: '' },
    })
    const { id: tutor, number } = await runtime.db.query
      .selectFrom('payee')
      .select(['id', 'number'])
      .where('school_number', 'is', null)
      .executeTakeFirstOrThrow()
    const id = await asked(2500_00)
    expect((await decide('member', 'panel_member', id, { amount: '2500', payee: tutor })).status).toBe(303)
    const page = await (await (await as('head', 'head')).get(`/funding/applications/${id}`)).text()
    expect(page).toContain('paid to Tutors of Small Bridge')
    expect(page).toMatch(new RegExp(`<option value="${tutor}" selected`))
    const other = await decide('head', 'head', id, { amount: '2500', payee: '' })
    expect(other.status).toBe(422)
    expect(await other.text()).toContain(decideWords.problems.payee)
    expect((await applicationRow(id)).state).toBe('second')
    expect((await decide('head', 'head', id, { amount: '2500', payee: tutor })).status).toBe(303)
    expect(await paymentsFor(id)).toMatchObject([{ payee_number: number }])
  })
})

describe('what a school reads while two people decide', () => {
  test('not what one of them agreed, nor who it was', async () => {
    const { as, asked, decide } = world
    const id = await asked(2900_00)
    await decide('member', 'panel_member', id, { amount: '2750.50', said: 'SaidTooEarly' })
    const school = await as('lead')
    for (const page of [`/money/applications/${id}`, '/money']) {
      const text = await (await school.get(page)).text()
      for (const word of ['2,750.50', 'SaidTooEarly', 'Mem Small', sentWords.events.seconded])
        expect(text, `${word} on ${page}`).not.toContain(word)
    }
    const council = await (await as('head', 'head')).get(`/funding/applications/${id}`)
    expect(await council.text()).toContain(
      decideWords.second({ amount: pence(275050), by: 'Mem Small', paid: 'Small Bridge School' }),
    )
  })
})
