import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { plainCsv } from '../../connectors/table/write.ts'
import { writeReturnCsv, writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { commandWords as words } from '../../templates/words/en/command.ts'
import { todayInLondon } from '../domain/dates.ts'
import { attendanceExport } from '../exports/attendance.ts'
import { movementsExport } from '../exports/movements.ts'
import { returnsExport } from '../exports/returns.ts'
import { rollExport } from '../exports/roll.ts'
import { asChange } from '../intake/confirm-return.ts'
import { publishImports, withdrawImport } from '../intake/publish.ts'
import { intakeScope } from '../intake/receive-return.ts'
import { returnSheet } from '../returns/sheet.ts'
import { seedDemo } from '../seed/demo.ts'
import { seedNation } from '../seed/nation.ts'
import { seedRegion } from '../seed/region.ts'
import { seedRound } from '../seed/round.ts'
import { importsListed } from '../store/imports.ts'
import { isEmpty } from '../store/mark.ts'
import { contactsAt } from '../store/people.ts'
import { importsNamed } from '../store/report.ts'
import { openRounds } from '../store/rounds.ts'
import { schoolByUrn } from '../store/schools.ts'
import { exportTransfer } from './export-transfer.ts'
import { progressOf } from './progress.ts'
import { type Call, print, Stop, tell, wholeNumber, withStore } from './settings.ts'
import { actorOf, importCouncils, returnCouncils } from './who.ts'

const write = (path: string, contents: Uint8Array | string) => {
  if (path === '-') process.stdout.write(contents)
  else {
    const whole = resolve(path)
    mkdirSync(dirname(whole), { recursive: true })
    writeFileSync(whole, contents)
    tell(words.written(whole))
  }
}

const outOf = (call: Call): string => {
  if (call.given.out === undefined) throw new Stop(64, words.needs('--out FILE'))
  return call.given.out
}

/** Fills an empty store with fictional data. */
export const seed = (call: Call): Promise<number> => {
  const what = call.rest[0]
  if (what !== 'demo' && what !== 'region' && what !== 'nation' && what !== 'round')
    throw new Stop(64, words.commands['seed'] ?? '')
  const number = wholeNumber(call.given.seed, 1)
  return withStore(
    call,
    async (runtime) => {
      if (!(await isEmpty(runtime.db.query))) throw new Stop(2, words.notEmpty)
      if (what === 'demo') await seedDemo(runtime, number)
      else if (what === 'region' || what === 'nation') {
        const [councils, returns] = [progressOf(words.counted.councils), progressOf(words.counted.returns)]
        await { region: seedRegion, nation: seedNation }[what](runtime, number, (done, of, counted) =>
          (counted === 'councils' ? councils : returns).at(done, of),
        )
        returns.end()
      } else {
        const pupils = wholeNumber(call.given.pupils, 0)
        if (pupils < 1 || pupils > 9000) throw new Stop(64, words.needs('--pupils N, from 1 to 9000'))
        const { workbook, csv } = await seedRound(runtime, { pupils, seed: number })
        write(join(call.dataDir, 'seed', `round-${pupils}.xlsx`), workbook)
        write(join(call.dataDir, 'seed', `round-${pupils}.csv`), csv)
      }
      return 0
    },
    { make: true },
  )
}

/** Writes data out in a stable order. */
export const exportData = (call: Call): Promise<number> => {
  const what = call.rest[0] ?? ''
  if (what === 'ctf') return withStore(call, (runtime) => exportTransfer(runtime, call, outOf(call), write))
  const tables = {
    returns: returnsExport,
    roll: rollExport,
    attendance: attendanceExport,
    movements: movementsExport,
  }
  if (!Object.hasOwn(tables, what)) throw new Stop(64, words.needs('ctf, returns, attendance, roll or movements'))
  const table = tables[what as keyof typeof tables]
  const out = outOf(call)
  return withStore(call, async ({ db }) => {
    write(out, plainCsv(await table(db.query)))
    return 0
  })
}

/** Writes one school's return to fill in. */
export const workbook = (call: Call): Promise<number> => {
  const out = outOf(call)
  const urn = call.given.school
  if (urn === undefined) throw new Stop(64, words.noSchool)
  return withStore(call, async (runtime) => {
    const actor = await actorOf(runtime, call)
    const { query } = runtime.db
    const school = await schoolByUrn(query, todayInLondon(runtime.now()), urn)
    if (!school) throw new Stop(2, words.noSchool)
    const councils = [...new Set((await openRounds(query)).map(({ virtualSchool }) => virtualSchool))]
    const own = returnCouncils(actor)
    const reached = actor.operator ? councils : councils.filter((number) => own.includes(number))
    const scope = intakeScope(runtime, school.number, reached, actor.person ?? 0)
    const contacts = await contactsAt(query, scope, school.number, 0)
    const made = await returnSheet(runtime, scope, school, contacts, actor.person)
    if (!made) throw new Stop(2, words.nothingDue)
    write(out, extname(out) === '.csv' ? writeReturnCsv(made.sheet) : await writeReturnWorkbook(made.sheet))
    return 0
  })
}

/** Lists what came in. */
export const imports = (call: Call): Promise<number> =>
  withStore(call, async ({ db }) => {
    const all = await importsListed(db.query)
    if (call.given.json) print(JSON.stringify(all))
    else
      for (const one of all)
        print(
          `${one.id}  ${one.state.padEnd(10)} ${one.sentAt.slice(0, 16)}  ${one.council}  ${one.connector}  ${one.fileName}`,
        )
    return 0
  })

const named = async (runtime: Parameters<Parameters<typeof withStore>[1]>[0], call: Call) => {
  const id = call.rest[0]
  if (id === undefined) throw new Stop(64, words.needs('an import'))
  const actor = await actorOf(runtime, call)
  const found = await importsNamed(runtime.db.query, id)
  if (found.length === 0) throw new Stop(2, words.noImport)
  const own = importCouncils(actor)
  if (!actor.operator && found.some(({ virtualSchool }) => !own.includes(virtualSchool)))
    throw new Stop(2, words.notTheirs)
  return { found, said: { by: actor.person, part: 'command' } }
}

/** Publishes staged imports by name. */
export const publish = (call: Call): Promise<number> =>
  withStore(call, async (runtime) => {
    const { found, said } = await named(runtime, call)
    const { outcome } = await publishImports(
      runtime,
      found.map((one) => asChange(one, said)),
    )
    if (outcome !== 'published') throw new Stop(2, words.changed)
    print(words.published)
    return 0
  })

/** Takes published imports back by name. */
export const withdraw = (call: Call): Promise<number> =>
  withStore(call, async (runtime) => {
    const { found, said } = await named(runtime, call)
    for (const one of found) {
      const { outcome } = await withdrawImport(runtime, { ...asChange(one, said), reason: call.given.reason ?? '' })
      if (outcome !== 'withdrawn') throw new Stop(2, words.changed)
    }
    print(words.withdrawn)
    return 0
  })
