import type { AnswerState, Item } from '../../src/domain/return/item.ts'
import { checkWords as words } from '../words/en/check.ts'
import { answerStateWords } from '../words/en/states.ts'
import type { ItemWords } from '../words/words.ts'
import { type Option, Picks, SelectField, TextField } from './form.tsx'

/** The control that mends one cell in place, as plain data. Its name is the field of the form that carries it. */
export type MendControl =
  | {
      readonly kind: 'text'
      readonly name: string
      readonly label: string
      readonly value: string
      readonly hint?: string
      readonly numeric?: true
      readonly longest?: number
    }
  | {
      readonly kind: 'select'
      readonly name: string
      readonly label: string
      readonly value: string
      readonly options: readonly Option[]
    }
  | {
      readonly kind: 'radio'
      readonly name: string
      readonly label: string
      readonly value?: string
      readonly options: readonly Option[]
    }

/** The field of the check form that carries one cell: its row's number and its item (or 'upn'). */
export const mendField = (row: number, item: string): string => `mend.${row}.${item}`

/** Which cell a field of the check form speaks of; undefined where it is another field. */
export const cellOfMendField = (field: string): { readonly row: number; readonly item: string } | undefined => {
  const match = /^mend\.(\d{1,7})\.([a-z0-9_]{1,60})$/.exec(field)
  return match?.[1] && match[2] ? { row: Number(match[1]), item: match[2] } : undefined
}

const allStates: readonly Exclude<AnswerState, 'given'>[] = [
  'not_known',
  'not_assessed',
  'not_applicable',
  'declined',
  'to_follow',
]

/** The control for an item of the return: a list for a choice, else a line to type in; a date is typed as a day. */
export const controlFor = (item: Item, itemWords: ItemWords, name: string, sent: string): MendControl => {
  const label = itemWords.label
  const { type } = item
  if (type.kind === 'choice') {
    const states = allStates.filter((state) => item.states === undefined || item.states.includes(state))
    const options = [
      ...type.options.map((value) => ({
        value: itemWords.options?.[value] ?? value,
        text: itemWords.options?.[value] ?? value,
      })),
      ...states.map((state) => ({
        value: answerStateWords[state],
        text: answerStateWords[state],
        group: words.otherAnswers,
      })),
    ]
    return { kind: 'select', name, label, value: sent, options }
  }
  if (type.kind === 'date') return { kind: 'text', name, label, value: sent, hint: words.dateHint }
  if (type.kind === 'pence') return { kind: 'text', name, label, value: sent, hint: words.penceHint }
  if (type.kind === 'text')
    return { kind: 'text', name, label, value: sent, hint: words.textHint(type.longest), longest: type.longest }
  return { kind: 'text', name, label, value: sent, hint: words.numberHint(type.from, type.to), numeric: true }
}

/** The two answers to a UPN that differs from the one its row was made for. */
export const upnControl = (name: string, ourEnding: string): MendControl => ({
  kind: 'radio',
  name,
  label: words.thisUpn,
  options: [
    { value: 'ours', text: words.keepOurs(ourEnding) },
    { value: 'new', text: words.newUpn },
  ],
})

/** Draws a control that mends one cell. */
export const Mend = ({ control }: { readonly control: MendControl }) => {
  if (control.kind === 'radio')
    return <Picks name={control.name} legend={control.label} options={control.options} value={control.value} down />
  if (control.kind === 'select')
    return (
      <SelectField
        id={control.name}
        label={control.label}
        options={control.options}
        value={control.value}
        empty={words.choose}
      />
    )
  return (
    <TextField
      id={control.name}
      label={control.label}
      value={control.value}
      hint={control.hint}
      maxlength={control.longest ?? 200}
      {...(control.numeric ? { width: 10 as const, inputmode: 'decimal' as const } : {})}
    />
  )
}
