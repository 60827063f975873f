import { Button, ButtonLink, Link, TextField, Tick } from '../components/form.tsx'
import { type Frame, Layout, signedOutFrame, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { signInWords as words } from '../words/en/sign-in.ts'

/** A person of the demo, as the sign-in page offers them. */
export type DemoPerson = {
  readonly name: string
  readonly role: string
  readonly place: string
  readonly email: string
}

export type SignInProps = {
  readonly demo: boolean
  readonly email?: string
  readonly toMend?: string
  readonly kept?: Kept | undefined
  /** Offered in a demo store only. */
  readonly demoPeople?: readonly DemoPerson[]
}

const mend = (field: string, text: string | undefined): readonly ToMend[] => (text ? [{ field, text }] : [])

/** What was typed when the session ended, as one text, and where it goes once the person is signed in. */
export type Kept = { readonly to: string; readonly text: string }

const KeptFields = ({ kept }: { readonly kept: Kept | undefined }) =>
  kept === undefined ? null : (
    <>
      <input type="hidden" name="next" value={kept.to} />
      <input type="hidden" name="kept" value={kept.text} />
    </>
  )

/** Asks for a work e-mail and sends a code to it. */
export const SignInPage = ({ demo, email, toMend, kept, demoPeople = [] }: SignInProps) => (
  <Layout title={words.title} frame={signedOutFrame(demo)} toMend={mend('email', toMend)}>
    <div class={demoPeople.length > 0 ? 'split split--even' : undefined}>
      <div>
        <h1 class="govuk-heading-l">{words.title}</h1>
        {kept && <p class="note note--wait">{words.ended}</p>}
        <p class="lead">{words.lead}</p>
        <form action={paths.signIn} method="post" novalidate>
          <KeptFields kept={kept} />
          <TextField
            id="email"
            label={words.email}
            hint={words.emailHint}
            type="email"
            inputmode="email"
            autocomplete="email"
            value={email}
            toMend={toMend}
          />
          <Button>{words.send}</Button>
        </form>
      </div>
      {demoPeople.length > 0 && (
        <section aria-labelledby="demo-people">
          <h2 class="govuk-heading-m" id="demo-people">
            {words.demoPeople}
          </h2>
          <p class="small quiet">{words.demoHint}</p>
          <ul class="flat rows small">
            {demoPeople.map((person) => (
              <li>
                <form class="pair" action={paths.signIn} method="post">
                  <KeptFields kept={kept} />
                  <input type="hidden" name="email" value={person.email} />
                  <span>
                    <b>{person.name}</b>, {person.role}
                    <br />
                    <span class="quiet">{person.place}</span>
                    <br />
                    <span class="mono">{person.email}</span>
                  </span>
                  <Button second>
                    {words.send}
                    <span class="govuk-visually-hidden"> {person.name}</span>
                  </Button>
                </form>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  </Layout>
)

export type SignInCodeProps = {
  readonly demo: boolean
  readonly email: string
  readonly minutes: number
  readonly toMend?: string
  readonly kept?: Kept | undefined
}

/** Takes the six numbers from the e-mail; says the same whether or not the address is known. */
export const SignInCodePage = ({ demo, email, minutes, toMend, kept }: SignInCodeProps) => (
  <Layout
    title={words.codeTitle}
    frame={signedOutFrame(demo)}
    toMend={mend('code', toMend)}
    back={{ href: paths.signIn, text: words.otherEmail }}
  >
    <h1 class="govuk-heading-l">{words.codeTitle}</h1>
    <p class="lead measure">
      {words.codeLead(email)} {words.unknown}
    </p>
    <form action={paths.signInCode} method="post" novalidate>
      <KeptFields kept={kept} />
      <input type="hidden" name="email" value={email} />
      <TextField
        id="code"
        label={words.code}
        hint={words.codeHint(minutes)}
        inputmode="numeric"
        autocomplete="one-time-code"
        maxlength={12}
        width={5}
        toMend={toMend}
      />
      <div class="govuk-form-group">
        <Tick name="stay">{words.stay}</Tick>
        <p class="small quiet">{words.stayHint}</p>
      </div>
      <Button>{words.enter}</Button>
    </form>
    <form class="gap" action={paths.signIn} method="post">
      <KeptFields kept={kept} />
      <input type="hidden" name="email" value={email} />
      <button type="submit" class="aslink">
        {words.another}
      </button>
    </form>
  </Layout>
)

/** After signing in again: what was typed when the session ended, ready to go where it was going. */
export const CarryOnPage = ({ demo, to, fields }: CarryOnProps) => (
  <Layout title={words.carryTitle} frame={signedOutFrame(demo)}>
    <h1 class="govuk-heading-l">{words.carryTitle}</h1>
    <p class="lead measure">{words.carryLead}</p>
    <form action={to} method="post">
      {fields.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <p class="act">
        <Button>{words.carry}</Button>
        <Link href={paths.home}>{words.leave}</Link>
      </p>
    </form>
  </Layout>
)

export type CarryOnProps = {
  readonly demo: boolean
  readonly to: string
  readonly fields: readonly (readonly [name: string, value: string])[]
}

/** Says that the session has ended, here or everywhere. */
export const SignedOutPage = ({
  demo,
  everywhere = false,
}: {
  readonly demo: boolean
  readonly everywhere?: boolean
}) => (
  <Layout title={everywhere ? words.outEverywhere : words.outTitle} frame={signedOutFrame(demo)}>
    <h1 class="govuk-heading-l">{everywhere ? words.outEverywhere : words.outTitle}</h1>
    <p class="lead">{words.outLead}</p>
    <ButtonLink href={paths.signIn}>{words.again}</ButtonLink>
  </Layout>
)

export type CapacityProps = {
  readonly frame: Frame
  readonly choices: readonly { readonly id: string; readonly role: string; readonly place: string }[]
}

/** Lets a person who works for a school and a council, or for two schools, say which it is now. */
export const CapacityPage = ({ frame, choices }: CapacityProps) => (
  <Layout title={words.capacityTitle} frame={frame}>
    <h1 class="govuk-heading-l">{words.capacityTitle}</h1>
    <p class="lead">{words.capacityLead}</p>
    <ul class="flat rows measure">
      {choices.map(({ id, role, place }) => (
        <li>
          <form class="pair" action={paths.capacity} method="post">
            <input type="hidden" name="capacity" value={id} />
            <span>
              <b>{place}</b>
              <br />
              <span class="quiet">{role}</span>
            </span>
            <Button second>{words.choose(place)}</Button>
          </form>
        </li>
      ))}
    </ul>
  </Layout>
)
