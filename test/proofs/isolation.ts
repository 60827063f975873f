import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '../../src/runtime/node/places.ts'
import type { play, prepareWorld } from '../hostile/play.ts'
import { type ScopeUse, scopeUsesIn, withSwitches } from '../hostile/scope-uses.ts'
import { seededRandom } from '../make.ts'

const folder = join(projectRoot, 'src', 'store')

const uses: readonly (ScopeUse & { readonly number: number })[] = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .sort()
  .flatMap((name) => scopeUsesIn(name, readFileSync(join(folder, name), 'utf8')))
  .map((use, index) => ({ ...use, number: index + 1 }))

/** The uses of a scope's condition in the store, each removed once in a whole run. */
export const count = uses.length

type Hostile = { readonly prepareWorld: typeof prepareWorld; readonly play: typeof play }

/** The checks in one program with the store, in which every use of a scope's condition can be switched off. */
const withEverySwitch = async (): Promise<Hostile> => {
  const builder = pathToFileURL(join(projectRoot, 'scripts', 'build.mjs')).href
  const { bundle } = (await import(builder)) as {
    readonly bundle: (source: string, plugins: readonly unknown[]) => Promise<Uint8Array>
  }
  const switches = {
    name: 'scope switches',
    setup: (build: {
      readonly onLoad: (
        on: { readonly filter: RegExp },
        load: (file: { readonly path: string }) => { readonly contents: string; readonly loader: string },
      ) => void
    }) =>
      build.onLoad({ filter: /[\\/]src[\\/]store[\\/][\w-]+\.ts$/ }, ({ path }) => {
        const own = uses.filter(({ file }) => file === basename(path))
        const text = readFileSync(path, 'utf8')
        if (basename(path) === 'read.ts') return { contents: builtForOneSwitch(text), loader: 'ts' }
        return { contents: own.length === 0 ? text : withSwitches(text, own), loader: 'ts' }
      }),
  }
  const built = join(projectRoot, 'build', 'proofs', 'isolation-switched.js')
  mkdirSync(join(projectRoot, 'build', 'proofs'), { recursive: true })
  writeFileSync(built, await bundle(join(projectRoot, 'test', 'hostile', 'play.ts'), [switches]))
  return (await import(pathToFileURL(built).href)) as Hostile
}

/** A read's text is built once and kept: here it holds for one switch alone, or no removal would ever be seen. */
const builtForOneSwitch = (text: string): string => {
  const keyed = 'let key = nameOf(scope)'
  if (!text.includes(keyed)) throw new Error('how a read keeps its text is written otherwise now')
  return text.replace(keyed, `${keyed} + ' ' + (globalThis as { droppedScopeUse?: number }).droppedScopeUse`)
}

const drop = (number: number) => {
  ;(globalThis as { droppedScopeUse?: number }).droppedScopeUse = number
}

const sample = (most: number, seed: number) => {
  const random = seededRandom(seed)
  const left = [...uses]
  while (left.length > most) left.splice(random.number(left.length), 1)
  return left
}

/**
 * Removes each scope condition of the store in turn, over a copy of the same hostile world, and plays the isolation
 * checks: they must fail. A removal that nobody notices is a condition that nothing shows to be needed.
 */
export const prove = async ({
  count: most,
  seed,
  print,
}: {
  readonly count: number
  readonly seed: number
  readonly print: (line: string) => void
}): Promise<{ readonly checked: number; readonly failed: number }> => {
  const base = mkdtempSync(join(tmpdir(), 'vsx-isolation-'))
  const world = join(base, 'world')
  let [failed, byPages] = [0, 0]
  const chosen = sample(most, seed)
  const whole = most >= uses.length
  try {
    const { prepareWorld: make, play: playIn } = await withEverySwitch()
    mkdirSync(world)
    drop(0)
    await make(world)
    const played = async (number: number) => {
      const copy = join(base, `copy-${number}`)
      cpSync(world, copy, { recursive: true })
      drop(number)
      try {
        return await playIn(copy, whole || number === 0)
      } finally {
        drop(0)
        rmSync(copy, { recursive: true, force: true })
      }
    }
    const sound = await played(0)
    if (sound.byReads ?? sound.byPages) {
      print(`with every condition in place: ${sound.byReads ?? sound.byPages}`)
      failed += 1
    }
    for (const { file, line, predicate, number } of chosen) {
      const found = await played(number)
      const said = found.byReads ?? found.byPages
      if (found.byPages !== undefined) byPages += 1
      if (said === undefined) failed += 1
      print(
        said === undefined
          ? `survived src/store/${file}:${line} ${predicate}`
          : `caught src/store/${file}:${line} ${predicate} (${found.byPages ?? found.byReads})`,
      )
    }
    if (whole) print(`${byPages} of ${chosen.length} are caught by the pages alone`)
    return { checked: chosen.length, failed }
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}
