import type { WebContext } from './context.ts'

/** Writes down that something went wrong: its kind and place only, for its own words may hold what a child's record holds. */
export const noteFault = (context: WebContext, problem: unknown): void => {
  const { name, stack } = problem instanceof Error ? problem : new Error('not an Error')
  const place =
    stack
      ?.split('\n')
      .find((line) => /\bat\b/.test(line))
      ?.trim() ?? ''
  console.error(`fault ${context.var.reference} ${name} ${context.req.routePath} ${place}`)
}
