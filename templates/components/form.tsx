import type { Child } from 'hono/jsx'
import { commonWords } from '../words/en/common.ts'

type Field = {
  readonly id: string
  readonly name?: string
  readonly label: Child
  readonly hint?: string | undefined
  readonly toMend?: string | undefined
  readonly required?: boolean | undefined
}

const describedBy = ({ id, hint, toMend }: Field) =>
  [hint && `${id}-hint`, toMend && `${id}-mend`].filter(Boolean).join(' ') || undefined

const Group = ({ field, children }: { readonly field: Field; readonly children?: Child }) => (
  <div class={`govuk-form-group${field.toMend ? ' govuk-form-group--error' : ''}`}>
    <label class="govuk-label" for={field.id}>
      {field.label}
    </label>
    {field.hint && (
      <div class="govuk-hint small" id={`${field.id}-hint`}>
        {field.hint}
      </div>
    )}
    {field.toMend && (
      <p class="govuk-error-message" id={`${field.id}-mend`}>
        <span class="govuk-visually-hidden">{commonWords.toMendTitle}</span>
        {field.toMend}
      </p>
    )}
    {children}
  </div>
)

type TextFieldProps = Field & {
  readonly value?: string | undefined
  readonly type?: 'text' | 'email' | 'search'
  readonly width?: 4 | 5 | 10 | 20
  readonly inputmode?: 'numeric' | 'decimal' | 'email'
  readonly autocomplete?: string
  readonly maxlength?: number | undefined
}

/** One line of text with its label, hint and what to mend. */
export const TextField = (props: TextFieldProps) => (
  <Group field={props}>
    <input
      class={`govuk-input${props.width ? ` govuk-input--width-${props.width}` : ''}${
        props.toMend ? ' govuk-input--error' : ''
      }`}
      id={props.id}
      name={props.name ?? props.id}
      type={props.type ?? 'text'}
      inputmode={props.inputmode}
      autocomplete={props.autocomplete ?? 'off'}
      maxlength={props.maxlength}
      required={props.required ?? false}
      aria-describedby={describedBy(props)}
      aria-invalid={props.toMend ? 'true' : undefined}
      value={props.value ?? ''}
    />
  </Group>
)

/** A few lines of text, with the most that it takes. */
export const TextArea = (
  props: Field & { readonly value?: string | undefined; readonly maxlength?: number | undefined },
) => (
  <Group field={props}>
    <textarea
      class={`govuk-textarea${props.toMend ? ' govuk-textarea--error' : ''}`}
      id={props.id}
      name={props.name ?? props.id}
      rows={2}
      maxlength={props.maxlength}
      required={props.required ?? false}
      aria-describedby={describedBy(props)}
      aria-invalid={props.toMend ? 'true' : undefined}
    >
      {props.value ?? ''}
    </textarea>
  </Group>
)

/** One choice of a drop-down; `group` gathers the choices that are not values, such as not known. */
export type Option = { readonly value: string; readonly text: string; readonly group?: string | undefined }

type SelectProps = Field & {
  readonly options: readonly Option[]
  readonly value?: string | undefined
  readonly empty?: string | undefined
}

const Options = ({ options, value }: { readonly options: readonly Option[]; readonly value: string | undefined }) => (
  <>
    {options.map((option) => (
      <option value={option.value} selected={option.value === value}>
        {option.text}
      </option>
    ))}
  </>
)

/** A drop-down with its label, hint and what to mend. */
export const SelectField = (props: SelectProps) => {
  const groups = [...new Set(props.options.flatMap(({ group }) => (group ? [group] : [])))]
  return (
    <Group field={props}>
      <select
        class={`govuk-select${props.toMend ? ' govuk-select--error' : ''}`}
        id={props.id}
        name={props.name ?? props.id}
        required={props.required ?? false}
        aria-describedby={describedBy(props)}
        aria-invalid={props.toMend ? 'true' : undefined}
      >
        {props.empty !== undefined && <option value="">{props.empty}</option>}
        <Options options={props.options.filter(({ group }) => !group)} value={props.value} />
        {groups.map((name) => (
          <optgroup label={name}>
            <Options options={props.options.filter(({ group }) => group === name)} value={props.value} />
          </optgroup>
        ))}
      </select>
    </Group>
  )
}

type PicksProps = {
  readonly name: string
  readonly legend: Child
  readonly options: readonly Option[]
  readonly value?: string | undefined
  readonly down?: boolean
  readonly toMend?: string | undefined
}

/** One of a few answers, each in sight. The first takes the name as its id, so that a summary can go to it. */
export const Picks = ({ name, legend, options, value, down, toMend }: PicksProps) => (
  <fieldset class="govuk-fieldset" aria-describedby={toMend ? `${name}-mend` : undefined}>
    <legend class="govuk-fieldset__legend">{legend}</legend>
    {toMend && (
      <p class="govuk-error-message" id={`${name}-mend`}>
        <span class="govuk-visually-hidden">{commonWords.toMendTitle}</span>
        {toMend}
      </p>
    )}
    <div class={down ? 'down' : undefined}>
      {options.map((option, index) => (
        <label class="pick">
          <input
            type="radio"
            id={index === 0 ? name : undefined}
            name={name}
            value={option.value}
            checked={option.value === value}
          />
          <span>{option.text}</span>
        </label>
      ))}
    </div>
  </fieldset>
)

type TickProps = {
  readonly name: string
  readonly value?: string
  readonly checked?: boolean | undefined
  readonly id?: string | undefined
  readonly required?: boolean
  readonly children?: Child
}

/** A box to tick, with the sentence it stands for. */
export const Tick = ({ name, value = 'yes', checked = false, id, required = false, children }: TickProps) => (
  <label class="pick">
    <input type="checkbox" id={id} name={name} value={value} checked={checked} required={required} />
    <span>{children}</span>
  </label>
)

/** A file to send, with its label and hint. */
export const FileField = (props: Field & { readonly accept: string; readonly multiple?: boolean }) => (
  <Group field={props}>
    <input
      class="govuk-file-upload"
      id={props.id}
      name={props.name ?? props.id}
      type="file"
      accept={props.accept}
      multiple={props.multiple ?? false}
      required={props.required ?? false}
      aria-describedby={describedBy(props)}
    />
  </Group>
)

/** The button of a form: filled for the one thing a page is for, outlined for the rest. */
export const Button = (props: {
  readonly name?: string
  readonly value?: string
  readonly second?: boolean
  readonly form?: string
  readonly children?: Child
}) => (
  <button
    type="submit"
    class={`govuk-button${props.second ? ' govuk-button--secondary' : ''}`}
    name={props.name}
    value={props.value}
    form={props.form}
  >
    {props.children}
  </button>
)

/** A link that looks like a button, for going somewhere rather than changing something. */
export const ButtonLink = (props: { readonly href: string; readonly second?: boolean; readonly children?: Child }) => (
  <a href={props.href} class={`govuk-button${props.second ? ' govuk-button--secondary' : ''}`}>
    {props.children}
  </a>
)

/** A link in running text, with words for those who hear links alone. */
export const Link = (props: { readonly href: string; readonly also?: string; readonly children?: Child }) => (
  <a class="govuk-link" href={props.href}>
    {props.children}
    {props.also && <span class="govuk-visually-hidden"> {props.also}</span>}
  </a>
)
