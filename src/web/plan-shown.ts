import type { PlanProps } from '../../templates/components/plan-shown.tsx'
import type { PupilPlan } from '../plans/plans.ts'

/** A pupil's plan as pages show it: a file is named, and a form is a person. */
export const planShown = ({ standing, rows, sections }: PupilPlan): PlanProps => ({
  standing,
  terms: rows.map((row) => ({ ...row, file: row.via === 'form' ? null : row.fileName })),
  sections,
})
