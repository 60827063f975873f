import { earliestLastDay } from '../domain/calendar.ts'
import { type Instant, type PlainDate, todayInLondon } from '../domain/dates.ts'
import type { Item } from '../domain/return/item.ts'
import {
  decidesOnMoney,
  keepsRecords,
  type Part,
  readsPupils,
  type Scope,
  seesPayments,
  worksWithReturns,
} from '../domain/scope.ts'

const tailsOn = (today: PlainDate): Scope['tail'] => ({
  others: earliestLastDay(today, ''),
  leavers: earliestLastDay(today, '11'),
})

/** The tails of the day that was asked for last: the same for everybody, and worked out from a calendar. */
let lately: { readonly today: PlainDate; readonly tail: Scope['tail'] } | undefined

/** The scope of one person acting in one part at one moment: computed for each request, never kept. */
export const scopeFor = (person: number, part: Part, now: Instant): Scope => {
  const today = todayInLondon(now)
  if (lately?.today !== today) lately = { today, tail: tailsOn(today) }
  return { person, today, part, tail: lately.tail }
}

/** What a part may do at all. Whether it may do it to one child, school or file is the store's to answer. */
export type Deed =
  | 'answer returns'
  | 'run own school'
  | 'read pupils'
  | 'work with returns'
  | 'run rounds'
  | 'name pupils in files'
  | 'match rows'
  | 'keep the roll'
  | 'keep pupils'
  | 'keep people'
  | 'ask for money'
  | 'decide on money'
  | 'see payments'
  | 'make payments'
  | 'run the fund'
  | 'say what the fund is'
  | 'see what money did'

const schoolDeeds: readonly Deed[] = ['answer returns', 'run own school', 'read pupils', 'ask for money']

/** Whether a person acting in a part may do a deed: the one table of roles, read by routes and menus alike. */
export const may = (part: Part, deed: Deed): boolean => {
  if (part.kind === 'intake') return false
  if (part.kind === 'school') return schoolDeeds.includes(deed)
  const { role } = part
  switch (deed) {
    case 'read pupils':
      return readsPupils(role) || role === 'social_worker'
    case 'work with returns':
    case 'match rows':
      return worksWithReturns(role)
    case 'run rounds':
    case 'keep the roll':
      return role === 'head' || role === 'data_officer'
    case 'name pupils in files':
      return role === 'head' || role === 'officer'
    case 'keep pupils':
      return role === 'head' || role === 'data_officer' || role === 'officer'
    case 'keep people':
      return keepsRecords(role)
    case 'decide on money':
      return decidesOnMoney(role)
    case 'see payments':
      return seesPayments(role)
    case 'make payments':
    case 'say what the fund is':
      return role === 'head' || role === 'finance'
    case 'see what money did':
      return role === 'head' || role === 'officer'
    case 'run the fund':
      return role === 'head'
    default:
      return false
  }
}

/** Whether a part reads free text and the reasons of suspensions: they are not a data officer's to read. */
export const readsWords = (part: Part): boolean =>
  part.kind !== 'council' || (part.role !== 'data_officer' && part.role !== 'auditor')

/** Whether an answer's words are shown. */
export const showsItem = (part: Part, item: Item): boolean => item.restricted !== true || readsWords(part)
