import type { Query, Statement } from './db.ts'

/** Marks a store as a demo: only ever in the commit that first fills it. */
export const markDemo = (query: Query): Statement =>
  query.insertInto('store_mark').values({ name: 'kind', value: 'demo' })

/** Whether the store was made as a demo, with fictional people and an outbox that anyone on the machine may read. */
export const isDemo = async (query: Query): Promise<boolean> => {
  const mark = await query.selectFrom('store_mark').where('name', '=', 'kind').select('value').executeTakeFirst()
  return mark?.value === 'demo'
}

/**
 * The same for somebody who remembers the answer: undefined while nobody has begun to use the store, and after that the
 * answer for good.
 */
export const settledAsDemo = async (query: Query): Promise<boolean | undefined> =>
  (await isDemo(query)) || ((await isEmpty(query)) ? undefined : false)

/** Whether nobody has begun to use the store: it has no mark and no virtual school. */
export const isEmpty = async (query: Query): Promise<boolean> => {
  const mark = await query.selectFrom('store_mark').select('name').limit(1).executeTakeFirst()
  const virtualSchool = await query.selectFrom('virtual_school').select('number').limit(1).executeTakeFirst()
  return !mark && !virtualSchool
}

/** Notes who acts on the command line of a demo when nobody is named. */
export const markOperator = (query: Query, email: string): Statement =>
  query.insertInto('store_mark').values({ name: 'operator', value: email })

/** The e-mail address of a demo's operator; undefined in a store that is no demo. */
export const operatorOf = async (query: Query): Promise<string | undefined> => {
  if (!(await isDemo(query))) return undefined
  return (await query.selectFrom('store_mark').where('name', '=', 'operator').select('value').executeTakeFirst())?.value
}
