import type { Query } from './db.ts'

/** Whether the store answers and has its tables: what a load balancer asks before it sends anybody here. */
export const readyMigration = async (query: Query): Promise<boolean> => {
  try {
    await query.selectFrom('virtual_school').select('number').limit(1).execute()
    await query.selectFrom('must').select('ok').limit(1).execute()
    return true
  } catch {
    return false
  }
}
