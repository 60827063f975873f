import { type RawBuilder, sql } from 'kysely'

/** What a person was last called by any virtual school that appointed them; empty where nobody did. `person` is a column. */
export const nameOfPerson = (person: string): RawBuilder<string> =>
  sql<string>`coalesce((select n.name from appointment_fact n where n.person_number = ${sql.ref(person)}
    and n.name is not null order by n.import_number desc limit 1), '')`
