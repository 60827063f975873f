import type { Query } from '../store/db.ts'
import { exportedMovements } from '../store/exported-movements.ts'

/** Every movement of money as a table, amounts in pence: equal stores give equal bytes. */
export const movementsExport = async (query: Query): Promise<readonly (readonly (string | number | null)[])[]> => [
  ['la_code', 'fund', 'year', 'at', 'from', 'to', 'amount_in_pence', 'cause', 'application', 'payment'],
  ...(await exportedMovements(query)).map((row) => [
    ...[row.laCode, row.fund, row.year, row.at, row.from, row.to, row.amount, row.cause],
    ...[row.application, row.payment],
  ]),
]
