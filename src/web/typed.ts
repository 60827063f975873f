import type { WebContext } from './context.ts'
import { field } from './form-field.ts'

/** What somebody had typed when their session had ended, and where it was going: it goes with them while they sign in. */
export type Typed = { readonly to: string; readonly fields: readonly (readonly [name: string, value: string])[] }

/** A path of ours, and nothing that a browser would take for another address. */
const ours = /^\/(?!\/)[\w./-]{1,300}$/

/** The most that is carried: a form without a file holds no more. */
const most = 250_000

/** The text of the form that was posted; undefined where there is none, as with a file alone. */
export const typedNow = (context: WebContext): Typed | undefined => {
  const form = context.get('form')
  if (context.req.method !== 'POST' || form === undefined) return undefined
  const fields = [...form].flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  const typed = { to: context.req.path, fields }
  return fields.some(([, value]) => value !== '') && carry(typed).length <= most ? typed : undefined
}

/** As one text, for a hidden field of the pages of signing in. */
export const carry = ({ fields }: Typed): string => new URLSearchParams(fields.map(([...pair]) => pair)).toString()

/** What a page of signing in carried; undefined where it carried nothing. */
export const typedBefore = (context: WebContext): Typed | undefined => {
  const [to, kept] = [field(context, 'next'), field(context, 'kept')]
  return ours.test(to) && kept !== '' && kept.length <= most
    ? { to, fields: [...new URLSearchParams(kept)] }
    : undefined
}
