import { readRollForm } from '../../connectors/local-roll/form.ts'
import type { MenuKey, ToMend } from '../../templates/components/layout.tsx'
import {
  type AdminField,
  type AdminFieldName,
  AdminForm,
  type AdminFormName,
} from '../../templates/pages/admin-form.tsx'
import { adminWords } from '../../templates/words/en/admin.ts'
import { wordsOfFinding } from '../../templates/words/en/findings.ts'
import type { Finding } from '../domain/finding.ts'
import { recordForm } from '../intake/record-form.ts'
import type { WebContext } from './context.ts'
import { field } from './form-field.ts'
import { frameOf, reply } from './reply.tsx'

/** A small form whose fields are columns of our own roll, so that a page and a file are read by the same rules. */
export type RollForm = {
  readonly form: AdminFormName
  readonly here: MenuKey
  readonly action: string
  readonly backTo: string
  readonly about?: string
  readonly fields: readonly (Omit<AdminField, 'value'> & { readonly column: string; readonly value?: string })[]
  /** Columns that the form does not ask for and that the record needs: who it is about. */
  readonly fixed?: Readonly<Record<string, string>>
}

/** Shows the form, with what was typed and what to mend. */
export const showRollForm = (
  context: WebContext,
  form: RollForm,
  typed: Readonly<Record<string, string>> = {},
  toMend: readonly ToMend[] = [],
) =>
  reply.page(
    context,
    <AdminForm
      frame={frameOf(context)}
      form={form.form}
      here={form.here}
      action={form.action}
      backTo={form.backTo}
      {...(form.about === undefined ? {} : { about: form.about })}
      fields={form.fields.map(({ column: _, ...rest }) => ({ ...rest, value: typed[rest.name] ?? rest.value ?? '' }))}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )

/** What was typed in a form's fields, by field. */
export const typedIn = (context: WebContext, form: RollForm): Readonly<Record<string, string>> =>
  Object.fromEntries(form.fields.map(({ name }) => [name, field(context, name).slice(0, 500)]))

const labelOf = (name: AdminFieldName) => adminWords.fields[name].label

const toMendOf = (form: RollForm, findings: readonly Finding[]): readonly ToMend[] =>
  findings
    .filter(({ severity }) => severity === 'error')
    .map((finding) => {
      const at = form.fields.find(({ column }) => column === finding.at.column)
      const { rule, mend } = wordsOfFinding(finding)
      const words = mend === '' ? rule : mend
      return { text: at ? `${labelOf(at.name)}: ${words}` : words, field: at?.name ?? form.fields[0]?.name ?? '' }
    })

const cellsOf = (form: RollForm, typed: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  ...form.fixed,
  ...Object.fromEntries(
    form.fields.map(({ name, column, kind }) => [
      column,
      kind === 'tick' ? (typed[name] === 'yes' ? 'Y' : '') : (typed[name] ?? ''),
    ]),
  ),
})

/** Brings in what a form says, on the path of a file; what is to mend comes back with what was typed. */
export const recordRollForm = async (
  context: WebContext,
  form: RollForm,
  virtualSchool: number,
  done: string,
): Promise<Response> => {
  const { runtime, viewer } = context.var
  const typed = typedIn(context, form)
  const row = readRollForm(cellsOf(form, typed))
  if ('code' in row) return showRollForm(context, form, typed, toMendOf(form, [row]))
  if (!row.record) return showRollForm(context, form, typed, toMendOf(form, row.findings))
  const recorded = await recordForm(runtime, { virtualSchool, by: viewer.person.number, via: 'form' }, row.record)
  if (recorded.outcome === 'refused') return showRollForm(context, form, typed, toMendOf(form, recorded.findings))
  return reply.goTo(context, done)
}
