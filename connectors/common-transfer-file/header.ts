import type { Finding } from '../../src/domain/finding.ts'
import { type Refusal, refuse } from '../format/refusal.ts'
import { type Branch, groupsIn, placeIn, textIn } from './branch.ts'
import { schoolIn } from './pupil.ts'
import type { TransferHeader } from './rows.ts'
import { yearOfAttendance } from './years.ts'

/** The versions whose elements are known, by the first year of their academic year; a newer one is read by name too. */
export const knownVersions = { from: 12, to: 26 } as const

/** Which file a root element belongs to, where it is no transfer file. */
export const whatItIs = (root: string, line: number): Refusal => {
  if (/^atfile$/i.test(root)) return refuse('TRANSFER_IS_ADMISSIONS', {}, { line })
  if (/^cm[elj]/i.test(root)) return refuse('TRANSFER_IS_MISSING_EDUCATION', {}, { line })
  return refuse('TRANSFER_WRONG_ROOT', { element: root.slice(0, 60) }, { line })
}

/** Reads what the file says of itself; some files that are no transfer file say so only here. */
export const readHeader = (
  branch: Branch,
): { readonly header: TransferHeader; readonly findings: readonly Finding[] } | Refusal => {
  const named = textIn(branch, 'DocumentName')
  const at = placeIn(branch, 'DocumentName')
  if (/admission/i.test(named)) return refuse('TRANSFER_IS_ADMISSIONS', {}, at)
  if (/missing|\bcm[elj]\b/i.test(named)) return refuse('TRANSFER_IS_MISSING_EDUCATION', {}, at)
  const [source] = groupsIn(branch, 'SourceSchool')
  const [destination] = groupsIn(branch, 'DestSchool')
  const version = textIn(branch, 'CTFversion')
  return {
    header: {
      document: named,
      version,
      madeAt: textIn(branch, 'DateTime'),
      qualifier: textIn(branch, 'DocumentQualifier'),
      dataQualifier: textIn(branch, 'DataQualifier'),
      supplier: textIn(branch, 'SupplierID'),
      source: schoolIn(source),
      destination: schoolIn(destination),
      academicYear: yearOfAttendance.read(textIn(source, 'AcademicYear')) ?? null,
    },
    findings: versionFindings(version, branch),
  }
}

const versionFindings = (version: string, branch: Branch): readonly Finding[] => {
  const number = Number(/^(\d{1,2})([.]\d+)?$/.exec(version)?.[1] ?? 0)
  if (number >= knownVersions.from && number <= knownVersions.to) return []
  return [
    {
      code: 'TRANSFER_VERSION',
      severity: 'warning',
      at: placeIn(branch, 'CTFversion'),
      parameters: { from: knownVersions.from, to: knownVersions.to },
    },
  ]
}
