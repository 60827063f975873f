import { unzipSync } from 'fflate'
import { childNames, type Letter, shutOut, uniqueOf, type ViewerName, viewerNamed, viewerNames } from './described.ts'
import { allowedIn, canariesIn, type Known } from './known.ts'
import { type About, isAllowed, matrix, open_ } from './matrix.ts'
import { relationOf, type Where, wordsIn } from './oracle.ts'
import { leaves } from './oracle-money.ts'
import type { Portal } from './portal.ts'

/** Every route of the application itself, by method and pattern, and the variants of the table that carry a query. */
export const routesOf = ({ app }: Portal): readonly string[] => [
  ...new Set(
    app.routes
      .filter(({ path, method }) => !path.includes('*') && method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`),
  ),
]

const plain = (route: string) => route.split('?')[0] ?? route

/** Routes of the application that the table lacks, and rows of the table that no route answers to. */
export const unlisted = (portal: Portal): readonly string[] => {
  const routes = routesOf(portal)
  const listed = [...open_, ...Object.keys(matrix)]
  return [
    ...routes.filter((route) => !listed.some((row) => plain(row) === route)),
    ...listed.filter((row) => !routes.includes(plain(row))),
  ]
}

const nobody = 'zzzzzzzzzzzzzzzzzzzzzzzzzz'

type Choice = { readonly value: string; readonly about: About }

const choicesOf = (known: Known): Readonly<Record<string, readonly Choice[]>> => {
  const letters = [...known.schools] as readonly (readonly [Letter, { readonly id: string; readonly number: number }])[]
  const deliveries = new Map(known.imports.map((one) => [one.delivery.id, one.file ?? ('roll' as const)]))
  const schoolId = (at: Letter) => known.schools.get(at)?.id ?? ''
  const pupilId = (name: (typeof childNames)[number]) => known.pupils.get(name)?.id ?? ''
  return {
    pupil: [...known.pupils].map(([pupil, { id }]) => ({ value: id, about: { pupil } })),
    round: known.rounds.map((round) => ({ value: round.id, about: { round } })),
    school: letters.map(([school, { id }]) => ({ value: id, about: { school } })),
    import: known.imports.map((one) => ({ value: one.id, about: { import: one } })),
    upload: [...deliveries].map(([value, upload]) => ({ value, about: { upload } })),
    receipt: known.receipts.map((receipt) => ({ value: receipt.receipt, about: { receipt } })),
    reference: known.references.map((reference) => ({ value: reference.id, about: { reference } })),
    layout: known.layouts.map((layout) => ({ value: layout.id, about: { layout } })),
    scale: known.scales.map((scale) => ({ value: scale.id, about: { scale } })),
    term: [{ value: 'autumn', about: { term: 'autumn' } }],
    row: known.imports
      .filter(({ file }) => file !== null)
      .flatMap((of) =>
        of.rows.map((row) => ({
          value: `${of.id}-${row}`,
          about: { row: { of, unmatched: known.unmatched.includes(`${of.id}-${row}`) } },
        })),
      ),
    which: [...known.councils].flatMap(([council, { id }]) =>
      letters.map(([at, school]) => ({ value: `${id}-${school.id}`, about: { which: { council, at } } })),
    ),
    calledPlace: known.places.map((place) => ({
      value: `${pupilId(place.child)}-${schoolId(place.at)}-${place.firstDay}`,
      about: { place },
    })),
    pupilPlace: known.places.map((place) => ({ value: `${schoolId(place.at)}-${place.firstDay}`, about: { place } })),
    colleague: [...known.people].map(([person, { id }]) => ({ value: id, about: { person } })),
    application: known.applications.map(({ id, child, at }) => ({ value: id, about: { application: { child, at } } })),
    payment: known.payments.map(({ id, council, at, run, child }) => ({
      value: id,
      about: { payment: { council, at, run, child, leaves: leaves({ child, at }) } },
    })),
    evidence: known.evidence.map(({ id, child, at }) => ({ value: id, about: { application: { child, at } } })),
    scheme: known.schemes.map(({ id, council }) => ({ value: id, about: { scheme: council } })),
    survey: known.surveys.map(({ id, council }) => ({ value: id, about: { survey: council } })),
    run: known.runs.map(({ id, council }) => ({ value: id, about: { run: council } })),
    payee: known.payees.map(({ id, council }) => ({ value: id, about: { payee: council } })),
    file: known.paidFiles.map(({ id, council }) => ({ value: id, about: { paidFile: council } })),
    batch: known.batches.map(({ id, council }) => ({ value: id, about: { batch: council } })),
    contact: known.contacts.map(({ id, council }) => ({ value: id, about: { contact: council } })),
    appointment: known.appointments.map(({ id, ...appointment }) => ({ value: id, about: { appointment } })),
  }
}

const kindOf = (route: string, parameter: string): string => {
  if (parameter === 'place') return route.includes('/places/:place/call') ? 'calledPlace' : 'pupilPlace'
  if (parameter === 'person') return route.includes('/people/') ? 'appointment' : 'colleague'
  return parameter
}

type Address = { readonly path: string; readonly about: About }

/** Every address of a route: with each thing of the world in its place. A child stands with its own places, and with one other's. */
export const addressesOf = (known: Known, route: string): readonly Address[] => {
  const choices = choicesOf(known)
  const path = route.slice(route.indexOf(' ') + 1)
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
  let made: readonly Address[] = [{ path, about: {} }]
  for (const name of names)
    made = made.flatMap((one) =>
      (choices[kindOf(route, name)] ?? [])
        .filter(
          ({ about }) => !one.about.pupil || !about.place || ['tomorrow', one.about.pupil].includes(about.place.child),
        )
        .map((choice) => ({
          path: one.path.replace(`:${name}`, choice.value),
          about: { ...one.about, ...choice.about },
        })),
    )
  return made
}

const missingOf = (route: string) => {
  const shapes: Readonly<Record<string, string>> = {
    row: `${nobody}-3`,
    which: `${nobody}-${nobody}`,
    calledPlace: `${nobody}-${nobody}-2025-09-01`,
    pupilPlace: `${nobody}-2025-09-01`,
    appointment: `${nobody}.${nobody}.colleague`,
    receipt: '991-ZZZZZZZZ',
    term: 'winter',
  }
  return route
    .slice(route.indexOf(' ') + 1)
    .replaceAll(/:(\w+)/g, (_, name: string) => shapes[kindOf(route, name)] ?? nobody)
}

/** A response's text: a workbook is opened, everything else is read as it is; headers are part of what was said. */
const said = async (answer: Response): Promise<string> => {
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b
  const body = zipped
    ? Object.values(unzipSync(bytes))
        .map((part) => new TextDecoder().decode(part))
        .join('\n')
    : new TextDecoder().decode(bytes)
  return body
}

const headersOf = (answer: Response) => [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n')

const whereIs = (route: string): Where => {
  if (route.includes('/return/')) return 'return'
  return route === 'GET /imports/:import/file' ? 'file' : 'page'
}

export type Sweep = {
  readonly cells: number
  readonly responses: number
  readonly wrong: readonly string[]
  /** What was met, by viewer: an alarm is only worth something where there was something to hear. */
  readonly met: ReadonlyMap<ViewerName, ReadonlySet<string>>
}

const describe = (about: About) => {
  const words = [
    about.pupil,
    about.place && `${about.place.child} at ${about.place.at}`,
    about.round?.council,
    about.school,
    about.import && `${about.import.fileName} for ${about.import.council}`,
    about.upload,
    about.reference && `the questions about ${about.reference.child} at ${about.reference.at}`,
    about.receipt && `${about.receipt.file} for ${about.receipt.council}`,
    about.person,
    about.row && `a row of ${about.row.of.fileName}`,
    about.which && `${about.which.council} at ${about.which.at}`,
    about.contact && `a contact of ${about.contact}`,
    about.appointment?.person,
    about.layout && `a layout of ${about.layout.at}`,
    about.scale && `a scale of ${about.scale.at}`,
    about.application && `money for ${about.application.child} at ${about.application.at}`,
    about.payment && `a payment of ${about.payment.council} to ${about.payment.at}`,
    about.scheme && `a scheme of ${about.scheme}`,
    about.survey && `a survey of ${about.survey}`,
    about.run && `a run of ${about.run}`,
    about.payee && `a payee of ${about.payee}`,
    about.batch && `a batch of ${about.batch}`,
    about.paidFile && `a paid file of ${about.paidFile}`,
  ].filter((word) => word !== undefined)
  return words.length === 0 ? '' : ` of ${words.join(', ')}`
}

/** Asks every route about everything as every viewer: what a response may say, and how it refuses. */
export const sweep = async (
  portal: Portal,
  {
    methods,
    stopAtFirst,
    only = viewerNames,
  }: {
    readonly methods: readonly ('GET' | 'POST')[]
    readonly stopAtFirst: boolean
    readonly only?: readonly ViewerName[]
  },
): Promise<Sweep> => {
  const { known } = portal
  const wrong: string[] = []
  const met = new Map<ViewerName, Set<string>>()
  const canaries = canariesIn(known)
  const routes = Object.keys(matrix).filter((route) => methods.some((method) => route.startsWith(`${method} `)))
  const addresses = new Map(routes.map((route) => [route, addressesOf(known, route)]))
  let [cells, responses] = [0, 0]
  for (const name of only) {
    const own = new Set<string>()
    met.set(name, own)
    const allowed = new Map(
      (['page', 'return', 'file'] as const).map((where) => [
        where as Where,
        allowedIn(known, viewerNamed(name), where),
      ]),
    )
    for (const route of routes) {
      const method = route.startsWith('GET') ? 'GET' : 'POST'
      const named = route.includes(':')
      const missing = named ? await portal.ask(name, method, missingOf(route), form(method)) : undefined
      const missingText = missing && (await said(missing))
      responses += named ? 1 : 0
      for (const { path, about } of addresses.get(route) ?? []) {
        const may = isAllowed(route, name, about)
        cells += 1
        if (may && matrix[route]?.changes) continue
        const answer = await portal.ask(name, method, path, form(method))
        const text = await said(answer)
        const where = `${name} ${route}${describe(about)}`
        responses += 1
        if (may ? ![200, 303, 422].includes(answer.status) : answer.status !== 404)
          wrong.push(`${where}: ${answer.status}, not ${may ? 'let in' : '404'}`)
        if (!may && missing && (text !== missingText || headersOf(answer) !== headersOf(missing)))
          wrong.push(`${where}: not as something missing`)
        const words = wordsIn(`${text}\n${headersOf(answer)}`)
        for (const canary of canaries) {
          if (!words.has(canary)) continue
          own.add(canary)
          if (!allowed.get(whereIs(route))?.has(canary) && !path.includes(canary))
            wrong.push(`${where}: reads ${canary}`)
        }
        if (stopAtFirst && wrong.length > 0) return { cells, responses, wrong, met }
      }
    }
  }
  return { cells, responses, wrong, met }
}

const form = (method: string) => (method === 'POST' ? new FormData() : undefined)

/** Nobody, and whoever has no part today, is always sent to sign in with the very same bytes. */
export const sweepShutOut = async (portal: Portal): Promise<Sweep> => {
  const wrong: string[] = []
  let responses = 0
  let first: string | undefined
  for (const name of [null, ...shutOut])
    for (const route of Object.keys(matrix)) {
      const method = route.startsWith('GET') ? 'GET' : 'POST'
      for (const path of [
        ...addressesOf(portal.known, route)
          .slice(0, 3)
          .map((one) => one.path),
        missingOf(route),
      ]) {
        const answer = await portal.ask(name, method, path, form(method))
        const text = `${answer.status}\n${headersOf(answer)}\n${await said(answer)}`
        responses += 1
        first ??= text
        if (text !== first || answer.status !== 303 || answer.headers.get('location') !== '/sign-in')
          wrong.push(`${name ?? 'nobody'} ${route}: ${answer.status}, not the way to sign in`)
      }
    }
  return { cells: responses, responses, wrong, met: new Map() }
}

/** Looks every child up by its numbers: whoever is not one's own is found as little as a number nobody has. */
export const sweepSearch = async (portal: Portal): Promise<Sweep> => {
  const wrong: string[] = []
  let responses = 0
  const finders: readonly ViewerName[] = matrix['POST /pupils']?.who ?? []
  const unmatched = portal.known.unmatched[0] ?? ''
  for (const name of finders)
    for (const child of childNames) {
      const viewer = viewerNamed(name)
      for (const [key, stranger] of [
        [uniqueOf(child).upn, 'Z999999999999'],
        [`RefQx${child}`, `RefNo${child}`],
      ] as const) {
        const look = async (path: string, field: string, value: string) => {
          const asked = new FormData()
          asked.set(field, value)
          const answer = await portal.ask(name, 'POST', path, asked)
          responses += 1
          return `${answer.status}\n${(await said(answer)).replaceAll(value, '')}`
        }
        if (relationOf(viewer, child) === 'open') {
          if (!(await look('/pupils', 'query', key)).includes(`Qx${child}`))
            wrong.push(`${name} does not find ${child}`)
          continue
        }
        if ((await look('/pupils', 'query', key)) !== (await look('/pupils', 'query', stranger)))
          wrong.push(`${name} finds ${child} by a number`)
        const match = `/unmatched/${unmatched}/match`
        if ((await look(match, 'key', key)) !== (await look(match, 'key', stranger)))
          wrong.push(`${name} matches a row to ${child}`)
      }
    }
  return { cells: responses, responses, wrong, met: new Map() }
}
