import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const office = process.env['LIBREOFFICE'] ?? 'soffice'

const asCsv = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1'

/** Opens files in LibreOffice and saves each again, in one start of the program; gives them back by their names. */
export const savedByOffice = (
  files: ReadonlyMap<string, Uint8Array>,
  kind: 'xlsx' | 'csv',
): ReadonlyMap<string, Uint8Array> => {
  const folder = mkdtempSync(join(tmpdir(), 'vsx-office-'))
  try {
    const paths = [...files].map(([name, bytes]) => {
      const path = join(folder, `${name}.xlsx`)
      writeFileSync(path, bytes)
      return path
    })
    const to = kind === 'xlsx' ? 'xlsx:Calc MS Excel 2007 XML' : asCsv
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
    const call = ['--headless', '--norestore', profile, '--convert-to', to, '--outdir', join(folder, 'out'), ...paths]
    const done = spawnSync(office, call, { encoding: 'utf8', timeout: 150_000 })
    if (done.status !== 0) throw new Error(`LibreOffice ended with ${done.status}: ${done.stdout}${done.stderr}`)
    // A single sheet of a CSV is saved under the file's name and its own.
    const saved = (name: string) => join(folder, 'out', kind === 'xlsx' ? `${name}.xlsx` : `${name}-Return.csv`)
    return new Map([...files.keys()].map((name) => [name, new Uint8Array(readFileSync(saved(name)))]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
