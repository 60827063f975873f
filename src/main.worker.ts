import type { D1Database, MessageBatch, Queue, R2Bucket } from '@cloudflare/workers-types'
import type { ExecutionContext } from 'hono'
import { z } from 'zod'
import { startWords } from '../templates/words/en/start.ts'
import { configFor, isLoopback } from './config.ts'
import { askForWaitingFiles } from './intake/waiting-file.ts'
import { demoMail, noMailService, serviceMail } from './runtime/worker/mail.ts'
import { openWorkerRuntime, type WaitingMessage } from './runtime/worker/open.ts'
import type { Runtime } from './runtime.ts'
import { seedDemo } from './seed/demo.ts'
import { Conflict } from './store/db.ts'
import { isDemo, isEmpty } from './store/mark.ts'
import { createApp } from './web/app.ts'

type Bindings = {
  readonly DB: D1Database
  readonly FILES: R2Bucket
  readonly WAITING: Queue<WaitingMessage>
  readonly VSX_ORIGIN: string
  readonly VSX_DEMO?: string
  readonly MAIL_URL?: string
  readonly MAIL_TOKEN?: string
}

const Settings = z.object({
  VSX_ORIGIN: z.url({ protocol: /^https?$/ }),
  VSX_DEMO: z.enum(['', '0', '1']).default(''),
  MAIL_URL: z.union([z.literal(''), z.url({ protocol: /^https$/ })]).default(''),
  MAIL_TOKEN: z.string().default(''),
})

const Waiting = z.object({ name: z.literal('read-waiting-file'), id: z.string() })

const settingsOf = (bindings: Bindings) => {
  const read = Settings.safeParse(bindings)
  if (read.success) return read.data
  throw new Error(`${startWords.settings} ${read.error.issues.map(({ path }) => path.join('.')).join(', ')}`)
}

const open = (bindings: Bindings, context: Pick<ExecutionContext, 'waitUntil'>, queue = true): Runtime => {
  const { VSX_ORIGIN, VSX_DEMO, MAIL_URL, MAIL_TOKEN } = settingsOf(bindings)
  const noService = VSX_DEMO === '1' ? demoMail : noMailService
  return openWorkerRuntime({
    database: bindings.DB,
    bucket: bindings.FILES,
    config: configFor(VSX_ORIGIN, 'd1'),
    sendEmail: MAIL_URL && MAIL_TOKEN ? serviceMail({ url: MAIL_URL, token: MAIL_TOKEN }) : noService,
    waitUntil: (promise) => context.waitUntil(promise),
    ...(queue ? { queue: bindings.WAITING } : {}),
  })
}

type Environment = { readonly runtime: Runtime }
const app = createApp((environment) => (environment as Environment).runtime)

/** What kind of store it is, once an isolate knows: a store never changes from one to the other. */
let demo: boolean | undefined

const fillWhereEmpty = async (runtime: Runtime): Promise<void> => {
  if (!isLoopback(new URL(runtime.config.origin).hostname) || !(await isEmpty(runtime.db.query))) return
  try {
    await seedDemo(runtime)
  } catch (error) {
    // Another request was filling the same empty store: its demo is as good.
    if (!(error instanceof Conflict)) throw error
  }
}

// The answer is shared between requests, never the promise: in workerd it would end with the request that began it.
const isDemoStore = async (runtime: Runtime, wanted: boolean): Promise<boolean> => {
  if (demo !== undefined) return demo
  if (wanted) await fillWhereEmpty(runtime)
  demo = await isDemo(runtime.db.query)
  return demo
}

/** What Cloudflare calls: for a request, by the clock, and with what a queue brings. */
const handler = {
  fetch: async (request: Request, bindings: Bindings, context: ExecutionContext): Promise<Response> => {
    const runtime = open(bindings, context)
    const demoHere = await isDemoStore(runtime, settingsOf(bindings).VSX_DEMO === '1')
    if (demoHere && !isLoopback(new URL(request.url).hostname)) {
      return new Response(`${startWords.demoStaysHere}\n`, { status: 503, headers: { 'cache-control': 'no-store' } })
    }
    return app.fetch(request, { runtime } satisfies Environment, context)
  },
  scheduled: async (_event: unknown, bindings: Bindings, context: ExecutionContext): Promise<void> => {
    const runtime = open(bindings, context)
    // Each on its own: where no mail can be sent, a file that waits is looked after all the same.
    const done = await Promise.allSettled([
      askForWaitingFiles(runtime),
      runtime.start({ name: 'remind' }).then(() => runtime.start({ name: 'send-mail' })),
    ])
    for (const one of done) if (one.status === 'rejected') throw one.reason
  },
  queue: async (batch: MessageBatch, bindings: Bindings, context: ExecutionContext): Promise<void> => {
    const runtime = open(bindings, context, false)
    for (const message of batch.messages) {
      const asked = Waiting.safeParse(message.body)
      if (!asked.success) message.ack()
      else if ((await runtime.start(asked.data)).outcome === 'elsewhere') message.retry({ delaySeconds: 600 })
      else message.ack()
    }
  },
}

export default handler
