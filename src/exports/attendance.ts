import { mondayOf, slotOf, unpackWeek } from '../domain/attendance/week.ts'
import type { Query } from '../store/db.ts'
import { exportedMarks } from '../store/exported.ts'

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/**
 * Every mark that stands, a child's week at a school to a row and in a stable order, in columns that `vsx import` reads
 * again. Equal stores give equal bytes; sealed children are never in it.
 */
export const attendanceExport = async (query: Query): Promise<readonly (readonly (string | null)[])[]> => {
  const weeks = new Map<string, string[]>()
  for (const { laCode, reference, week, school, marks } of await exportedMarks(query)) {
    const key = `${laCode}\n${reference}\n${week}\n${school ?? ''}`
    const row = weeks.get(key) ?? [laCode, reference, mondayOf(week), school ?? '', ...Array<string>(14).fill('')]
    for (const { day, session, code } of unpackWeek(week, marks)) row[4 + slotOf(day, session)] = code
    weeks.set(key, row)
  }
  return [
    ['la_code', 'child_reference', 'week_beginning', 'school_urn', ...days.flatMap((day) => [`${day}AM`, `${day}PM`])],
    ...weeks.values(),
  ]
}
