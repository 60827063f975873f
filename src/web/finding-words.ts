import { findingWords as words } from '../../templates/words/en/findings.ts'
import type { Finding } from '../domain/finding.ts'

/** What a person reads of a finding: its title, the rule, and how to mend it. Never a code, never a child. */
export const findingWords = (
  finding: Pick<Finding, 'code' | 'parameters'>,
): { readonly title: string; readonly rule: string; readonly mend: string } => {
  const found = words[finding.code]
  if (!found) return { title: finding.code, rule: '', mend: '' }
  const { parameters } = finding
  return { title: found.title(parameters), rule: found.rule(parameters), mend: found.mend(parameters) }
}
