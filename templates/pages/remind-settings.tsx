import type { Instant } from '../../src/domain/dates.ts'
import { Button, TextArea, TextField } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { callsWords as words } from '../words/en/calls.ts'
import { shortMoment } from '../words/en/dates.ts'

export type RemindSettingsProps = {
  readonly frame: Frame
  readonly aWeek: number
  /** What the default rests on, where nothing was set. */
  readonly source: string | null
  readonly set: { readonly at: Instant; readonly by: string; readonly reason: string } | null
  readonly maySet: boolean
  readonly seen: number
  readonly values: { readonly aWeek: string; readonly daysBefore: string; readonly reason: string }
  readonly toMend?: readonly ToMend[]
}

/** How often a virtual school reminds, whether by itself, and why. */
export const RemindSettingsPage = (props: RemindSettingsProps) => {
  const { values, toMend = [] } = props
  const mend = (id: string) => toMend.find((one) => one.field === id)?.text
  return (
    <Layout
      title={words.settingsTitle}
      frame={props.frame}
      here="calls"
      back={{ href: paths.calls, text: words.backToCalls }}
      toMend={toMend}
    >
      <h1 class="govuk-heading-l">{words.settingsHeading(props.aWeek)}</h1>
      {props.source !== null && <p class="govuk-body measure">{props.source}</p>}
      {props.set && (
        <p class="govuk-body measure">
          {words.settingsSince(shortMoment(props.set.at), props.set.by, props.set.reason)}
        </p>
      )}
      {props.maySet && (
        <form action={paths.callsSettings} method="post" novalidate class="measure">
          <input type="hidden" name="seen" value={String(props.seen)} />
          <TextField
            id="aWeek"
            label={words.aWeek}
            hint={words.aWeekHint}
            value={values.aWeek}
            toMend={mend('aWeek')}
            inputmode="numeric"
            maxlength={2}
            width={4}
          />
          <TextField
            id="daysBefore"
            label={words.daysBefore}
            hint={words.daysBeforeHint}
            value={values.daysBefore}
            toMend={mend('daysBefore')}
            inputmode="numeric"
            maxlength={2}
            width={4}
          />
          <TextArea
            id="reason"
            label={words.settingsReason}
            value={values.reason}
            toMend={mend('reason')}
            maxlength={300}
          />
          <Button>{words.settingsSave}</Button>
        </form>
      )}
    </Layout>
  )
}
