import { plusMinutes } from '../../src/domain/dates.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import type { Runtime } from '../../src/runtime.ts'
import { startSession } from '../../src/store/people.ts'
import { createApp } from '../../src/web/app.ts'
import { hashOf, newSecret } from '../../src/web/secrets.ts'

/** Somebody signed in at the application itself: each answer as the server gives it, redirects not followed. */
export type Browser = {
  readonly get: (path: string) => Promise<Response>
  readonly post: (path: string, fields: Readonly<Record<string, string>>) => Promise<Response>
  readonly send: (path: string, form: FormData) => Promise<Response>
  readonly upload: (name: string, bytes: Uint8Array, path?: string) => Promise<Response>
}

/** Signs a person in, in a part of theirs or else the first they have, and gives what their cookie holds. */
export const tokenFor = async (runtime: Runtime, email: string, part = 'school'): Promise<string> => {
  const { query } = runtime.db
  const person = await query.selectFrom('person').select('number').where('email', '=', email).executeTakeFirstOrThrow()
  const [token, at] = [newSecret(), runtime.now()]
  await runtime.db.commit([
    startSession(query, {
      tokenHash: await hashOf(token),
      id: newPublicId(),
      person: person.number,
      part,
      trusted: true,
      at,
      expiresAt: plusMinutes(at, 600),
    }),
  ])
  return token
}

/** Signs a person in at the application itself. */
export const browserFor = async (runtime: Runtime, email: string, part?: string): Promise<Browser> => {
  const token = await tokenFor(runtime, email, part)
  const app = createApp(() => runtime)
  const ask = async (method: string, path: string, body?: FormData) =>
    app.request(`${runtime.config.origin}${path}`, {
      method,
      headers: { cookie: `vsx-session=${token}`, 'sec-fetch-site': 'same-origin' },
      ...(body ? { body } : {}),
    })
  return {
    get: (path) => ask('GET', path),
    post: (path, fields) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.set(name, value)
      return ask('POST', path, form)
    },
    send: (path, form) => ask('POST', path, form),
    upload: (name, bytes, path = '/return/upload') => {
      const form = new FormData()
      form.set('file', new File([new Uint8Array(bytes)], name))
      return ask('POST', path, form)
    },
  }
}
