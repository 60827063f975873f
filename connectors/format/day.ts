import { type PlainDate, parseTypedDate, plusDays } from '../../src/domain/dates.ts'

/** A day as a person types it or as a spreadsheet numbers it, from 1990 to 2064. Always day before month. */
export const readDay = (text: string): PlainDate | undefined =>
  parseTypedDate(text) ??
  (/^[3-5]\d{4}$/.test(text) && Number(text) > 32_873 ? plusDays('1899-12-30' as PlainDate, Number(text)) : undefined)
