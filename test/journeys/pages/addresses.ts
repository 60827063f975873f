import type { Runtime } from '../../../src/runtime.ts'
import { createApp } from '../../../src/web/app.ts'

/** What a machine asks for, and pages that only lead on to another: neither is looked at. */
const notPages = /^\/(livez|readyz|return\/form\/next|capacity|evidence\/:evidence)$|\.(xlsx|csv)$|\/(file|to-mend)$/

/** Patterns of every page there is, as the application itself has them. */
export const pagesOf = (runtime: Runtime): readonly string[] => [
  ...new Set(
    createApp(() => runtime)
      .routes.filter(({ method, path }) => method === 'GET' && !path.includes('*') && !notPages.test(path))
      .map(({ path }) => path),
  ),
]

const matches = (pattern: string) => new RegExp(`^${pattern.replaceAll(/:\w+/g, '[^/]+')}$`)

/** The pattern an address belongs to; one without a parameter stands before one with. */
const patternOf = (patterns: readonly string[], address: string): string | undefined => {
  const path = address.split('?')[0] ?? ''
  return patterns.includes(path) ? path : patterns.find((pattern) => matches(pattern).test(path))
}

const linksIn = (html: string): readonly string[] =>
  [...html.matchAll(/\shref="(\/[^"#]*)/g)].map(([, href]) => (href ?? '').replaceAll('&amp;', '&'))

/**
 * Follows links as a person would, from the first page on, and gives the first addresses met of each pattern. A page
 * that no link leads to is not met.
 */
export const reached = async (
  patterns: readonly string[],
  get: (path: string) => Promise<Response>,
  each = 2,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const met = new Map<string, string[]>()
  const queue = ['/']
  const seen = new Set(queue)
  for (let at = 0; at < queue.length; at += 1) {
    const answer = await get(queue[at] ?? '')
    if (answer.status === 303) {
      const to = answer.headers.get('location') ?? ''
      if (!seen.has(to)) queue.push(to)
      seen.add(to)
      continue
    }
    if (answer.status !== 200) throw new Error(`a link leads to ${queue[at]}, which answers ${answer.status}`)
    const pattern = patternOf(patterns, queue[at] ?? '')
    if (pattern) met.set(pattern, [...(met.get(pattern) ?? []), queue[at] ?? ''])
    if (!(answer.headers.get('content-type') ?? '').includes('html')) continue
    for (const link of linksIn(await answer.text())) {
      const to = patternOf(patterns, link)
      if (!to || seen.has(link)) continue
      const waiting = queue.filter((one) => patternOf(patterns, one) === to).length
      if (waiting >= each) continue
      seen.add(link)
      queue.push(link)
    }
  }
  return met
}
