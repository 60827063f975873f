import { commonTransferFile } from '../../connectors/common-transfer-file/parse.ts'
import { connectorFindingWords } from '../../templates/words/en/findings-connectors.ts'
import { type Random, seededRandom } from '../make.ts'
import { keptText, transferVariants } from '../transfer-files.ts'

/** Mutated files in a whole run. */
export const count = 10_000

const bytesOf = (bytes: Uint8Array, random: Random): Uint8Array => {
  const copy = bytes.slice()
  for (let left = 1 + random.number(8); left > 0; left -= 1) copy[random.number(copy.length)] = random.number(256)
  return random.chance(0.2) ? copy.slice(0, random.number(copy.length)) : copy
}

/** Takes out, repeats, moves, nests or renames whole elements of the text. */
const structureOf = (text: string, random: Random): string => {
  const tags = [...text.matchAll(/<(\w+)>[^<]*<\/\1>/g)]
  if (tags.length === 0) return text
  const [one, other] = [random.pick(tags), random.pick(tags)]
  const without = text.replace(one[0], '')
  return random.pick([
    without,
    text.replace(one[0], one[0] + one[0]),
    without.replace(other[0], one[0] + other[0]),
    text.replace(one[0], `<${other[1]}>${one[0]}</${other[1]}>`),
    text.replaceAll(
      `${one[1]}>`,
      `${random.pick(['__proto__', 'constructor', 'toString', 'Contacts', 'pupil', 'x:y'])}>`,
    ),
    text.replace(one[0], `${one[0]}<!-- ${one[1]} --><?p ${one[1]}?>`),
  ])
}

const values = [
  '',
  '-1',
  '99999999999999999999',
  '2026-02-30',
  '0000-00-00',
  'A'.repeat(20_000),
  '&#x10FFFF;',
  '&amp;lt;script&gt;',
  "'; drop table pupil; --",
  '=cmd|x!A1',
  '<![CDATA[x]]>',
  '\u202e\u0645',
  '__proto__',
  'NaN',
]

const withValue = (text: string, random: Random): string => {
  const tags = [...text.matchAll(/<(\w+)>([^<]*)<\/\1>/g)]
  if (tags.length === 0) return text
  const one = random.pick(tags)
  return text.replace(one[0], () => `<${one[1]}>${random.pick(values)}</${one[1]}>`)
}

const mutated = (random: Random): Uint8Array => {
  const bytes = random.pick(Object.values(transferVariants))()
  if (random.chance(0.33)) return bytesOf(bytes, random)
  const text = new TextDecoder().decode(bytes)
  let changed = text
  for (let left = 1 + random.number(3); left > 0; left -= 1)
    changed = random.chance(0.5) ? structureOf(changed, random) : withValue(changed, random)
  return new TextEncoder().encode(changed)
}

/** What is wrong with how one file was read; empty where all holds. */
const wrongWith = (bytes: Uint8Array): string => {
  const started = performance.now()
  const read = commonTransferFile.parse({ name: 'x.xml', bytes })
  if (performance.now() - started > 2000) return 'took more than two seconds'
  const found = 'rows' in read ? [...read.findings, ...read.rows.flatMap((row) => row.findings)] : [read.finding]
  for (const { code, parameters } of found) {
    const words = connectorFindingWords[code]
    if (!words) return `no words for ${code}`
    if (`${words.title(parameters)} ${words.rule(parameters)} ${words.mend(parameters)}`.includes('undefined'))
      return `words of ${code}`
  }
  if (!('rows' in read)) return ''
  if (read.rows.some((row, index) => row.number !== index + 1)) return 'pupils out of their order'
  const again = commonTransferFile.parse({ name: 'x.xml', bytes: new TextEncoder().encode(keptText(read.kept)) })
  if (!('rows' in again)) return `the copy is refused: ${again.finding.code}`
  const bare = (rows: typeof read.rows) => JSON.stringify(rows.map((row) => ({ ...row, findings: [] })))
  return bare(again.rows) === bare(read.rows) ? '' : 'the copy reads differently'
}

/**
 * Files changed in their bytes, their elements and their values: each is read or refused with a sentence, soon, without
 * a throw; what is kept of one that was read reads the same; and nothing every object inherits was touched.
 */
export const prove = async ({
  count,
  seed,
  print,
}: {
  readonly count: number
  readonly seed: number
  readonly print: (line: string) => void
}): Promise<{ readonly checked: number; readonly failed: number }> => {
  const before = Object.getOwnPropertyNames(Object.prototype).join()
  let failed = 0
  for (let index = seed; index < seed + count; index += 1) {
    const bytes = mutated(seededRandom(index))
    let wrong = ''
    try {
      wrong = wrongWith(bytes)
    } catch (problem) {
      wrong = `threw ${String(problem)}`
    }
    if (Object.getOwnPropertyNames(Object.prototype).join() !== before) wrong = 'Object.prototype was touched'
    if (wrong === '') continue
    failed += 1
    if (failed < 20) print(`seed ${index}: ${wrong}`)
  }
  return { checked: count, failed }
}
