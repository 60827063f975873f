import type { ReturnRow } from '../../connectors/termly-return/rows.ts'
import { todayInLondon } from '../domain/dates.ts'
import type { Scope } from '../domain/scope.ts'
import type { Runtime } from '../runtime.ts'
import { importsOf } from '../store/imports.ts'
import { vouchedFor } from '../store/people.ts'
import { abandonImport } from './publish.ts'
import { type ReceivedReturn, returnConnectorEdition, stageReturn } from './receive-return.ts'

/** The kept copy of a return typed on screen: its rows as they were typed. */
const keptCopy = (rows: readonly ReturnRow[]): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify(
      rows.map(({ reference, answers }) => ({
        reference: reference?.raw,
        answers: Object.fromEntries(answers.map(({ item, raw }) => [item, raw])),
      })),
    ),
  )

/**
 * Receives the rows that a school typed on screen as a file of the same would be received: staged by council, nothing
 * sent yet. What the school had brought from the screen before and not confirmed is given up: its drafts hold it all.
 * `school` is a number.
 */
export const receiveForm = async (
  runtime: Runtime,
  scope: Scope,
  school: number,
  rows: readonly ReturnRow[],
): Promise<ReceivedReturn> => {
  const earlier = (await importsOf(runtime.db.query, scope)).filter(
    (one) => one.via === 'form' && one.school === school && one.state === 'staged',
  )
  const received = await stageReturn(
    runtime,
    { name: `on-screen-${todayInLondon(runtime.now())}.json`, bytes: keptCopy(rows) },
    { edition: returnConnectorEdition, rows, findings: [] },
    {
      school,
      virtualSchools: await vouchedFor(runtime.db.query, scope, school),
      by: scope.person,
      via: 'form',
    },
  )
  if (received.outcome === 'staged')
    for (const part of earlier)
      await abandonImport(runtime, {
        id: part.id,
        number: part.number,
        virtualSchool: part.virtualSchool,
        by: scope.person,
        part: 'school',
        reason: 'made again on screen',
      })
  return received
}
