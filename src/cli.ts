import { commandWords as words } from '../templates/words/en/command.ts'
import { attendanceLayout } from './cli/attendance-layout.ts'
import { backup, jobs, migrate, restore, verify } from './cli/care.ts'
import { exportData, imports, publish, seed, withdraw, workbook } from './cli/data.ts'
import { importFile } from './cli/import.ts'
import { user, virtualSchool } from './cli/people.ts'
import { type Call, readCall, Stop } from './cli/settings.ts'

/** The version of package.json, put in when the bundle is made. */
declare const VERSION: string

const commands: Readonly<Record<string, (call: Call) => number | Promise<number>>> = {
  migrate,
  seed,
  import: importFile,
  imports,
  publish,
  withdraw,
  export: exportData,
  workbook,
  'attendance-layout': attendanceLayout,
  'virtual-school': virtualSchool,
  user,
  jobs,
  backup,
  restore,
  verify,
}

const run = async (): Promise<number> => {
  const call = readCall(process.argv.slice(2))
  if (call.given.version) {
    process.stdout.write(`vsx ${VERSION}\n`)
    return 0
  }
  const command = Object.hasOwn(commands, call.command) ? commands[call.command] : undefined
  if (call.given.help || call.command === '') {
    process.stdout.write(`${words.commands[call.command] ?? words.help}\n`)
    return call.given.help ? 0 : 64
  }
  if (!command) throw new Stop(64, words.unknown(call.command))
  return command(call)
}

try {
  process.exitCode = await run()
} catch (problem) {
  if (!(problem instanceof Stop)) throw problem
  process.stderr.write(`${problem.message}\n`)
  process.exitCode = problem.code
}
