import type { Child } from 'hono/jsx'
import { formWords as words } from '../words/en/form.ts'
import { SelectField, TextArea, TextField } from './form.tsx'
import type { MendControl } from './mend.tsx'

/** One question of the return on screen, as plain data. */
export type AnswerField = {
  readonly item: string
  /** Its label here: short where the subject's heading already says the rest. */
  readonly label: string
  /** How to answer; empty where it is said once for several subjects. */
  readonly help: string
  readonly control: Exclude<MendControl, { kind: 'radio' }>
  /** The version of the wording shown, which comes back with what is typed. */
  readonly version: number
  readonly shown: string
  readonly optional: boolean
  /** What is to mend in it, or what somebody else changed meanwhile. */
  readonly toMend: string | null
  /** Said beside it where a blank does not do what one may expect. */
  readonly note: string | null
  /** When it is asked, as a script decides it and in words; null where it is asked in any case. */
  readonly when: { readonly rule: string; readonly words: string; readonly holds: 'yes' | 'no' | 'undecided' } | null
}

/** The id and the name of a question's field. */
export const answerId = (item: string): string => `a-${item}`

/** The item of a field of the form; undefined for any other. */
export const itemOfAnswerId = (name: string): string | undefined => /^a-([a-z0-9_]{1,60})$/.exec(name)?.[1]

/** The hidden field that carries what the page had shown, and under which version. */
export const shownField = (item: string): string => `w-${item}`

const longText = 100

const Control = ({ field }: { readonly field: AnswerField }) => {
  const { control, item } = field
  const hint = [field.help, field.note].filter(Boolean).join(' ') || undefined
  const label: Child = (
    <>
      {field.label}
      {field.optional && <span class="quiet"> ({words.optional})</span>}
    </>
  )
  const common = { id: answerId(item), label, toMend: field.toMend ?? undefined }
  if (control.kind === 'select') {
    const read = control.options.some(({ value }) => value === control.value)
    const options =
      read || control.value === ''
        ? control.options
        : [{ value: control.value, text: control.value }, ...control.options]
    return <SelectField {...common} hint={hint} options={options} value={control.value} empty="" />
  }
  if ((control.longest ?? 0) > longText)
    return <TextArea {...common} hint={hint} value={control.value} maxlength={control.longest} />
  return (
    <TextField
      {...common}
      hint={hint}
      value={control.value}
      maxlength={control.longest ?? 200}
      {...(control.numeric ? { width: 10 as const, inputmode: 'decimal' as const } : {})}
    />
  )
}

/** One question with its label, help, what is to mend, and what the page had shown. */
export const Answer = ({ field }: { readonly field: AnswerField }) => (
  <div class="q" data-when={field.when?.rule} data-item={field.item} hidden={field.when?.holds === 'no'}>
    {field.when?.holds === 'undecided' && <p class="small quiet q__when">{words.onlyIf(field.when.words)}</p>}
    <Control field={field} />
    <input type="hidden" name={shownField(field.item)} value={`${field.version}:${field.shown}`} />
  </div>
)
