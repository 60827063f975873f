import type { Instant } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query, Statement } from './db.ts'
import { nameOfPerson } from './person-name.ts'
import { asList, isAmong, scopedRead } from './read.ts'
import { readsApplication } from './scope.ts'
import { assertOne, statement } from './statement.ts'

/** The most files of one application. */
export const mostEvidence = 10

/** A file that a school added to an application. */
export type Evidence = {
  readonly id: string
  readonly application: number
  readonly fileName: string
  readonly kind: 'pdf' | 'png' | 'jpeg'
  readonly bytes: number
  readonly key: string
  readonly at: Instant
  readonly by: string
}

const evidence = (query: Query) =>
  query
    .selectFrom('evidence')
    .innerJoin('application', 'application.number', 'evidence.application_number')
    .select([
      'evidence.id',
      'evidence.application_number as application',
      'evidence.file_name as fileName',
      'evidence.kind',
      'evidence.bytes',
      'evidence.file_key as key',
      'evidence.at',
      nameOfPerson('evidence.by_person').as('by'),
    ])

/** The files of some applications that the viewer may open, oldest first. */
export const evidenceOf = async (
  query: Query,
  scope: Scope,
  applications: readonly number[],
): Promise<readonly Evidence[]> => readEvidence(query, scope, { applications: asList(applications) })

const readEvidence = scopedRead((query, scope, { applications }: { applications: string }) =>
  evidence(query)
    .where(isAmong('evidence.application_number', applications))
    .where(readsApplication(scope))
    .orderBy('evidence.number'),
)

/** One file that the viewer may open, by its public id. */
export const evidenceById = async (query: Query, scope: Scope, id: string): Promise<Evidence | undefined> =>
  (await readEvidenceById(query, scope, { id }))[0]

const readEvidenceById = scopedRead((query, scope, { id }: { id: string }) =>
  evidence(query).where('evidence.id', '=', id).where(readsApplication(scope)),
)

/** Adds a file to an application; undone (Conflict) where it has as many as it may, or the very same one. */
export const addEvidence = (
  file: Omit<Evidence, 'by' | 'at'> & { readonly sha256: string },
  at: Instant,
  by: number,
): readonly Statement[] => [
  statement(
    `insert into evidence (id, application_number, file_name, kind, bytes, sha256, file_key, at, by_person)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [file.id, file.application, file.fileName, file.kind, file.bytes, file.sha256, file.key, at, by],
  ),
  assertOne('select (select count(*) from evidence where application_number = ?) <= ?', [
    file.application,
    mostEvidence,
  ]),
]
