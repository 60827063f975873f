import { type RawBuilder, sql } from 'kysely'
import type { Query } from './db.ts'
import { asList, isAmong, openRead } from './read.ts'

/** What a person was last called by any virtual school that appointed them; empty where nobody did. `person` is a column. */
export const nameOfPerson = (person: string): RawBuilder<string> =>
  sql<string>`coalesce((select n.name from appointment_fact n where n.person_number = ${sql.ref(person)}
    and n.name is not null order by n.import_number desc limit 1), '')`

/** The same of some people, by number. */
export const namesOfPeople = async (query: Query, people: readonly number[]): Promise<ReadonlyMap<number, string>> => {
  if (people.length === 0) return new Map()
  const rows = await readNames(query, { people: asList(people) })
  return new Map(rows.map(({ number, name }) => [number, name]))
}

const readNames = openRead((query, { people }: { people: string }) =>
  query
    .selectFrom('person')
    .select(['person.number', nameOfPerson('person.number').as('name')])
    .where(isAmong('person.number', people)),
)
