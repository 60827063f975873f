import { Button, Link, type Option, SelectField, TextArea, TextField, Tick } from '../components/form.tsx'
import { type Frame, Layout, type MenuKey, type ToMend } from '../components/layout.tsx'
import { adminWords as words } from '../words/en/admin.ts'

/** The small forms there are, by name: their words come with it. */
export type AdminFormName = keyof typeof words.forms

/** A field of a small form, by name: its label and hint come with it. */
export type AdminFieldName = keyof typeof words.fields

/** One field as data; its words are looked up by name. */
export type AdminField = {
  readonly name: AdminFieldName
  readonly kind: 'text' | 'long' | 'email' | 'date' | 'select' | 'tick'
  readonly value: string
  readonly options?: readonly Option[]
  readonly longest?: number
}

export type AdminFormProps = {
  readonly frame: Frame
  readonly form: AdminFormName
  readonly here: MenuKey
  /** Where the form is posted. */
  readonly action: string
  readonly backTo: string
  /** Whom or what it is about: a person, a school, a pupil's first name and initial. */
  readonly about?: string
  readonly fields: readonly AdminField[]
  readonly toMend?: readonly ToMend[]
}

/** A small form that adds, changes or ends one thing. */
export const AdminForm = ({ frame, form, here, action, backTo, about, fields, toMend = [] }: AdminFormProps) => {
  const { title, says, button, back } = words.forms[form]
  return (
    <Layout title={title} frame={frame} here={here} back={{ href: backTo, text: back }} toMend={toMend}>
      {about !== undefined && <p class="over">{about}</p>}
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="lead measure">{says}</p>
      <form action={action} method="post" novalidate class="measure">
        {fields.map((field) => (
          <AdminFieldShown field={field} toMend={toMend.find((one) => one.field === field.name)?.text} />
        ))}
        <p class="act">
          <Button>{button}</Button>
          <Link href={backTo}>{words.leave}</Link>
        </p>
      </form>
    </Layout>
  )
}

const AdminFieldShown = ({ field, toMend }: { readonly field: AdminField; readonly toMend: string | undefined }) => {
  const said: { readonly label: string; readonly hint?: string } = words.fields[field.name]
  const common = { id: field.name, label: said.label, hint: said.hint, toMend }
  if (field.kind === 'tick')
    return (
      <div class="govuk-form-group">
        <Tick name={field.name} id={field.name} checked={field.value === 'yes'}>
          {said.label}
        </Tick>
        {toMend && <p class="govuk-error-message">{toMend}</p>}
      </div>
    )
  if (field.kind === 'select')
    return <SelectField {...common} options={field.options ?? []} value={field.value} empty={words.choose} />
  if (field.kind === 'long') return <TextArea {...common} value={field.value} maxlength={field.longest ?? 300} />
  return (
    <TextField
      {...common}
      value={field.value}
      maxlength={field.longest ?? 200}
      {...(field.kind === 'email' ? { type: 'email' as const, autocomplete: 'off' } : {})}
      {...(field.kind === 'date' ? { width: 10 as const } : {})}
    />
  )
}
