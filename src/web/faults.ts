import { checkWords } from '../../templates/words/en/check.ts'
import { wordsOfFinding } from '../../templates/words/en/findings.ts'
import { itemWords } from '../../templates/words/en/items.ts'
import type { Fault, Finding } from '../domain/finding.ts'
import type { Scope } from '../domain/scope.ts'
import type { Query } from '../store/db.ts'
import { findingsOf, type KeptFinding, rowsOfImport } from '../store/import-rows.ts'
import type { Import } from '../store/imports.ts'

/** What is still to mend or to check in the parts of one upload, in words: what is mended, accepted or set aside is not. */
export const faultsOf = async (
  query: Query,
  scope: Scope,
  parts: readonly Import[],
): Promise<{ readonly faults: readonly Fault[]; readonly pupils: readonly number[] }> => {
  const read = await Promise.all(
    parts.map(async (part) => {
      const [rows, findings] = await Promise.all([
        rowsOfImport(query, scope, part.number),
        findingsOf(query, scope, part.number),
      ])
      const settled = new Set(
        rows
          .filter(({ state }) => state === 'set_aside' || (part.state !== 'staged' && state === 'ready'))
          .map(({ rowNumber }) => rowNumber),
      )
      return { rows, open: findings.filter((one) => one.acceptedBy === null && !settled.has(one.rowNumber)) }
    }),
  )
  return {
    faults: read
      .flatMap(({ open }) => open)
      .sort((one, other) => one.rowNumber - other.rowNumber)
      .map(inWords),
    pupils: read.flatMap(({ rows }) => rows.flatMap(({ pupil }) => (pupil === null ? [] : [pupil]))),
  }
}

const inWords = ({ code, severity, item, sheet, cell, line, parameters }: KeptFinding): Fault =>
  faultOf({
    code,
    severity,
    at: {
      ...(sheet === null ? {} : { sheet }),
      ...(cell === null ? {} : { cell }),
      ...(line === null ? {} : { line }),
      ...(item === null ? {} : { column: item }),
    },
    parameters: JSON.parse(parameters),
  })

/** A finding in words, as it is marked in a file. */
export const faultOf = ({ code, severity, at, parameters }: Finding): Fault => {
  const words = at.column === undefined ? undefined : itemWords[at.column]
  return {
    severity,
    at,
    what: code.startsWith('UPN_') ? checkWords.upnLabel : (words?.head ?? words?.label ?? ''),
    ...wordsOfFinding({ code, parameters }),
  }
}
