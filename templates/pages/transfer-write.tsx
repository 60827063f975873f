import { Button, Picks, TextArea, TextField, Tick } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { pupilWords } from '../words/en/pupil.ts'
import { transferWords } from '../words/en/transfer.ts'

const words = transferWords.write

/** What has been said of a transfer file to write. */
export type TransferToWrite = {
  readonly pupils: string
  readonly where: string
  readonly number: string
  readonly version: string
  readonly history: boolean
  readonly lookedAfter: boolean
}

type Props = {
  readonly frame: Frame
  readonly values: TransferToWrite
  readonly toMend: readonly ToMend[]
}

/** Writes a partial transfer file of chosen pupils: which, for whom, and what goes in beyond the plain file. */
export const TransferWritePage = ({ frame, values, toMend }: Props) => {
  const mend = (field: string) => toMend.find((one) => one.field === field)?.text
  return (
    <Layout
      title={words.title}
      frame={frame}
      here="pupils"
      back={{ href: paths.pupils, text: pupilWords.backToSearch }}
      toMend={toMend}
    >
      <h1 class="govuk-heading-l">{words.title}</h1>
      <p class="lead measure">{words.lead}</p>
      <form action={paths.transferWrite} method="post" class="measure">
        <TextArea
          id="pupils"
          label={words.pupils}
          hint={words.pupilsHint}
          value={values.pupils}
          maxlength={20_000}
          toMend={mend('pupils')}
          required
        />
        <Picks
          name="where"
          legend={words.where}
          down
          options={Object.entries(words.places).map(([value, text]) => ({ value, text }))}
          value={values.where}
          toMend={mend('where')}
        />
        <TextField
          id="number"
          label={words.number}
          hint={words.numberHint}
          value={values.number}
          width={10}
          inputmode="numeric"
          maxlength={9}
          toMend={mend('number')}
        />
        <Picks
          name="version"
          legend={words.version}
          down
          options={Object.entries(words.versions).map(([value, text]) => ({ value, text }))}
          value={values.version}
        />
        <fieldset class="govuk-fieldset">
          <legend class="govuk-fieldset__legend">{words.more}</legend>
          <div class="down">
            <Tick name="history" checked={values.history}>
              {words.history}
            </Tick>
            <Tick name="lookedAfter" checked={values.lookedAfter}>
              {words.lookedAfter}
            </Tick>
          </div>
          <p class="small quiet">{words.moreSays}</p>
        </fieldset>
        <Button>{words.make}</Button>
      </form>
      <p class="small quiet measure">{words.never}</p>
    </Layout>
  )
}
