import type { WebContext } from './context.ts'

/** One text field of the form, trimmed; empty where it is missing or is a file. */
export const field = (context: WebContext, name: string): string => {
  const value = context.var.form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
