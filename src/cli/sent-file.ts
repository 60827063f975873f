import { createReadStream, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { SentFile } from '../../connectors/connector.ts'
import { unwrapZip } from '../../connectors/format/unwrap.ts'
import { commandWords as words } from '../../templates/words/en/command.ts'
import { wordsOfFinding } from '../../templates/words/en/findings.ts'
import type { Finding } from '../domain/finding.ts'
import { Stop } from './settings.ts'

/** The largest file that is read at all, in bytes. */
const mostBytes = 100_000_000

const tooLarge = (): Finding => ({ code: 'FILE_TOO_LARGE', severity: 'error', at: {}, parameters: { limit: 20 } })

const readStandardInput = async (): Promise<Uint8Array> => {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of process.stdin) {
    length += chunk.length
    if (length > mostBytes) throw new Stop(2, wordsOfFinding(tooLarge()).rule)
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

/** Reads the file of a path, or standard input for `-`, out of what it is packed in; a finding where it cannot be read. */
export const readSent = async (path: string): Promise<SentFile | Finding> => {
  if (path === '-') return unwrapped({ name: 'standard-input', bytes: await readStandardInput() })
  const { size } = statSync(path, { throwIfNoEntry: false }) ?? { size: -1 }
  if (size < 0) throw new Stop(64, words.needs(`a file, and ${basename(path)} is not there`))
  if (size > mostBytes) return tooLarge()
  createReadStream(path, { end: 0 }).destroy()
  return unwrapped({ name: basename(path), bytes: new Uint8Array(await readFile(path)) })
}

/** A file out of its .gz or .zip: bounded, so that a small one cannot become a large one. */
const unwrapped = (file: SentFile): SentFile | Finding => {
  const inside = unwrapZip(file.bytes)
  if (inside) return inside.outcome === 'refused' ? inside.finding : { name: inside.name, bytes: inside.bytes }
  if (file.bytes[0] !== 0x1f || file.bytes[1] !== 0x8b) return file
  try {
    const bytes = gunzipSync(file.bytes, { maxOutputLength: 40_000_000 })
    return { name: file.name.replace(/\.gz$/i, ''), bytes: new Uint8Array(bytes) }
  } catch {
    return { code: 'FILE_TRUNCATED', severity: 'error', at: {}, parameters: {} }
  }
}
