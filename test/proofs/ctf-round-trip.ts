import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commonTransferFile } from '../../connectors/common-transfer-file/parse.ts'
import { writeTransferFile } from '../../connectors/common-transfer-file/write.ts'
import { projectRoot } from '../../src/runtime/node/places.ts'
import { seededRandom } from '../make.ts'
import { asWritten, makeFileToWrite } from '../transfer-pupils.ts'

/** Files of a few generated pupils in a whole run. */
export const count = 1000

/** Files that one call of the schema checker takes. */
const together = 200

/**
 * Generated pupils written as a transfer file and read again are equal, and the file keeps a schema made by hand from
 * what is known of the format.
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
  if (!existsSync('/usr/bin/xmllint')) print('xmllint is not here (Debian: libxml2-utils): the schema is not checked')
  const folder = mkdtempSync(join(tmpdir(), 'vsx-transfer-'))
  const failed = new Set<number>()
  const fail = (index: number, line: string) => {
    failed.add(index)
    print(`seed ${index}: ${line}`)
  }
  try {
    let waiting: number[] = []
    const checkSchema = () => {
      if (waiting.length > 0 && existsSync('/usr/bin/xmllint'))
        for (const [index, line] of brokenBySchema(folder, waiting)) fail(index, line)
      waiting = []
    }
    for (let index = seed; index < seed + count; index += 1) {
      const file = makeFileToWrite(seededRandom(index))
      const bytes = writeTransferFile(file)
      writeFileSync(join(folder, `${index}.xml`), bytes)
      waiting.push(index)
      const read = commonTransferFile.parse({ name: 'x.xml', bytes })
      if (!('rows' in read)) fail(index, read.finding.code)
      else {
        const found = [...read.findings, ...read.rows.flatMap((row) => row.findings)].map(({ code }) => code)
        if (found.length > 0 || read.notRead.join() !== 'Header/DataDescriptor')
          fail(index, `found ${found.join()} not read ${read.notRead.join()}`)
        if (JSON.stringify(read.rows.map(asWritten)) !== JSON.stringify(file.pupils.map(asWritten)))
          fail(index, 'read back differently')
      }
      if (waiting.length === together) checkSchema()
    }
    checkSchema()
    return { checked: count, failed: failed.size }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const brokenBySchema = (folder: string, files: readonly number[]): readonly (readonly [number, string])[] => {
  const schema = join(projectRoot, 'test', 'connectors', 'transfer-file.xsd')
  try {
    const paths = files.map((index) => join(folder, `${index}.xml`))
    execFileSync('/usr/bin/xmllint', ['--nonet', '--noout', '--schema', schema, ...paths], { stdio: 'pipe' })
    return []
  } catch (problem) {
    const text = String((problem as { readonly stderr?: Buffer }).stderr ?? problem)
    const lines = text.split('\n').filter((line) => /[/](\d+)[.]xml:\d+: /.test(line))
    if (lines.length === 0) return [[files[0] ?? 0, text.slice(0, 300)]]
    return lines.map((line) => [Number(/[/](\d+)[.]xml:/.exec(line)?.[1]), line.replace(/^.*[.]xml/, '')] as const)
  }
}
