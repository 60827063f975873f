import type { Query } from '../store/db.ts'
import { exportedRoll } from '../store/exported.ts'

/** The whole current roll as statements with natural keys, in a stable order: schools, people, pupils, care and places. */
export const rollExport = async (query: Query): Promise<readonly (readonly (string | null)[])[]> => [
  ['kind', 'la_code', 'key', 'name', 'value'],
  ...(await exportedRoll(query)),
]
