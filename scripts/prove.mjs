import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { bundle } from './build.mjs'
import { prepare } from './prepare.mjs'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'test', 'proofs')

const wrongUsage = (line) => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'))
  process.stderr.write(
    `${line}\nnpm run prove -- NAME [--count N] [--seed S]\nNAME is one of: ${names.map((name) => name.slice(0, -3)).join(', ')}\n`,
  )
  process.exit(64)
}

const readArguments = () => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { count: { type: 'string' }, seed: { type: 'string' }, tenth: { type: 'boolean', default: false } },
    })
    return { ...values, name: positionals[0] ?? '', more: positionals.length > 1 }
  } catch (error) {
    return wrongUsage(error.message)
  }
}

const wholeNumber = (text, name) => (/^\d{1,15}$/.test(text) ? Number(text) : wrongUsage(`--${name} is a whole number`))

const { name, more, count: countText, seed: seedText, tenth } = readArguments()
const source = join(folder, `${name}.ts`)
if (more || !/^[a-z0-9-]+$/.test(name) || !existsSync(source)) wrongUsage('Which proof?')

await prepare({ dev: true })
const built = join(root, 'build', 'proofs', `${name}.js`)
mkdirSync(join(root, 'build', 'proofs'), { recursive: true })
writeFileSync(built, await bundle(source))
const proof = await import(pathToFileURL(built).href)

const whole = countText === undefined ? proof.count : wholeNumber(countText, 'count')
const count = tenth ? Math.ceil(whole / 10) : whole
const seed = seedText === undefined ? randomInt(2 ** 31) : wholeNumber(seedText, 'seed')

let result
try {
  result = await proof.prove({ count, seed, print: (line) => void process.stdout.write(`${line}\n`) })
} catch (error) {
  process.stderr.write(`${error.stack ?? error}\n`)
  result = { checked: 0, failed: 1 }
}
if (result.failed > 0)
  process.stdout.write(`The same again: npm run prove -- ${name} --count ${count} --seed ${seed}\n`)
process.stdout.write(`${result.checked} checked, ${result.failed} failed\n`)
// A proof that checked nothing has shown nothing.
process.exit(result.failed > 0 || result.checked === 0 ? 1 : 0)
