import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { commonWords } from '../words/en/common.ts'
import { signInWords } from '../words/en/sign-in.ts'
import { paths } from './paths.ts'
import { Sprite } from './state.tsx'

/** Put in by the build: it changes with any asset, so that browsers may keep each for ever. */
declare const ASSET_VERSION: string | undefined

const asset = (name: string) => `/assets/${name}${typeof ASSET_VERSION === 'string' ? `?v=${ASSET_VERSION}` : ''}`

/** The headings of the main menu, by what a person may open. */
export type MenuKey = keyof typeof commonWords.menu

/** Who is reading, what they may open, and whether the store is a demo: the same for every page of a session. */
export type Frame = {
  readonly person: {
    readonly name: string
    /** The role in plain words: 'designated teacher'. */
    readonly role: string
    /** The school, or the virtual school. */
    readonly place: string
    /** True where the person can act for more than one school or council. */
    readonly several: boolean
  } | null
  readonly menu: readonly MenuKey[]
  readonly demo: boolean
  /** In how many minutes the session ends if nothing is done. */
  readonly endsIn?: number
}

/** What a form would have a person mend; `field` is the id of the control it goes to. */
export type ToMend = { readonly text: string; readonly field: string }

/** The menu of a setting's lead or colleague. */
export const schoolMenu: readonly MenuKey[] = ['inbox', 'pupils', 'money', 'receipts', 'yourSchool']

/** The menu of a virtual school's officer; fewer entries for those who may open fewer. */
export const virtualSchoolMenu: readonly MenuKey[] = [
  'rounds',
  'calls',
  'attendance',
  'unmatched',
  'places',
  'pupils',
  'funding',
  'imports',
  'schools',
  'people',
]

/** The frame of a page that nobody need be signed in for. */
export const signedOutFrame = (demo: boolean): Frame => ({ person: null, menu: [], demo })

type LayoutProps = {
  readonly title: string
  readonly frame: Frame
  readonly here?: MenuKey | undefined
  readonly back?: { readonly href: string; readonly text: string } | undefined
  readonly toMend?: readonly ToMend[] | undefined
  /** A script of this page alone; the page works without it. */
  readonly script?: string
  readonly children?: Child
}

/** The whole document around a page: mark, menu, who is signed in, what to mend, and the foot. */
export const Layout = ({ title, frame, here, back, toMend = [], script, children }: LayoutProps) => (
  <>
    {raw('<!DOCTYPE html>')}
    <html class="govuk-template" lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <title>{`${toMend.length > 0 ? commonWords.toMendTitle : ''}${title} – ${commonWords.product}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#55264f" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="format-detection" content="telephone=no, date=no, address=no" />
        <link rel="icon" href={asset('mark.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={asset('govuk-frontend.min.css')} />
        <link rel="stylesheet" href={asset('app.css')} />
        <script src={asset('app.js')} defer></script>
        {script && <script src={asset(script)} defer></script>}
      </head>
      <body class="govuk-template__body">
        <a href="#main" class="govuk-skip-link">
          {commonWords.skip}
        </a>
        <Sprite />
        {frame.demo && (
          <aside class="demo" aria-label={commonWords.demoLabel}>
            <p class="govuk-width-container">
              {commonWords.demo}{' '}
              <a class="govuk-link" href={paths.demoOutbox}>
                {commonWords.demoOutbox}
              </a>
            </p>
          </aside>
        )}
        <Header frame={frame} here={here} />
        <div class="govuk-width-container">
          {back && (
            <nav aria-label={commonWords.back}>
              <a href={back.href} class="govuk-back-link">
                {back.text}
              </a>
            </nav>
          )}
          <main class="govuk-main-wrapper" id="main" tabindex={-1}>
            {frame.endsIn !== undefined && (
              <p class="note note--wait ends" role="alert" hidden data-ends={frame.endsIn}>
                {signInWords.ends}
              </p>
            )}
            {toMend.length > 0 && <MendSummary toMend={toMend} />}
            {children}
          </main>
        </div>
        <Foot frame={frame} />
      </body>
    </html>
  </>
)

const Mark = () => (
  <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect class="mark" width="32" height="32" rx="3" />
    <path d="M7 24 14.4 8M17.6 8 25 24" fill="none" stroke="#fff" stroke-width="3.4" />
  </svg>
)

const Header = ({ frame, here }: { readonly frame: Frame; readonly here: MenuKey | undefined }) => (
  <header class="head">
    <div class="govuk-width-container">
      <div class="head__row">
        <a class="head__name" href={paths.home}>
          <Mark />
          {commonWords.product}
        </a>
        {frame.person && (
          <div class="head__who">
            <span>{`${frame.person.name}, ${frame.person.role}, ${frame.person.place}`}</span>
            {frame.person.several && (
              <a class="govuk-link" href={paths.capacity}>
                {commonWords.changeCapacity}
              </a>
            )}
            <form method="post" action={paths.signOut}>
              <button type="submit" class="aslink">
                {commonWords.signOut}
              </button>
            </form>
          </div>
        )}
      </div>
      {frame.menu.length > 0 && (
        <nav class="nav" aria-label={commonWords.mainMenu}>
          <ul class="flat">
            {frame.menu.map((key) => (
              <li>
                <a href={paths[key]} aria-current={key === here ? 'page' : undefined}>
                  {commonWords.menu[key]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  </header>
)

const MendSummary = ({ toMend }: { readonly toMend: readonly ToMend[] }) => (
  <div class="govuk-error-summary" role="alert" aria-labelledby="to-mend" tabindex={-1} autofocus>
    <h2 class="govuk-error-summary__title" id="to-mend">
      {commonWords.thereIsSomething}
    </h2>
    <ul class="govuk-list govuk-error-summary__list">
      {toMend.map(({ text, field }) => (
        <li>
          <a href={`#${field}`}>{text}</a>
        </li>
      ))}
    </ul>
  </div>
)

const Foot = ({ frame }: { readonly frame: Frame }) => (
  <footer class="foot">
    <div class="govuk-width-container">
      <ul class="flat">
        {(['help', 'neverAsk', 'privacy', 'accessibility'] as const).map((key) => (
          <li>
            <a class="govuk-link" href={paths[key]}>
              {commonWords.foot[key]}
            </a>
          </li>
        ))}
      </ul>
      {frame.person && <p class="govuk-body small quiet">{commonWords.noted}</p>}
    </div>
  </footer>
)
