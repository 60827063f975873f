import { sql } from 'kysely'

/** A detail of the pupil whose number stands in a column, such as `forename`; empty where none is held. */
export const detailOf = (pupil: string, attribute: string) =>
  sql<string>`coalesce((select d.value from pupil_detail d where d.pupil_number = ${sql.ref(pupil)}
    and d.attribute = ${attribute}), '')`

/** A detail of the pupil that a read is of. */
export const detail = (attribute: string) => detailOf('pupil.number', attribute)
