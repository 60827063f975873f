import { todayInLondon } from '../domain/dates.ts'
import { newPublicId } from '../domain/identifiers.ts'
import type { Scope } from '../domain/scope.ts'
import type { Runtime } from '../runtime.ts'
import type { Statement } from '../store/db.ts'
import { draftsWentWith } from '../store/drafts.ts'
import { findingsOf } from '../store/import-rows.ts'
import type { Import } from '../store/imports.ts'
import { assertTakesAnswers } from '../store/round-dates.ts'
import { assertOne, statement } from '../store/statement.ts'
import { acceptWarnings } from './mend.ts'
import { type ImportChange, publishImports } from './publish.ts'

export type Confirmed =
  | { readonly outcome: 'submitted'; readonly receipt: string }
  | { readonly outcome: 'held' | 'warnings' | 'changed-meanwhile' }

/** A receipt's reference: the council's code and eight characters that nobody can guess. */
const newReceipt = (laCode: string) => `${laCode}-${newPublicId().slice(0, 8).toUpperCase()}`

/**
 * Confirms one council's part of a return: no row may be held back, and its warnings must be accepted. Publishes the
 * ready rows, notes the submission and gives its receipt, all in one commit.
 */
export const confirmReturn = async (
  runtime: Runtime,
  scope: Scope,
  part: Import,
  said: {
    readonly by: number | null
    readonly part: string
    readonly warningsAccepted: boolean
    /** The school's newest submission to the round as the person saw it, 0 for none: with a newer one nothing is sent. */
    readonly seen?: number
    /** The e-mails of the receipt, made once it is known. */
    readonly mail?: (receipt: string) => readonly Statement[]
  },
): Promise<Confirmed> => {
  if (part.held > 0) return { outcome: 'held' }
  const findings = await findingsOf(runtime.db.query, scope, part.number)
  const warnings = findings.filter(({ severity, acceptedBy }) => severity === 'warning' && acceptedBy === null)
  if (warnings.length > 0 && !said.warningsAccepted) return { outcome: 'warnings' }
  const receipt = newReceipt(part.laCode)
  const published = await publishImports(runtime, [
    {
      ...asChange(part, said),
      also: [
        ...(said.seen === undefined ? [] : [newestSubmissionIs(part, said.seen)]),
        acceptWarnings(part.number, said.by),
        draftsWentWith(part.number),
        ...submission(runtime, part, receipt, said.by),
        ...(said.mail?.(receipt) ?? []),
      ],
    },
  ])
  return published.outcome === 'published' ? { outcome: 'submitted', receipt } : { outcome: 'changed-meanwhile' }
}

const newestSubmissionIs = (part: Import, version: number): Statement =>
  assertOne(
    `select (select coalesce(max(version), 0) from submission where round_number = ? and school_number = ?) = ?`,
    [part.round ?? 0, part.school ?? 0, version],
  )

/** An import as a change to its state is told of it. */
export const asChange = (
  part: Pick<Import, 'id' | 'number' | 'virtualSchool'>,
  said: { readonly by: number | null; readonly part: string },
): ImportChange => ({
  id: part.id,
  number: part.number,
  virtualSchool: part.virtualSchool,
  by: said.by,
  part: said.part,
})

/**
 * The statements that a return counts as submitted: for one school, one round, with the next version number, as long as
 * the round takes the school's answers at that moment.
 */
export const submission = (runtime: Runtime, part: Import, receipt: string, by: number | null): readonly Statement[] =>
  part.round === null || part.school === null
    ? []
    : [
        assertTakesAnswers(part.round, part.school, todayInLondon(runtime.now())),
        statement(
          `insert into submission (round_number, school_number, version, import_number, receipt, at, by_person, pupils, answers)
           select ?, ?, (select coalesce(max(version), 0) + 1 from submission where round_number = ? and school_number = ?),
             ?, ?, ?, ?,
             (select count(*) from import_row where import_number = ? and state = 'ready'),
             (select count(*) from answer_fact f join import_row r on r.import_number = f.import_number
                and r.row_number = f.row_number where f.import_number = ? and r.state = 'ready' and f.state <> 'unread')`,
          [
            part.round,
            part.school,
            part.round,
            part.school,
            part.number,
            receipt,
            runtime.now(),
            by,
            part.number,
            part.number,
          ],
        ),
      ]
