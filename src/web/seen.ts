import { auditOfMany } from '../store/audit.ts'
import type { WebContext } from './context.ts'

/**
 * Notes who is about to see which pupils' records and why, and waits until that is written: only then may the page be
 * sent. `pupils` are numbers.
 */
export const noteSeen = async (
  context: WebContext,
  pupils: readonly number[],
  action: string,
  purpose = '',
): Promise<void> => {
  const { runtime, viewer } = context.var
  await runtime.db.commit(
    auditOfMany([...new Set(pupils)], {
      at: runtime.now(),
      person: viewer.person.number,
      part: viewer.part.kind === 'council' ? viewer.part.role : 'school',
      action,
      virtualSchool: viewer.part.kind === 'council' ? viewer.part.virtualSchool : null,
      purpose,
    }),
  )
}

/** The first name and an initial: how a school's pages call a pupil the school knows. */
export const shortName = (forename: string, surname: string): string =>
  surname === '' ? forename : `${forename} ${surname.charAt(0)}.`.trim()
