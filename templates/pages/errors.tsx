import type { Child } from 'hono/jsx'
import { ButtonLink } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { errorWords as words } from '../words/en/errors.ts'

type FramedProps = { readonly frame: Frame }

const Fault = (props: {
  readonly frame: Frame
  readonly title: string
  readonly says: string
  readonly next?: Child
  readonly href?: string
  readonly link?: string
}) => (
  <Layout title={props.title} frame={props.frame}>
    <h1 class="govuk-heading-l">{props.title}</h1>
    <p class="lead measure">{props.says}</p>
    {props.next && <p class="govuk-body measure">{props.next}</p>}
    <ButtonLink href={props.href ?? paths.home}>{props.link ?? words.home}</ButtonLink>
  </Layout>
)

/** Missing and denied alike: the same bytes for the same reader. */
export const NotFoundPage = ({ frame }: FramedProps) => (
  <Fault frame={frame} title={words.notFound.title} says={words.notFound.says} />
)

/** Somebody else saved first; `again` is the page to open afresh. */
export const ConflictPage = ({ frame, again }: FramedProps & { readonly again: string }) => (
  <Fault
    frame={frame}
    title={words.conflict.title}
    says={words.conflict.says}
    next={words.conflict.next}
    href={again}
    link={words.conflict.again}
  />
)

/** A file above the most that is taken. */
export const TooBigPage = ({ frame, most }: FramedProps & { readonly most: number }) => (
  <Fault frame={frame} title={words.tooBig.title} says={words.tooBig.says(most)} next={words.tooBig.next} />
)

/** A change asked for by another site. */
export const ForbiddenPage = ({ frame }: FramedProps) => (
  <Fault frame={frame} title={words.forbidden.title} says={words.forbidden.says} next={words.forbidden.next} />
)

/** Too many codes asked for or tried. */
export const TooManyPage = ({ frame, minutes }: FramedProps & { readonly minutes: number }) => (
  <Fault frame={frame} title={words.tooMany.title} says={words.tooMany.says} next={words.tooMany.next(minutes)} />
)

/** A fault of ours, with the reference that the log has too. */
export const ServerFaultPage = ({ frame, reference }: FramedProps & { readonly reference: string }) => (
  <Fault
    frame={frame}
    title={words.fault.title}
    says={words.fault.says}
    next={
      <>
        {words.fault.next} <b class="mono">{reference}</b>
      </>
    }
  />
)
