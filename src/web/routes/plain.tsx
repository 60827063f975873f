import { Hono } from 'hono'
import { paths } from '../../../templates/components/paths.ts'
import { OutboxPage } from '../../../templates/pages/outbox.tsx'
import { type PlainPageProps, PlainTextPage } from '../../../templates/pages/plain.tsx'
import { outboxMail } from '../../store/outbox.ts'
import type { Web } from '../context.ts'
import { frameOf, reply } from '../reply.tsx'
import { perhapsSignedIn } from '../viewer.ts'

/** Pages that nobody need be signed in for: help, what is never asked, privacy, accessibility; and a demo's outbox. */
export const plainRoutes = new Hono<Web>()

const pages: readonly (readonly [string, PlainPageProps['page']])[] = [
  [paths.help, 'help'],
  [paths.neverAsk, 'neverAsk'],
  [paths.privacy, 'privacy'],
  [paths.accessibility, 'accessibility'],
]
for (const [path, page] of pages)
  plainRoutes.get(path, perhapsSignedIn, (context) =>
    reply.page(context, <PlainTextPage frame={frameOf(context)} page={page} />),
  )

plainRoutes.get(paths.demoOutbox, perhapsSignedIn, async (context) => {
  if (!context.var.demo) return reply.notFound(context)
  const emails = await outboxMail(context.var.runtime.db.query, 50)
  return reply.page(
    context,
    <OutboxPage
      frame={frameOf(context)}
      emails={emails.map(({ to, subject, text, createdAt }) => ({ to, subject, text, at: createdAt }))}
    />,
  )
})
