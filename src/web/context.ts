import type { Context } from 'hono'
import type { Part, Scope } from '../domain/scope.ts'
import type { Runtime } from '../runtime.ts'
import type { NamedPart, Person, Session } from '../store/people.ts'

/** Who makes a request, in which part, and what that lets them read. */
export type Viewer = {
  readonly person: Person
  readonly session: Session
  readonly part: Part
  readonly named: NamedPart
  readonly parts: readonly NamedPart[]
  readonly scope: Scope
}

/** What every handler has at hand. `viewer` is there behind `signedIn`, `form` on a request that has a body. */
export type Web = {
  Variables: {
    runtime: Runtime
    demo: boolean
    reference: string
    viewer: Viewer
    form: FormData
  }
}

export type WebContext = Context<Web>

/** The virtual school a council's person acts for; 0, which none has, for anybody else. */
export const ownCouncil = (context: WebContext): number =>
  context.var.viewer.part.kind === 'council' ? context.var.viewer.part.virtualSchool : 0
