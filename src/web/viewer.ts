import type { MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { type Deed, may, scopeFor } from '../access/scope.ts'
import { plusMinutes } from '../domain/dates.ts'
import { keepSession, partsOf, sessionByToken, writePart } from '../store/people.ts'
import type { Viewer, Web, WebContext } from './context.ts'
import { reply } from './reply.tsx'
import { hashOf } from './secrets.ts'

/** How long a session lasts: a working day on a machine of one's own, else half an hour since the last page. Minutes. */
export const sessionMinutes = { trusted: 600, idle: 30, longest: 600 } as const

/** Over https the browser itself guarantees who set the cookie; over http there is only the machine itself. */
export const cookieName = (context: WebContext, name: string) =>
  context.var.runtime.config.origin.startsWith('https:') ? `__Host-${name}` : name

/** The hashes of tokens seen lately: only the arithmetic is remembered, the session itself is read on every request. */
const hashes = new Map<string, string>()

const hashOfToken = async (token: string): Promise<string> => {
  const known = hashes.get(token)
  if (known !== undefined) return known
  const hash = await hashOf(token)
  if (hashes.size >= 200) hashes.clear()
  hashes.set(token, hash)
  return hash
}

const viewerOf = async (context: WebContext): Promise<Viewer | undefined> => {
  const { runtime } = context.var
  const token = getCookie(context, cookieName(context, 'vsx-session'))
  if (!token) return undefined
  const now = runtime.now()
  const session = await sessionByToken(runtime.db.query, await hashOfToken(token), now)
  if (!session) return undefined
  const scope = scopeFor(session.person.number, { kind: 'school' }, now)
  const parts = await partsOf(runtime.db.query, session.person.number, scope.today)
  const named = parts.find(({ part }) => writePart(part) === session.part) ?? parts[0]
  if (!named) return undefined
  let { expiresAt } = session
  if (!session.trusted && session.seenAt < plusMinutes(now, -5)) {
    expiresAt = plusMinutes(now, sessionMinutes.idle)
    await runtime.db.commit([keepSession(runtime.db.query, session.id, now, expiresAt)])
  }
  return {
    person: session.person,
    session: { ...session, expiresAt },
    part: named.part,
    named,
    parts,
    scope: { ...scope, part: named.part },
  }
}

/** Lets in who is signed in and has a part today; everybody else is sent, always the same way, to sign in. */
export const signedIn: MiddlewareHandler<Web> = async (context, next) => {
  // A page that two patterns lead to passes here twice: who asks is read once.
  if (context.get('viewer') as Viewer | undefined) return next()
  const viewer = await viewerOf(context)
  if (!viewer) return reply.signIn(context)
  context.set('viewer', viewer)
  return next()
}

/** Knows who is signed in on a page that anybody may read, so that the menu stays where it was. */
export const perhapsSignedIn: MiddlewareHandler<Web> = async (context, next) => {
  const viewer = await viewerOf(context)
  if (viewer) context.set('viewer', viewer)
  return next()
}

/** Lets on only who may do a deed at all; to anybody else the page is not there. */
export const only =
  (deed: Deed): MiddlewareHandler<Web> =>
  async (context, next) =>
    may(context.var.viewer.part, deed) ? next() : reply.notFound(context)
