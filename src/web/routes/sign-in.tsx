import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { paths } from '../../../templates/components/paths.ts'
import { signInCodeEmail } from '../../../templates/emails/emails.ts'
import {
  CapacityPage,
  CarryOnPage,
  SignedOutPage,
  SignInCodePage,
  SignInPage,
} from '../../../templates/pages/sign-in.tsx'
import { roleIn } from '../../../templates/words/en/roles.ts'
import { signInWords as words } from '../../../templates/words/en/sign-in.ts'
import { plusMinutes, todayInLondon } from '../../domain/dates.ts'
import { newPublicId } from '../../domain/identifiers.ts'
import { demoPeople } from '../../seed/demo.ts'
import { audit } from '../../store/audit.ts'
import { Conflict } from '../../store/db.ts'
import { addToOutbox } from '../../store/outbox.ts'
import {
  endSession,
  type NamedPart,
  partsOf,
  personByEmail,
  startSession,
  turnSession,
  writePart,
} from '../../store/people.ts'
import { addCode, addTry, codeById, codesSince, spendCode } from '../../store/sign-in-code.ts'
import type { Web, WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { hashOf, newCode, newSecret, sameText } from '../secrets.ts'
import { carry, type Typed, typedBefore } from '../typed.ts'
import { cookieName, sessionMinutes, signedIn } from '../viewer.ts'

/** How long a code can be used, and how many an address may ask for in a quarter of an hour. */
const codeMinutes = 10
const codesAtMost = 5

const cookie = (context: WebContext, maxAge: number) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: context.var.runtime.config.origin.startsWith('https:'),
    maxAge,
  }) as const

const asked = (context: Context<Web>) => {
  const [id, secret, email] = (getCookie(context, cookieName(context, 'vsx-code')) ?? '').split('.')
  return id && secret && email ? { id, secret, email: decodeURIComponent(email.replaceAll('*', '%')) } : undefined
}

const keptOf = (typed: Typed | undefined) => typed && { to: typed.to, text: carry(typed) }

/** The part in which a page is worked on that a school's people alone open, or a council's. */
const partFor = (path: string) => (/^\/(return|inbox|receipts|your-school)\b/.test(path) ? 'school' : 'council')

/** Signing in by a code sent to a work e-mail, choosing a part, and signing out. */
export const signInRoutes = new Hono<Web>()

signInRoutes.get(paths.signIn, (context) =>
  reply.page(
    context,
    <SignInPage
      demo={context.var.demo}
      {...(context.var.demo
        ? {
            demoPeople: demoPeople.map(({ name, email, role }) => ({
              name,
              email,
              role: role.split(', ')[0] ?? '',
              place: role.split(', ').slice(1).join(', '),
            })),
          }
        : {})}
    />,
  ),
)

signInRoutes.post(paths.signIn, async (context) => {
  const { runtime, demo } = context.var
  const { db } = runtime
  const email = field(context, 'email').toLowerCase()
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) || email.length > 254)
    return reply.page(
      context,
      <SignInPage demo={demo} email={email} toMend={words.emailToMend} kept={keptOf(typedBefore(context))} />,
      422,
    )
  const now = runtime.now()
  const emailHash = await hashOf(email)
  if ((await codesSince(db.query, emailHash, plusMinutes(now, -15))) >= codesAtMost) return reply.tooMany(context, 15)
  const person = await personByEmail(db.query, email)
  const parts = person ? await partsOf(db.query, person.number, todayInLondon(now)) : []
  const known = parts.length > 0 ? person : undefined
  const [id, secret, code] = [newPublicId(), newSecret(), newCode()]
  const mail = signInCodeEmail(code, codeMinutes)
  await db.commit([
    addCode(db.query, {
      id,
      person: known?.number ?? null,
      emailHash,
      browserHash: await hashOf(secret),
      codeHash: await hashOf(`${id}.${code}`),
      at: now,
      expiresAt: plusMinutes(now, codeMinutes),
    }),
    ...(known ? [addToOutbox(db.query, { id: newPublicId(), to: known.email, ...mail, at: now })] : []),
  ])
  // Not waited for: an address that is known must not answer later than one that is not.
  void runtime.start({ name: 'send-mail' }).catch(() => undefined)
  setCookie(
    context,
    cookieName(context, 'vsx-code'),
    `${id}.${secret}.${encodeURIComponent(email).replaceAll('.', '%2E').replaceAll('%', '*')}`,
    cookie(context, codeMinutes * 60),
  )
  const kept = keptOf(typedBefore(context))
  return kept
    ? reply.page(context, <SignInCodePage demo={demo} email={email} minutes={codeMinutes} kept={kept} />)
    : reply.goTo(context, paths.signInCode)
})

signInRoutes.get(paths.signInCode, (context) => {
  const code = asked(context)
  if (!code) return reply.signIn(context)
  return reply.page(context, <SignInCodePage demo={context.var.demo} email={code.email} minutes={codeMinutes} />)
})

signInRoutes.post(paths.signInCode, async (context) => {
  const { runtime, demo } = context.var
  const { db } = runtime
  const sent = asked(context)
  if (!sent) return reply.signIn(context)
  const again = (toMend: string) =>
    reply.page(
      context,
      <SignInCodePage
        demo={demo}
        email={sent.email}
        minutes={codeMinutes}
        toMend={toMend}
        kept={keptOf(typedBefore(context))}
      />,
      422,
    )
  const now = runtime.now()
  const found = await codeById(db.query, sent.id, await hashOf(sent.secret), now)
  if (!found || (found.tries ?? 0) >= 5) return again(words.codeSpent)
  try {
    await db.commit([addTry(db.query, found.id, (found.tries ?? 0) + 1, now)])
  } catch (problem) {
    if (problem instanceof Conflict) return again(words.codeToMend)
    throw problem
  }
  const typed = field(context, 'code').replace(/\D/g, '')
  const right = sameText(await hashOf(`${found.id}.${typed}`), found.codeHash)
  if (!right || found.person === null) return again(words.codeToMend)
  const parts = await partsOf(db.query, found.person, todayInLondon(now))
  const left = typedBefore(context)
  const first = parts.find(({ part }) => left && part.kind === partFor(left.to)) ?? parts[0]
  if (!first) return again(words.codeToMend)
  const trusted = field(context, 'stay') === 'yes'
  const minutes = trusted ? sessionMinutes.trusted : sessionMinutes.idle
  const token = newSecret()
  await db.commit([
    spendCode(db.query, found.id, now),
    startSession(db.query, {
      tokenHash: await hashOf(token),
      id: newPublicId(),
      person: found.person,
      part: writePart(first.part),
      trusted,
      at: now,
      expiresAt: plusMinutes(now, minutes),
    }),
    audit(db.query, { at: now, person: found.person, part: 'system', action: 'signed in' }),
  ])
  deleteCookie(context, cookieName(context, 'vsx-code'), cookie(context, 0))
  setCookie(context, cookieName(context, 'vsx-session'), token, cookie(context, sessionMinutes.longest * 60))
  if (left) return reply.page(context, <CarryOnPage demo={demo} {...left} />)
  return reply.goTo(context, parts.length > 1 ? paths.capacity : paths.home)
})

/** A part as the form names it: the school part is one, a role in a council goes by both their names. */
const choiceOf = ({ part, role, at }: NamedPart): string => (part.kind === 'council' ? `${role} ${at}` : part.kind)

signInRoutes.get(paths.capacity, signedIn, (context) => {
  const { parts } = context.var.viewer
  const choices = parts.map((one) => ({ id: choiceOf(one), role: roleIn(one.role, one.phases), place: one.at }))
  return reply.page(context, <CapacityPage frame={frameOf(context)} choices={choices} />)
})

signInRoutes.post(paths.capacity, signedIn, async (context) => {
  const { runtime, viewer } = context.var
  const chosen = viewer.parts.find((one) => choiceOf(one) === field(context, 'capacity'))
  if (!chosen) return reply.notFound(context)
  await runtime.db.commit([turnSession(runtime.db.query, viewer.session.id, writePart(chosen.part))])
  return reply.goTo(context, paths.home)
})

signInRoutes.post(paths.signOut, signedIn, async (context) => {
  const { runtime, viewer } = context.var
  await runtime.db.commit([
    endSession(runtime.db.query, viewer.person.number, viewer.session.id, runtime.now()),
    audit(runtime.db.query, { at: runtime.now(), person: viewer.person.number, part: 'system', action: 'signed out' }),
  ])
  deleteCookie(context, cookieName(context, 'vsx-session'), cookie(context, 0))
  context.header('clear-site-data', '"cache", "cookies", "storage"')
  return reply.goTo(context, paths.signedOut)
})

signInRoutes.get(paths.signedOut, (context) => reply.page(context, <SignedOutPage demo={context.var.demo} />))
