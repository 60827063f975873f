import type { MarksRead, MarksRow } from '../../connectors/attendance-marks/rows.ts'
import type { SessionMark } from '../domain/attendance/week.ts'
import type { PlainDate } from '../domain/dates.ts'
import type { MarksSender } from '../intake/marks-sender.ts'
import { publishImports } from '../intake/publish.ts'
import { receiveMarks } from '../intake/receive-marks.ts'
import type { OnRollThen } from '../store/marks.ts'
import { vouchedFor } from '../store/people.ts'
import { importsAsChanges } from '../store/report.ts'
import type { School } from '../store/schools.ts'
import type { WebContext } from './context.ts'
import { hashOf } from './secrets.ts'

const rowOf = (
  number: number,
  school: School,
  ofCouncil: boolean,
  { pupil, marks }: { readonly pupil: OnRollThen; readonly marks: readonly SessionMark[] },
): MarksRow => ({
  number,
  upn: '',
  // What intake knows a pupil by: a school's page the portal's own id, a council its reference.
  reference: ofCouncil ? pupil.reference : pupil.id,
  surname: '',
  forename: '',
  born: '',
  school: school.urn,
  marks,
  findings: [],
  kept: '',
})

/**
 * Brings a week that was typed on a page in as a file of the same would come in, and puts it in use. False where nothing
 * of it could be taken; then nothing was changed.
 */
export const sendWeek = async (
  context: WebContext,
  school: School,
  monday: PlainDate,
  pupils: readonly { readonly pupil: OnRollThen; readonly marks: readonly SessionMark[] }[],
): Promise<boolean> => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const ofCouncil = viewer.part.kind === 'council'
  const rows = pupils.map((one, at) => rowOf(at + 1, school, ofCouncil, one))
  const text = JSON.stringify(rows.map(({ reference, marks }) => ({ reference, marks })))
  const sender: MarksSender = {
    from:
      viewer.part.kind === 'council'
        ? { kind: 'council', virtualSchool: viewer.part.virtualSchool }
        : {
            kind: 'school',
            school: school.number,
            virtualSchools: await vouchedFor(query, viewer.scope, school.number),
          },
    by: viewer.person.number,
    via: 'form',
  }
  const file = {
    name: `week-of-${monday}`,
    sha256: await hashOf(text),
    bytes: new TextEncoder().encode(text).length,
    layout: null,
    copied: false,
  }
  async function* pieces(): AsyncGenerator<MarksRead, void> {
    yield { outcome: 'read', rows, grain: 'week', notRead: [] }
  }
  const received = await receiveMarks(runtime, file, pieces(), sender)
  if (received.outcome === 'refused') return false
  const parts = await importsAsChanges(query, received.delivery)
  await publishImports(
    runtime,
    parts.map((part) => ({ ...part, by: viewer.person.number, part: ofCouncil ? viewer.named.role : 'school' })),
  )
  return true
}
