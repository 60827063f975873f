import type { Scope } from '../domain/scope.ts'
import { pupilsBehind } from '../store/answers.ts'
import type { Query } from '../store/db.ts'
import type { KeptFinding } from '../store/import-rows.ts'

/** One pupil of an earlier return who is in no row, for a reader who may follow the pupil. */
export type ExpectedPupil = { readonly pupil: number; readonly forename: string; readonly surname: string }

const code = 'PUPILS_NOT_IN_FILE'

/**
 * The findings of an import as one reader may have them: where pupils are in no row, only those whom the reader may
 * follow today are counted, and a finding that is left with none is not there. Gives those pupils beside.
 */
export const findingsForReader = async (
  query: Query,
  scope: Scope,
  findings: readonly KeptFinding[],
): Promise<{ readonly findings: readonly KeptFinding[]; readonly expected: readonly ExpectedPupil[] }> => {
  const found = findings.find((finding) => finding.code === code)
  if (!found) return { findings, expected: [] }
  const said: { readonly pupils: number; readonly references: string } = JSON.parse(found.parameters)
  const references = said.references.split(' ')
  const expected = await pupilsBehind(query, scope, references)
  const closed = references.length - expected.length
  const parameters = JSON.stringify({
    pupils: said.pupils - closed,
    references: references.filter((one) => expected.some(({ reference }) => reference === one)).join(' '),
  })
  return {
    findings: findings.flatMap((finding) =>
      finding.code !== code ? [finding] : expected.length === 0 ? [] : [{ ...finding, parameters }],
    ),
    expected,
  }
}
