import type { PlanState } from '../domain/plan.ts'
import { judgementsOf, type NotComparable, reasonsAgainst, type Scales } from '../domain/return/comparable.ts'
import { itemOf } from '../domain/return/dictionary.ts'
import { type Sessions, sessionsOf, type TalliedRow, tallyOf } from '../domain/return/tally.ts'
import { type ShownTable, shownTables, smallestShown, type Table } from '../domain/suppression.ts'

/** One child, as far as a report without names counts it. */
export type ReportChild = TalliedRow & { readonly plan: PlanState; readonly scales: Scales }

/** The tables of a report, in the order in which they matter: a base too near another's gives way to the earlier one. */
export const reportItems = [
  ...(['reading_band', 'writing_band', 'english_band', 'mathematics_band', 'science_band'] as const),
  ...(['full_time', 'suspensions', 'pupil_premium_plus_delivered', 'child_view_asked'] as const),
] as const

/** What a table of the report is about: plans, attendance, or a question of the return. */
export type ReportKey = 'plans' | 'attendance' | (typeof reportItems)[number]

/** A report about some children that names nobody and lets nobody be picked out. */
export type MembersReport = {
  /** Null where there are one to five. */
  readonly children: number | null
  readonly none: boolean
  /** Answers in, of those asked for: about the return, not about a child; null where there are few children. */
  readonly answers: { readonly answered: number; readonly asked: number } | null
  /** Sums of sessions, where the table of attendance stands and holds back nobody beside them. */
  readonly sessions: Sessions | null
  /** Each with why its figures are not to be held against national results. */
  readonly tables: readonly (ShownTable<ReportKey> & { readonly reasons: readonly NotComparable[] })[]
}

const cell = (key: string, count: number) => ({ key, count })

const itemTable = (code: (typeof reportItems)[number], children: readonly ReportChild[]): Table<ReportKey> => {
  const tally = tallyOf(code, children)
  const rest = [cell('not_assessed', tally.notAssessed), cell('not_held', tally.notKnown + tally.notIn)]
  if (code === 'suspensions') {
    const nought = tally.values.get('0') ?? 0
    return { key: code, cells: [cell('none', nought), cell('some', tally.given - nought), ...rest.slice(1)] }
  }
  const type = itemOf(code)?.type
  const options = type?.kind === 'choice' ? type.options : []
  // Two scales below "below": as one count they keep fewer counts small.
  const early: readonly string[] = ['pre_key_stage', 'engagement_model']
  const merged = options.filter((option) => !early.includes(option))
  return {
    key: code,
    cells: [
      ...merged.map((option) => {
        const also = option === 'below' ? early.filter((one) => options.includes(one)) : []
        return cell(
          option,
          [option, ...also].reduce((sum, one) => sum + (tally.values.get(one) ?? 0), 0),
        )
      }),
      ...(code.endsWith('_band') ? rest : rest.slice(1)),
    ],
  }
}

/** Makes a report about some children from what is held of them. */
export const membersReport = (
  children: readonly ReportChild[],
  answers: { readonly answered: number; readonly asked: number },
): MembersReport => {
  if (children.length < smallestShown)
    return {
      children: children.length === 0 ? 0 : null,
      none: children.length === 0,
      answers: null,
      sessions: null,
      tables: [],
    }
  const plans = (state: PlanState) => children.filter(({ plan }) => plan === state).length
  const sums = sessionsOf(children)
  const tables = shownTables<ReportKey>(children.length, [
    {
      key: 'plans',
      cells: [
        cell('in_date', plans('in_date')),
        cell('overdue', plans('overdue')),
        cell('not_held', plans('not_known') + plans('first_to_come')),
      ],
    },
    {
      key: 'attendance',
      cells: [
        cell('over', sums.pupils - sums.persistent),
        cell('persistent', sums.persistent),
        cell('not_held', children.length - sums.pupils),
      ],
    },
    ...reportItems.map((code) => itemTable(code, children)).filter(({ cells }) => cells.some(({ count }) => count > 0)),
  ])
  const attendance = tables.find(({ key }) => key === 'attendance')
  const notHeld = attendance?.cells.find(({ key }) => key === 'not_held')?.count
  return {
    children: children.length,
    none: false,
    answers,
    sessions: notHeld === null || notHeld === undefined || sums.pupils < smallestShown ? null : sums,
    tables: tables.map((table) => ({
      ...table,
      reasons:
        table.base !== null && table.key.endsWith('_band') ? reasonsAgainst(judgementsOf(table.key, children)) : [],
    })),
  }
}
