import type { Query } from '../store/db.ts'
import { exportedAnswers } from '../store/exported.ts'

/**
 * Every current answer with its natural key, in a stable order: nothing in it is random or tells when it was made, so
 * that equal stores give equal bytes. Sealed children are never in it.
 */
export const returnsExport = async (query: Query): Promise<readonly (readonly (string | number | null)[])[]> => {
  const rows = await exportedAnswers(query)
  return [
    [
      'la_code',
      'academic_year',
      'term',
      'school',
      'child_reference',
      'item',
      'state',
      'value',
      'file',
      'sheet',
      'cell',
      'line',
    ],
    ...rows.map((row) => [
      row.laCode,
      row.academicYear,
      row.term,
      row.school,
      row.childReference,
      row.item,
      row.state,
      row.value,
      row.fileName,
      row.sheet,
      row.cell,
      row.line,
    ]),
  ]
}
