import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { say } from './say.mjs'

const root = join(import.meta.dirname, '..')
const output = join(root, 'build')
const publicAssets = join(output, 'public', 'assets')
const stampFile = join(output, '.built')

const entries = {
  'main.node.js': 'src/main.node.ts',
  'cli.js': 'src/cli.ts',
  'writer-thread.js': 'src/runtime/node/writer-thread.ts',
  'parse-thread.js': 'src/runtime/node/parse-thread.ts',
}

const filesUnder = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : []

/** Changes whenever a source does: names, sizes and times, which is quick enough to ask before every command. */
const stampOfSources = () => {
  const hash = createHash('sha256')
  const sources = ['src', 'connectors', 'templates'].flatMap((folder) => filesUnder(join(root, folder)))
  for (const path of [...sources, join(root, 'package-lock.json'), join(root, 'tsconfig.json'), import.meta.filename]) {
    const { size, mtimeMs } = statSync(path)
    hash.update(`${relative(root, path)} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/** Renamed into place, so that a program starting at this moment reads the old file or the new one, never half. */
const writeInPlace = (path, contents) => {
  mkdirSync(dirname(path), { recursive: true })
  const incoming = `${path}.${process.pid}`
  writeFileSync(incoming, contents)
  renameSync(incoming, path)
}

const stylesheet = join(root, 'node_modules', 'govuk-frontend', 'dist', 'govuk', 'govuk-frontend.min.css')

// GDS Transport is licensed for GOV.UK alone: its faces are taken out, so that no page even asks for them.
const withoutFonts = (css) => css.replace(/@font-face\{[^}]*\}/g, '')

const assets = () => {
  const own = join(root, 'templates', 'assets')
  return [
    { name: 'govuk-frontend.min.css', bytes: Buffer.from(withoutFonts(readFileSync(stylesheet, 'utf8'))) },
    ...filesUnder(own).map((path) => ({ name: relative(own, path), bytes: readFileSync(path) })),
  ]
}

/** Names the assets' contents in their addresses (`?v=`), so that a browser may keep them for ever. */
export const assetVersion = () => {
  const hash = createHash('sha256')
  for (const { name, bytes } of assets()) hash.update(`${name}\n`).update(bytes)
  return hash.digest('hex').slice(0, 16)
}

/** How a bundle for Node is made; everything is in it but SQLite's compiled binding. */
export const bundle = async (source, plugins = []) => {
  const { build } = await import('esbuild')
  const result = await build({
    absWorkingDir: root,
    entryPoints: [source],
    bundle: true,
    write: false,
    outdir: output,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['better-sqlite3'],
    plugins,
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    keepNames: true,
    legalComments: 'none',
    logLevel: 'warning',
    define: {
      ASSET_VERSION: JSON.stringify(assetVersion()),
      VERSION: JSON.stringify(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version),
    },
  })
  return result.outputFiles[0].contents
}

const builtBefore = () => {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'))
  } catch {
    return {}
  }
}

/** What runs as a thread beside other code: all that tests need which run the rest from source. */
export const threads = ['writer-thread.js', 'parse-thread.js']

/** Builds what Node runs and what browsers fetch, where a source changed since the last time. */
export const ensureBuilt = async ({ only = Object.keys(entries) } = {}) => {
  const stamp = stampOfSources()
  const before = builtBefore()
  const stale = only.filter((name) => before[name] !== stamp || !existsSync(join(output, name)))
  if (stale.length === 0) return
  say('Building.')
  await Promise.all(stale.map(async (name) => writeInPlace(join(output, name), await bundle(entries[name]))))
  const { transform } = await import('esbuild')
  for (const { name, bytes } of assets()) {
    const style = name.endsWith('.css') && !name.endsWith('.min.css')
    writeInPlace(
      join(publicAssets, name),
      style ? (await transform(bytes.toString(), { loader: 'css', minify: true })).code : bytes,
    )
  }
  writeInPlace(stampFile, JSON.stringify({ ...before, ...Object.fromEntries(stale.map((name) => [name, stamp])) }))
}
