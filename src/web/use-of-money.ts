import type { ToMend } from '../../templates/components/layout.tsx'
import { applicationWords, sentWords as words } from '../../templates/words/en/application.ts'
import { type UseOutcome, useOutcomes } from '../domain/funding/application.ts'
import { type Pence, parseHundredths, parsePounds } from '../domain/funding/pence.ts'
import { holdsUpn } from '../domain/identifiers.ts'
import type { WebContext } from './context.ts'
import { field } from './form-field.ts'

/** The use of money as a school has typed it, and as it can be read. */
type ReadUse = {
  readonly values: Readonly<Record<string, string>>
  readonly toMend: readonly ToMend[]
  /** Null where something is to mend. */
  readonly report: {
    readonly spent: Pence
    readonly hoursGiven: number | null
    readonly outcome: UseOutcome
    readonly measured: string
    readonly said: string
  } | null
}

const longest = 2000

/** Reads the form of how money was used; `most` is what there was to spend. */
export const readUse = (context: WebContext, most: Pence): ReadUse => {
  const values = {
    spent: field(context, 'spent').slice(0, 20),
    hoursGiven: field(context, 'hoursGiven').slice(0, 20),
    outcome: field(context, 'outcome').slice(0, 20),
    measured: field(context, 'measured').slice(0, longest),
    useSaid: field(context, 'useSaid').slice(0, longest),
  }
  const spent = parsePounds(values.spent)
  const hoursGiven = values.hoursGiven === '' ? null : parseHundredths(values.hoursGiven)
  const outcome = useOutcomes.find((one) => one === values.outcome)
  const toMend: readonly ToMend[] = [
    ...(spent === undefined ? [{ text: words.toMend.spent, field: 'spent' }] : []),
    ...(spent !== undefined && spent > most ? [{ text: words.toMend.spentMost(most), field: 'spent' }] : []),
    ...(hoursGiven === undefined ? [{ text: words.toMend.hours, field: 'hoursGiven' }] : []),
    ...(outcome === undefined ? [{ text: words.toMend.outcome, field: 'outcome' }] : []),
    ...(values.measured === '' ? [{ text: words.toMend.measured, field: 'measured' }] : []),
    ...(['measured', 'useSaid'] as const)
      .filter((name) => holdsUpn(values[name]))
      .map((name) => ({ text: applicationWords.toMend.upn, field: name })),
  ]
  return toMend.length > 0 || spent === undefined || hoursGiven === undefined || outcome === undefined
    ? { values, toMend, report: null }
    : {
        values,
        toMend,
        report: { spent, hoursGiven, outcome, measured: values.measured, said: values.useSaid },
      }
}
