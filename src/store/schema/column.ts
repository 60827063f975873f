import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '../../domain/dates.ts'

/**
 * How far a column's content may go (reference: threats of a portal about children). C1 organisation and machinery;
 * C2 an education record or who a person is; C3 special category, including that a child is looked after. C4, where a
 * child lives and who cares for them, has no column at all.
 */
export type DataClass = 'C1' | 'C2' | 'C3'

export type Column<Value> = { readonly class: DataClass; readonly value?: Value }
const column =
  <Value>() =>
  (dataClass: DataClass): Column<Value> => ({ class: dataClass })

export const text = column<string>()
export const maybeText = column<string | null>()
export const integer = column<number>()
export const maybeInteger = column<number | null>()
export const day = column<PlainDate>()
export const maybeDay = column<PlainDate | null>()
export const moment = column<Instant>()
export const maybeMoment = column<Instant | null>()
export const choice = <Value extends string>(dataClass: DataClass): Column<Value> => ({ class: dataClass })

/** A small integer the store gives: a foreign key inside it, never seen outside. */
export const number = column<Generated<number>>()

/** A count that is nought where nothing is said. */
export const counted = column<Generated<number>>()

export const fromRow = { import_number: integer('C1'), row_number: integer('C1') }
