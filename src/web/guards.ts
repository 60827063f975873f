import type { MiddlewareHandler } from 'hono'
import { paths } from '../../templates/components/paths.ts'
import { evidenceBytes, transferBytes } from '../config.ts'
import type { Web, WebContext } from './context.ts'
import { reply } from './reply.tsx'

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'none'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "object-src 'none'",
].join('; ')

const headers: readonly (readonly [string, string])[] = [
  ['content-security-policy', policy],
  ['strict-transport-security', 'max-age=63072000; includeSubDomains'],
  ['referrer-policy', 'no-referrer'],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
  ['cache-control', 'no-store'],
]

/** Sets the headers that every answer carries, refusals and faults included: nothing is cached, framed or guessed at. */
export const safeHeaders: MiddlewareHandler<Web> = async (context, next) => {
  await next()
  for (const [name, value] of headers) if (!context.res.headers.has(name)) context.res.headers.set(name, value)
}

const changes = (method: string) => !['GET', 'HEAD', 'OPTIONS'].includes(method)

/**
 * Refuses a change that another site asks for, whatever its content type: the browser says that the request is of this
 * origin, or, in an old browser, Origin is the address we are reached at. With neither there is no proof.
 */
export const sameSite: MiddlewareHandler<Web> = async (context, next) => {
  if (!changes(context.req.method)) return next()
  const site = context.req.header('sec-fetch-site')
  const own =
    site === undefined ? context.req.header('origin') === context.var.runtime.config.origin : site === 'same-origin'
  return own ? next() : reply.forbidden(context)
}

/** The most a form may hold that brings no file. */
const formBytes = 256_000

const uploads: readonly string[] = [
  ...[paths.upload, paths.layout, paths.roll, paths.fundingPaymentsPaid],
  ...[paths.schoolAttendanceColumns, paths.attendanceColumns],
]
const streamed: readonly string[] = [
  ...[paths.schoolTransfers, paths.transfers],
  ...[paths.schoolAttendanceFiles, paths.attendanceFiles],
]

/** The most that files sent to a page may hold; 0 where it takes none. */
const mostFor = (context: WebContext): number => {
  if (streamed.includes(context.req.path)) return transferBytes
  if (/^\/money\/applications\/\w+\/evidence$/.test(context.req.path)) return evidenceBytes
  return uploads.includes(context.req.path) ? context.var.runtime.config.uploadBytes : 0
}

/** A body that grew past what its page takes. */
class TooBig extends Error {
  override readonly name = 'TooBig'
}

const readUpTo = async (request: Request, most: number): Promise<Uint8Array<ArrayBuffer>> => {
  const said = Number(request.headers.get('content-length') ?? '0')
  if (said > most) throw new TooBig()
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.byteLength
    if (length > most) {
      await reader.cancel().catch(() => undefined)
      throw new TooBig()
    }
    chunks.push(value)
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}

/** Reads the form of a change before anything else does, counting every byte, so that no body is ever held beyond its limit. */
export const boundedForm: MiddlewareHandler<Web> = async (context, next) => {
  if (!changes(context.req.method)) return next()
  const files = mostFor(context)
  try {
    const bytes = await readUpTo(context.req.raw, files + formBytes)
    const type = context.req.header('content-type') ?? ''
    const read = /^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type)
    context.set('form', read && bytes.byteLength > 0 ? await formOf(bytes, type) : new FormData())
  } catch (problem) {
    if (problem instanceof TooBig) return reply.tooBig(context, files || formBytes)
    throw problem
  }
  return next()
}

const formOf = async (bytes: Uint8Array<ArrayBuffer>, type: string): Promise<FormData> => {
  try {
    return await new Response(bytes, { headers: { 'content-type': type } }).formData()
  } catch {
    // A body that is no form has no fields: the page says which are missing.
    return new FormData()
  }
}

/** Every value of a field that may be given more than once. */
export const fields = (context: WebContext, name: string): readonly string[] =>
  context.var.form.getAll(name).filter((value): value is string => typeof value === 'string')
