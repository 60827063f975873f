import { Conflict, type Statement } from '../store/db.ts'
import type { WebContext } from './context.ts'
import { reply } from './reply.tsx'

/**
 * Commits what a handler has decided and goes on to `to`. Where somebody was first, nothing has happened and they are told
 * so, with the way back to where it stands now: `to` too, unless another is given.
 */
export const settle = async (context: WebContext, statements: readonly Statement[], to: string, back = to) => {
  try {
    await context.var.runtime.db.commit(statements)
  } catch (problem) {
    if (!(problem instanceof Conflict)) throw problem
    return reply.changedMeanwhile(context, back)
  }
  return reply.goTo(context, to)
}
