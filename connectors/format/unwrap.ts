import { fileKind } from './bytes.ts'
import { type Refusal, refuse } from './refusal.ts'
import { readZip, type ZipLimits } from './zip.ts'

/** The most that a wrapping archive may hold: one file and what a machine adds beside it. */
const limits: ZipLimits = { entries: 50, entryBytes: 100_000_000, totalBytes: 110_000_000 }

/** What a Mac or Windows adds to an archive beside the file that was meant. */
const beside = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)|\/$/i

/**
 * The one file in a .zip around it, unpacked within bounds; undefined where the archive is none of ours to open (a
 * workbook is an archive too).
 */
export const unwrapZip = (
  bytes: Uint8Array,
): { readonly outcome: 'unwrapped'; readonly name: string; readonly bytes: Uint8Array } | Refusal | undefined => {
  if (fileKind(bytes) !== 'zip') return undefined
  const listed = readZip(bytes, () => false, limits)
  if (listed.outcome === 'refused') return undefined
  const names = listed.names.filter((name) => !beside.test(name))
  if (listed.names.some((name) => /^(\[content_types\]\.xml|mimetype)$/i.test(name))) return undefined
  const files = names.filter((name) => /\.(csv|xlsx|xml|txt)$/i.test(name))
  const [name] = files
  if (name === undefined) return undefined
  if (files.length > 1 || names.length > 1) return refuse('FILE_HOLDS_SEVERAL')
  const opened = readZip(bytes, (one) => one === name, limits)
  if (opened.outcome === 'refused') return opened
  return { outcome: 'unwrapped', name: name.replace(/^.*\//, ''), bytes: opened.parts.get(name) ?? new Uint8Array() }
}
