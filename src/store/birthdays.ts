import { sql } from 'kysely'
import type { Instant } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from './db.ts'
import { detailOf } from './pupil-detail.ts'
import { scopedRead } from './read.ts'
import { comparesBirthdays } from './scope.ts'

/** The date of birth in one row of a school's published file, beside the one the council holds. */
export type BirthdaySent = {
  readonly importId: string
  readonly rowNumber: number
  readonly pupil: number
  readonly pupilId: string
  readonly forename: string
  readonly surname: string
  readonly school: number | null
  readonly schoolName: string
  readonly sentAt: Instant
  readonly sent: string
  readonly held: string
}

const detail = (attribute: string) => detailOf('import_row.pupil_number', attribute)

/**
 * The dates of birth that schools sent in an import or about a pupil, newest first: for the officer and the head of the
 * pupil's virtual school. No school, and nobody else, is ever told that one differs.
 */
export const birthdaysSent = async (
  query: Query,
  scope: Scope,
  of: { readonly importNumber: number } | { readonly pupil: number },
): Promise<readonly BirthdaySent[]> => readBirthdays(query, scope, of)

type Of = { readonly importNumber?: number | undefined; readonly pupil?: number | undefined }

const readBirthdays = scopedRead((query, scope, of: Of) =>
  query
    .selectFrom('import_row')
    .innerJoin('import', 'import.number', 'import_row.import_number')
    .innerJoin('delivery', 'delivery.number', 'import.delivery_number')
    .innerJoin('pupil', 'pupil.number', 'import_row.pupil_number')
    .leftJoin('school_detail', 'school_detail.school_number', 'import.school_number')
    .select([
      'import.id as importId',
      'import_row.row_number as rowNumber',
      'pupil.number as pupil',
      'pupil.id as pupilId',
      detail('forename').as('forename'),
      detail('surname').as('surname'),
      'import.school_number as school',
      sql<string>`coalesce(school_detail.name, '')`.as('schoolName'),
      'delivery.sent_at as sentAt',
      sql<string>`import_row.born_sent`.as('sent'),
      detail('date_of_birth').as('held'),
    ])
    .where((where) =>
      of.pupil === undefined
        ? where('import_row.import_number', '=', of.importNumber ?? 0)
        : where('import_row.pupil_number', '=', of.pupil),
    )
    .where('import_row.born_sent', 'is not', null)
    .where('import_row.state', '=', 'ready')
    .where('import.state', '=', 'published')
    .where(comparesBirthdays(scope))
    .orderBy('import.publish_order', 'desc')
    .orderBy('import_row.row_number'),
)
