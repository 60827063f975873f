import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { commandWords as words } from '../../templates/words/en/command.ts'
import { scopeFor } from '../access/scope.ts'
import { parseDestination, transferExport } from '../exports/transfer-file.ts'
import type { NodeRuntime } from '../runtime/node/open.ts'
import { audit } from '../store/audit.ts'
import { virtualSchools } from '../store/schools.ts'
import { type Call, Stop, tell } from './settings.ts'
import { actorOf, importCouncils, namedVirtualSchool } from './who.ts'

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
  const destination = parseDestination(call.given.to ?? 'unknown')
  if (!destination)
    throw new Stop(64, words.needs('--to: a school’s seven digits, an authority’s three, unknown or outside'))
  const part = actor.parts.find((one) => one.part.kind === 'council' && one.part.virtualSchool === council.number)
  const scope = scopeFor(
    actor.person ?? 0,
    // The demo's own operator acts for any virtual school.
    part && !actor.operator ? part.part : { kind: 'council', virtualSchool: council.number, role: 'head' },
    runtime.now(),
  )
  const made = await transferExport(
    runtime.db.query,
    scope,
    council,
    call.given.pupils === undefined ? 'all' : call.given.pupils.split(',').map((reference) => reference.trim()),
    {
      full: call.given.full,
      previousVersion: call.given.previous,
      schoolHistory: parts.has('school-history'),
      lookedAfter: parts.has('looked-after'),
      destination,
    },
    runtime.now(),
  )
  if (made.pupils.length === 0) throw new Stop(2, words.nobodyToWrite)
  await runtime.db.commit([
    audit(runtime.db.query, {
      at: runtime.now(),
      person: actor.person,
      part: 'command',
      action: 'transfer file written',
      virtualSchool: council.number,
      subject: `${made.pupils.length} pupils`,
    }),
  ])
  write(existsSync(out) && statSync(out).isDirectory() ? join(out, made.name) : out, made.bytes)
  if (made.left.length > 0) tell(words.leftOut(made.left.length))
  return made.left.length > 0 ? 1 : 0
}
