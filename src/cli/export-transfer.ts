import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Destination } from '../../connectors/common-transfer-file/rows.ts'
import { commandWords as words } from '../../templates/words/en/command.ts'
import { parseDfeNumber, parseLaCode } from '../domain/identifiers.ts'
import { transferExport } from '../exports/transfer-file.ts'
import type { NodeRuntime } from '../runtime/node/open.ts'
import { audit } from '../store/audit.ts'
import { virtualSchools } from '../store/schools.ts'
import { type Call, Stop, tell } from './settings.ts'
import { actorOf, importCouncils, namedVirtualSchool } from './who.ts'

/** Where a file goes: a school's seven digits, an authority's three, `unknown` or `outside`. */
const destinationOf = (text: string): Destination => {
  const school = parseDfeNumber(text.slice(0, 3), text.slice(3))
  if (school) return { kind: 'school', ...school, urn: null }
  const la = parseLaCode(text)
  if (la) return { kind: 'authority', la }
  if (text === 'unknown' || text === 'outside') return { kind: text }
  throw new Stop(64, words.needs('--to: a school’s seven digits, an authority’s three, unknown or outside'))
}

/** Writes a transfer file of one virtual school's pupils; into a folder it gets the name that it must have. */
export const exportTransfer = async (
  runtime: NodeRuntime,
  call: Call,
  out: string,
  write: (path: string, contents: Uint8Array) => void,
): Promise<number> => {
  const actor = await actorOf(runtime, call)
  const own = importCouncils(actor)
  const target = (await namedVirtualSchool(runtime, call)) ?? own[0]
  const council = (await virtualSchools(runtime.db.query)).find(({ number }) => number === target)
  if (!council) throw new Stop(2, words.noVirtualSchool)
  if (!actor.operator && !own.includes(council.number)) throw new Stop(2, words.notTheirs)
  const parts = new Set((call.given.with ?? '').split(',').filter((part) => part !== ''))
  for (const part of parts)
    if (part !== 'school-history' && part !== 'looked-after')
      throw new Stop(64, words.needs('--with school-history, looked-after or both with a comma'))
  const made = await transferExport(
    runtime.db.query,
    council,
    call.given.pupils === undefined ? 'all' : call.given.pupils.split(',').map((reference) => reference.trim()),
    {
      full: call.given.full,
      previousVersion: call.given.previous,
      schoolHistory: parts.has('school-history'),
      lookedAfter: parts.has('looked-after'),
      destination: destinationOf(call.given.to ?? 'unknown'),
    },
    runtime.now(),
  )
  if (made.written === 0) throw new Stop(2, words.nobodyToWrite)
  await runtime.db.commit([
    audit(runtime.db.query, {
      at: runtime.now(),
      person: actor.person,
      part: 'command',
      action: 'transfer file written',
      virtualSchool: council.number,
      subject: `${made.written} pupils`,
    }),
  ])
  write(existsSync(out) && statSync(out).isDirectory() ? join(out, made.name) : out, made.bytes)
  if (made.left > 0) tell(words.leftOut(made.left))
  return made.left > 0 ? 1 : 0
}
