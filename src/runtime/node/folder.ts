import { createHash, randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { Files } from '../../runtime.ts'
import { checkedKey } from '../file-key.ts'

const hour = 3_600_000

const codeOf = (error: unknown) => (error as { readonly code?: unknown }).code

const flush = async (path: string) => {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Writes a file so that, whatever happens, it holds all that was written or is not there. */
const writeBy = async (path: string, write: (handle: FileHandle) => Promise<void>) => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const incoming = join(dirname(path), `.incoming-${randomBytes(8).toString('hex')}`)
  const handle = await open(incoming, 'wx', 0o600)
  try {
    await write(handle)
    await handle.sync()
  } catch (error) {
    await rm(incoming, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  await rename(incoming, path)
  await flush(dirname(path))
}

/** Writes bytes so that, whatever happens, the file holds all of them or is not there. */
export const writeWhole = (path: string, bytes: Uint8Array | string) =>
  writeBy(path, (handle) => handle.writeFile(bytes))

/** A file may come in thousands of small parts, and a call to the disk costs as much as a quarter of a megabyte on it. */
const largePart = 262_144

async function* inLargeParts(parts: AsyncIterable<Uint8Array>) {
  let gathered: Uint8Array[] = []
  let length = 0
  for await (const part of parts) {
    gathered.push(part)
    length += part.length
    if (length < largePart) continue
    yield Buffer.concat(gathered, length)
    gathered = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(gathered, length)
}

const entriesOf = async (folder: string): Promise<readonly string[]> => {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

const isIncoming = (path: string) => /(^|[\\/])\.incoming-[^\\/]*$/.test(path)

/** Kept files as plain files under a folder. What a crash left half written is removed once it is an hour old. */
export const openFolder = async (folder: string): Promise<Files> => {
  for (const path of (await entriesOf(folder)).filter(isIncoming)) {
    const made = await stat(path).catch(() => undefined)
    if (made && Date.now() - made.mtimeMs > hour) await rm(path, { force: true })
  }
  const pathOf = (key: string) => join(folder, ...checkedKey(key).split('/'))
  return {
    put: (key, bytes) => writeWhole(pathOf(key), bytes),
    putParts: async (key, parts) => {
      const hash = createHash('sha256')
      await writeBy(pathOf(key), async (handle) => {
        for await (const part of inLargeParts(parts)) {
          hash.update(part)
          await handle.writeFile(part)
        }
      })
      return { sha256: hash.digest('hex') }
    },
    get: async (key) => {
      try {
        return new Uint8Array(await readFile(pathOf(key)))
      } catch (error) {
        if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EISDIR') return undefined
        throw error
      }
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    list: async () =>
      (await entriesOf(folder))
        .filter((path) => !isIncoming(path))
        .map((path) => relative(folder, path).split(sep).join('/'))
        .sort(),
  }
}
