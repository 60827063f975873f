import { type PlainDate, parsePlainDate } from '../domain/dates.ts'
import { type PlanStanding, planStanding } from '../domain/plan.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from '../store/db.ts'
import {
  careBegan,
  type PlanRow,
  type PlanSection,
  planDays,
  planRows,
  planRules,
  planSections,
} from '../store/plans.ts'

/** What is held of one pupil's plan, and how it stands today. */
export type PupilPlan = {
  readonly standing: PlanStanding
  readonly rows: readonly PlanRow[]
  readonly sections: readonly PlanSection[]
}

const noDays: ReadonlyMap<number, PlainDate> = new Map()

const dayOf = (value: string | undefined): PlainDate | null => parsePlainDate(value ?? '') ?? null

/**
 * The plans of some pupils as the viewer may know them. A day counted from the beginning of care would tell that
 * beginning: it is worked out for the council only.
 */
export const plansOf = async (
  query: Query,
  scope: Scope,
  pupils: readonly { readonly number: number; readonly virtualSchool: number }[],
): Promise<ReadonlyMap<number, PupilPlan>> => {
  const numbers = pupils.map(({ number }) => number)
  const [rows, sections, began, rules, days] = await Promise.all([
    planRows(query, scope, numbers),
    planSections(query, scope, numbers),
    scope.part.kind === 'council' ? careBegan(query, scope, numbers) : noDays,
    planRules(query, [...new Set(pupils.map(({ virtualSchool }) => virtualSchool))]),
    planDays(query, scope, numbers),
  ])
  const rowsOf = groupedByPupil(rows)
  const sectionsOf = groupedByPupil(sections)
  return new Map(
    pupils.map(({ number, virtualSchool }) => {
      const own = rowsOf.get(number) ?? []
      return [
        number,
        {
          standing: planStanding({
            cycles: own,
            heldOn: dayOf(days.get(number)?.heldOn),
            nextBy: dayOf(days.get(number)?.nextBy),
            careBegan: began.get(number) ?? null,
            rules: rules.get(virtualSchool) ?? [],
            today: scope.today,
          }),
          rows: own,
          sections: sectionsOf.get(number) ?? [],
        },
      ]
    }),
  )
}

const groupedByPupil = <Row extends { readonly pupil: number }>(rows: readonly Row[]): ReadonlyMap<number, Row[]> => {
  const groups = new Map<number, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.pupil)
    if (group) group.push(row)
    else groups.set(row.pupil, [row])
  }
  return groups
}
