import { Hono } from 'hono'
import { describe, expect, it, vi } from 'vitest'
import type { Web } from '../../src/web/context.ts'
import { followed } from '../../src/web/followed.ts'
import { reply } from '../../src/web/reply.tsx'

const app = new Hono<Web>()
app.get('/goes', (context) =>
  followed(context, async (kept) => {
    kept(120, 200)
    kept(121, 200)
    await new Promise((resolve) => setTimeout(resolve, 20))
    return reply.goTo(context, '/return/uploads/x')
  }),
)
app.get('/page', (context) => followed(context, () => context.html('<h1>Not read</h1>', 422)))
app.get('/stops', (context) => followed(context, () => Promise.reject(new Error('Amara D.'))))

const linesOf = async (path: string) => {
  const answer = await app.request(path, { headers: { accept: 'application/x-ndjson' } })
  expect(answer.status).toBe(200)
  return (await answer.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

describe('work that a script follows', () => {
  it('is told row by row, not too often, and last where to go on', async () => {
    expect(await linesOf('/goes')).toEqual([{ done: 120, of: 200 }, { goTo: '/return/uploads/x' }])
  })

  it('ends with the page to show', async () => {
    expect(await linesOf('/page')).toEqual([{ page: '<h1>Not read</h1>' }])
  })

  it('says that it stopped, and writes down no words of the fault', async () => {
    const written = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    expect(await linesOf('/stops')).toEqual([{ stopped: true }])
    expect(String(written.mock.calls[0]?.[0])).toMatch(/^fault .*\/stops/)
    expect(String(written.mock.calls)).not.toContain('Amara')
    written.mockRestore()
  })

  it('is simply answered to anybody else', async () => {
    const answer = await app.request('/goes')
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/return/uploads/x'])
    expect((await app.request('/page')).status).toBe(422)
  })
})
