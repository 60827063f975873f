import type { Child } from 'hono/jsx'
import { type Frame, type MenuKey, signedOutFrame } from '../../templates/components/layout.tsx'
import { paths } from '../../templates/components/paths.ts'
import {
  ConflictPage,
  ForbiddenPage,
  NotFoundPage,
  ServerFaultPage,
  TooBigPage,
  TooManyPage,
} from '../../templates/pages/errors.tsx'
import { SignInPage } from '../../templates/pages/sign-in.tsx'
import { roleIn } from '../../templates/words/en/roles.ts'
import { may } from '../access/scope.ts'
import { minutesBetween } from '../domain/dates.ts'
import type { Viewer, WebContext } from './context.ts'
import { carry, typedNow } from './typed.ts'

const menuOf = ({ part }: Viewer): readonly MenuKey[] => {
  const entries: readonly (readonly [MenuKey, boolean])[] = [
    ['inbox', may(part, 'answer returns')],
    ['rounds', may(part, 'work with returns')],
    ['calls', may(part, 'work with returns')],
    ['attendance', may(part, 'work with returns')],
    ['unmatched', may(part, 'match rows')],
    ['places', may(part, 'keep pupils')],
    ['pupils', may(part, 'read pupils')],
    ['money', may(part, 'ask for money')],
    ['funding', may(part, 'decide on money')],
    ['fundingPayments', may(part, 'see payments') && !may(part, 'decide on money')],
    ['receipts', may(part, 'answer returns')],
    ['imports', may(part, 'work with returns')],
    ['schools', may(part, 'keep people')],
    ['people', may(part, 'keep people')],
    ['yourSchool', may(part, 'run own school')],
  ]
  return entries.flatMap(([key, shown]) => (shown ? [key] : []))
}

/** The frame around a page for whoever asks for it. */
export const frameOf = (context: WebContext): Frame => {
  const viewer: Viewer | undefined = context.get('viewer')
  if (!viewer) return signedOutFrame(context.var.demo)
  const { named, parts } = viewer
  return {
    person: {
      name: named.name,
      role: roleIn(named.role, named.phases),
      place: named.at,
      several: parts.length > 1,
    },
    endsIn: minutesBetween(context.var.runtime.now(), viewer.session.expiresAt),
    menu: menuOf(viewer),
    demo: context.var.demo,
  }
}

const wantsProblem = (context: WebContext) =>
  /application\/(problem\+)?json/.test(context.req.header('accept') ?? '') &&
  !/text\/html/.test(context.req.header('accept') ?? '')

type Status = 200 | 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503

const problem = (context: WebContext, status: Status, title: string) =>
  context.body(JSON.stringify({ type: 'about:blank', title, status }), status, {
    'content-type': 'application/problem+json; charset=utf-8',
  })

const say = (context: WebContext, status: Status, title: string, page: Child) =>
  wantsProblem(context) ? problem(context, status, title) : html(context, page, status)

const html = (context: WebContext, page: Child, status: Status = 200) => context.html(`${page}`, status)

/** The answers a handler can give: a page, a way on, or one of the refusals, each always the same for the same reason. */
export const reply = {
  page: html,
  /** After a change: the browser goes on with a GET. */
  goTo: (context: WebContext, path: string) =>
    // Where the answer has begun already (see `followed`), its headers can be touched no more.
    context.finalized ? new Response(null, { status: 303, headers: { location: path } }) : context.redirect(path, 303),
  /** Not there, or not this person's: the two cannot be told apart. */
  notFound: (context: WebContext) => say(context, 404, 'Not found', <NotFoundPage frame={frameOf(context)} />),
  forbidden: (context: WebContext) =>
    say(context, 403, 'Not from this site', <ForbiddenPage frame={frameOf(context)} />),
  tooBig: (context: WebContext, most: number) =>
    say(context, 413, 'Too big', <TooBigPage frame={frameOf(context)} most={most} />),
  tooMany: (context: WebContext, minutes: number) =>
    say(context, 429, 'Too many tries', <TooManyPage frame={frameOf(context)} minutes={minutes} />),
  changedMeanwhile: (context: WebContext, again: string) =>
    say(context, 409, 'Changed meanwhile', <ConflictPage frame={frameOf(context)} again={again} />),
  fault: (context: WebContext) =>
    say(context, 500, 'Fault', <ServerFaultPage frame={frameOf(context)} reference={context.var.reference} />),
  /** The page that a part begins with. */
  start: (context: WebContext) => context.redirect(paths[menuOf(context.var.viewer)[0] ?? 'help'], 303),
  /** To sign in: with what was just typed, where anything was, so that it is not lost. */
  signIn: (context: WebContext) => {
    const typed = typedNow(context)
    if (!typed || wantsProblem(context)) return context.redirect(paths.signIn, 303)
    return html(context, <SignInPage demo={context.var.demo} kept={{ to: typed.to, text: carry(typed) }} />, 401)
  },
  file: (context: WebContext, bytes: Uint8Array, name: string, type: string) =>
    context.body(new Uint8Array(bytes), 200, {
      'content-type': type,
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]+/g, '-')}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'content-security-policy': "sandbox; default-src 'none'",
    }),
} as const
