import type { WebContext } from './context.ts'
import { noteFault } from './fault.ts'

/** The way a page's script asks to be told how far its file has come. */
const lines = 'application/x-ndjson'

/** How often a reader is told, at most, in milliseconds. */
const often = 100

/** Says how many of a file's rows are kept. */
export type Kept = (done: number, of: number) => void

/**
 * Does work that may take a while. To a script that asks for it the answer begins at once, and each of its lines says
 * how far the work has come; the last says where to go on, or holds the page to show. Anybody else gets the answer alone.
 */
export const followed = async (
  context: WebContext,
  work: (kept: Kept) => Response | Promise<Response>,
): Promise<Response> => {
  if (context.req.header('accept') !== lines) return work(() => undefined)
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  // A reader who has gone away does not stop the work: what was sent is kept for them.
  const say = (line: object) =>
    writer.write(new TextEncoder().encode(`${JSON.stringify(line)}\n`)).catch(() => undefined)
  let told = 0
  const kept: Kept = (done, of) => {
    if (Date.now() - told < often) return
    told = Date.now()
    void say({ done, of })
  }
  const run = async () => {
    try {
      const answer = await work(kept)
      const goTo = answer.headers.get('location')
      await say(goTo === null ? { page: await answer.text() } : { goTo })
    } catch (problem) {
      noteFault(context, problem)
      await say({ stopped: true })
    }
    await writer.close().catch(() => undefined)
  }
  void run()
  return context.body(readable, 200, { 'content-type': `${lines}; charset=utf-8` })
}
