import type { PupilReturn } from '../returns/due.ts'
import type { KnownContacts } from '../returns/sheet.ts'
import { contactsAt } from '../store/people.ts'
import type { WebContext } from './context.ts'

/** What is known of the people at one school, for the questions on who they are. */
export const contactsFor = (context: WebContext, school: number): Promise<KnownContacts> =>
  contactsAt(context.var.runtime.db.query, context.var.viewer.scope, school, context.var.viewer.person.number)

/** What is known of the people at each school that is asked, by its number. */
export const contactsOf = async (context: WebContext, returns: readonly PupilReturn[]) =>
  new Map(
    await Promise.all(
      [...new Set(returns.map(({ due }) => due.school))].map(
        async (school) => [school, await contactsFor(context, school)] as const,
      ),
    ),
  )
