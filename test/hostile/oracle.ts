import {
  type Appointment,
  type ChildName,
  type Council,
  childNamed,
  childNames,
  councils,
  day,
  emailOf,
  type FileName,
  fileNames,
  files,
  formerUpnOf,
  type Letter,
  markedOn,
  markOf,
  type Place,
  people,
  personNames,
  rollFile,
  schools,
  uniqueOf,
  type Viewer,
} from './described.ts'

// A second reckoning of who may read what, from the description alone: slow, plain, and sharing no line with the store.

const runs = (from: number | undefined, to: number | undefined) => (from ?? -9999) <= 0 && (to ?? 9999) >= 0

const appointmentsOf = (viewer: Viewer): readonly Appointment[] => {
  const all: readonly Appointment[] = people[viewer.person]
  return all.filter((one) => runs(one.from, one.to))
}

/** Whether a council vouches for the viewer at a school today. */
export const isVouched = (viewer: Viewer, at: Letter, council: Council): boolean =>
  viewer.part === 'school' && appointmentsOf(viewer).some((one) => one.at === at && one.of.includes(council))

/** Whether the viewer works at a school today, whoever vouches. */
export const worksThere = (viewer: Viewer, at: Letter): boolean =>
  viewer.part === 'school' && appointmentsOf(viewer).some((one) => one.at === at)

/** Whether the child is looked after today. */
export const lookedAfter = (name: ChildName) => {
  const { careBegins, careEnds } = childNamed(name)
  return runs(careBegins, careEnds?.[0])
}

/** Adopted, or closed by a person's decision. */
export const isClosedForEver = (name: ChildName): boolean =>
  childNamed(name).sealed === true || childNamed(name).careEnds?.[1] === 'adopted'

/** Today, 18 November 2026: the tail of last summer runs to the end of term, a leaver's ended on 30 September. */
const tailRuns = (name: ChildName, to: number) => {
  const summerBegan = -210
  const leaversBegan = -78
  return to >= (childNamed(name).year === '11' ? leaversBegan : summerBegan)
}

const placesOf = (name: ChildName): readonly Place[] => childNamed(name).places

export type Relation = 'open' | 'left' | 'closed'

/** What a viewer is to a child at one school, or at any. */
export const relationOf = (viewer: Viewer, name: ChildName, at?: Letter): Relation => {
  const child = childNamed(name)
  if (isClosedForEver(name)) return 'closed'
  if (viewer.part !== 'school') {
    const { role, of } = viewer.part
    if (of !== child.council) return 'closed'
    if (role === 'head') return 'open'
    if (role === 'social_worker') return name === 'onroll' ? 'open' : 'closed'
    if (!['officer', 'data_officer', 'auditor'].includes(role)) return 'closed'
    return child.noDisclose && viewer.person !== 'handler' ? 'closed' : 'open'
  }
  if (!lookedAfter(name)) return 'closed'
  const own = placesOf(name).filter(
    (one) => !one.asserted && isVouched(viewer, one.at, child.council) && (at === undefined || one.at === at),
  )
  if (own.some((one) => runs(one.from, one.to))) return 'open'
  return own.some((one) => one.from <= 0 && tailRuns(name, one.to ?? 9999)) ? 'left' : 'closed'
}

const isTeam = (viewer: Viewer, ...roles: readonly string[]) =>
  viewer.part !== 'school' && roles.includes(viewer.part.role)

/** Who works with returns in a council. */
export const worksWithReturns = (viewer: Viewer): boolean => isTeam(viewer, 'head', 'officer', 'data_officer')

const ofCouncil = (viewer: Viewer, council: Council) => viewer.part !== 'school' && viewer.part.of === council

/** Whether the viewer reads a school's file as far as it is for one council. */
export const readsFile = (viewer: Viewer, name: FileName, council: Council): boolean => {
  const file = files[name]
  if (!file.of.some((one) => one === council)) return false
  if (viewer.part === 'school') return isVouched(viewer, file.at, council)
  return worksWithReturns(viewer) && ofCouncil(viewer, council) && file.state !== 'staged'
}

/** Whether the viewer reads what a council itself brought in. */
export const readsRoll = (viewer: Viewer, council: Council): boolean =>
  worksWithReturns(viewer) && ofCouncil(viewer, council)

/** The children a council only believes to be at a school: counted for the school, never named. */
export const assertedAt = (at: Letter, council: Council): readonly ChildName[] =>
  childNames.filter(
    (name) =>
      childNamed(name).council === council &&
      lookedAfter(name) &&
      !isClosedForEver(name) &&
      !childNamed(name).noDisclose &&
      placesOf(name).some((one) => one.at === at && one.asserted && runs(one.from, one.to)),
  )

/** The children due in the autumn round at a school, of those whom the viewer may follow there. */
export const dueAt = (viewer: Viewer, at: Letter): readonly ChildName[] =>
  childNames.filter(
    (name) =>
      relationOf(viewer, name, viewer.part === 'school' ? at : undefined) !== 'closed' &&
      lookedAfter(name) &&
      placesOf(name).some(
        (one) => one.at === at && !one.asserted && one.status !== 'S' && one.from <= 0 && (one.to ?? 9999) >= -30,
      ),
  )

/** Children of the viewer's own with any place at a school today. */
export const countedAt = (viewer: Viewer, at: Letter): number =>
  childNames.filter(
    (name) =>
      relationOf(viewer, name) === 'open' && placesOf(name).some((one) => one.at === at && runs(one.from, one.to)),
  ).length

/** The days of places that no other child has: canaries of where a child is or was. */
const ownDays: Partial<Readonly<Record<ChildName, readonly (readonly [Letter, string])[]>>> = {
  dual: [['B', day(-399)]],
  dualasserted: [['B', day(-398)]],
  mover: [['B', day(-8)]],
}

const serialOf = (iso: string) => String(Math.round((Date.parse(iso) - Date.UTC(1899, 11, 30)) / 86_400_000))

const sentWords = (name: ChildName, at: Letter, words: readonly string[]) =>
  words.flatMap((word) => [`${word}Qx${name}${at}`, `Words${word}Qx${name}${at}`])

const letters: readonly Letter[] = ['A', 'B', 'C']

/** What a school's own transfer file says of a child. */
const recordWords = (name: ChildName, at: Letter) => [
  ...[`PastQx${name}${at}`, `ResultQx${name}${at}`, formerUpnOf(name, at)],
]

/** The mark of a child in a school's register. */
const marksAt = (name: ChildName, at: Letter) => (markedOn(name, at) === null ? [] : [markOf(name, at)])

/** Every canary that a child carries. */
export const canariesOf = (name: ChildName): readonly string[] => {
  const { born, upn, careFrom } = uniqueOf(name)
  return [
    ...[`Qx${name}`, `SurQx${name}`, upn, born, `serial${serialOf(born)}`, `RefQx${name}`],
    ...[`WorkerQx${name}`, `TargetQx${name}`, `TargetStagedQx${name}`, `sw.qx${name}@people.example`],
    `RatingQx${name}`,
    ...(childNamed(name).careBegins === undefined ? [careFrom] : []),
    ...(ownDays[name] ?? []).map(([, first]) => first),
    ...letters.flatMap((at) => sentWords(name, at, ['Answer', 'Withdrawn', 'Draft', 'OnScreen'])),
    ...letters.flatMap((at) => recordWords(name, at)),
    ...letters.flatMap((at) => marksAt(name, at)),
    `NamedQx${name}`,
  ]
}

/** Where each council has logged a call, set a date and reminded: at the first two schools. */
export const calledSchools: readonly Letter[] = ['A', 'B']
const callWords = (council: Council, at: Letter) =>
  ['Said', 'With', 'Todo'].map((word) => `${word}Qxcall${council}${at}`)
const dateWord = (council: Council, at: Letter) => `DateReasonQx${council}${at}`
const settingWord = (council: Council) => `SettingQx${council}`
const checkWord = (council: Council, at: Letter) => `CheckedQx${council}${at}`

/** Whether the viewer reads what a council's team noted of its schools. */
export const readsCalls = (viewer: Viewer, council: Council): boolean =>
  worksWithReturns(viewer) && ofCouncil(viewer, council)

/** Whether the viewer reads the date a council set for a school, and why. */
export const readsDate = (viewer: Viewer, council: Council, at: Letter): boolean =>
  ofCouncil(viewer, council) || isVouched(viewer, at, council)

const strangers = ['Qxunmatched', 'Qxnocouncil']
const strangerWords = (key: string) => [key, `Sur${key}`, `Answer${key}`, `ReasonSur${key}`]

/** Every word that must be seen by nobody but whom the oracle allows; what ids the store gave is added by who asks. */
export const everyCanary = (): readonly string[] => [
  ...childNames.flatMap(canariesOf),
  ...strangers.flatMap(strangerWords),
  ...councils.flatMap((council) => [
    settingWord(council),
    ...calledSchools.flatMap((at) => [...callWords(council, at), dateWord(council, at), checkWord(council, at)]),
  ]),
  ...fileNames,
  ...fileNames.map((name) => `Taken${name}`),
  ...councils.flatMap((council) => [
    `Council${council}`,
    ...['schools', 'staff', 'pupils', 'places', 'plans', 'ended', 'staged', 'transfer', 'marks'].map((kind) =>
      rollFile(kind, council),
    ),
  ]),
  ...schools.map(({ name }) => name),
  ...personNames.flatMap((name) => [`Name${name}`, emailOf(name)]),
]

/** Where something is read: a page, a school's workbook or CSV, a council's own file as it came, or the store itself. */
export type Where = 'page' | 'return' | 'file' | 'store'

const ofChild = (viewer: Viewer, name: ChildName, where: Where): readonly string[] => {
  const relation = relationOf(viewer, name)
  if (relation === 'closed') return []
  const school = viewer.part === 'school'
  const { born, upn, careFrom } = uniqueOf(name)
  const child = [`Qx${name}`, `SurQx${name}`]
  const identity = [upn, born, `serial${serialOf(born)}`]
  const record = [`WorkerQx${name}`, `TargetQx${name}`, `sw.qx${name}@people.example`, `RatingQx${name}`]
  const reference = [`RefQx${name}`]
  const hidesWords = where !== 'store' && isTeam(viewer, 'data_officer', 'auditor')
  const answers = letters
    .filter((at) => !school || relationOf(viewer, name, at) !== 'closed')
    .flatMap((at) =>
      sentWords(name, at, school ? ['Answer', 'Withdrawn', 'Draft', 'OnScreen'] : ['Answer', 'Withdrawn']),
    )
    .filter((word) => !(hidesWords && word.startsWith('Words')))
  const records = letters
    .filter((at) => !school || relationOf(viewer, name, at) !== 'closed')
    .flatMap((at) => [...recordWords(name, at), ...marksAt(name, at)])
  const days = (ownDays[name] ?? [])
    .filter(([at]) => !school || relationOf(viewer, name, at) === 'open')
    .map(([, first]) => first)
  if (relation === 'left')
    return [...child, ...answers, ...records, ...(where === 'page' ? [] : [...identity, ...reference])]
  return [
    ...[...child, ...identity, ...record, ...answers, ...records, ...days],
    ...(school && where !== 'store' ? [] : reference),
    ...(school ? [] : [careFrom, `NamedQx${name}`]),
    ...(where === 'file' && !school ? [`TargetStagedQx${name}`] : []),
  ]
}

const ofStrangers = (viewer: Viewer): readonly string[] => [
  ...(readsFile(viewer, 'Filesecond', '991') ? strangerWords('Qxunmatched') : []),
  ...(viewer.part === 'school' && isVouched(viewer, 'B', '991') ? strangerWords('Qxnocouncil') : []),
]

const readsSources = (viewer: Viewer) => worksWithReturns(viewer) || isTeam(viewer, 'auditor', 'social_worker')

/** Whether the viewer may know that a file came in, at least as the source of an answer. */
export const knowsFile = (viewer: Viewer, name: FileName): boolean => {
  const file = files[name]
  return file.of.some(
    (council) =>
      readsFile(viewer, name, council) ||
      (readsSources(viewer) && ofCouncil(viewer, council) && file.state !== 'staged'),
  )
}

const ofFiles = (viewer: Viewer): readonly string[] => [
  ...fileNames.filter((name) => knowsFile(viewer, name)),
  ...fileNames.filter((name) => knowsFile(viewer, name)).map((name) => `Taken${name}`),
  ...councils
    .filter((council) => readsRoll(viewer, council))
    .flatMap((council) =>
      ['schools', 'staff', 'pupils', 'places', 'plans', 'ended', 'staged', 'transfer', 'marks'].map((kind) =>
        rollFile(kind, council),
      ),
    ),
  // A transfer file is the source of what it says.
  ...councils
    .filter((council) => readsSources(viewer) && ofCouncil(viewer, council))
    .map((council) => rollFile('transfer', council)),
]

const ofPeople = (viewer: Viewer, where: Where): readonly string[] =>
  personNames
    .filter((name) => {
      const all: readonly Appointment[] = people[name]
      return (
        name === viewer.person ||
        all.some(
          (one) =>
            // A council's own roll names whoever it ever appointed.
            (runs(one.from, one.to) || where === 'file') &&
            (viewer.part === 'school'
              ? one.at !== null && worksThere(viewer, one.at)
              : one.of.includes(viewer.part.of)),
        )
      )
    })
    .flatMap((name) => [`Name${name}`, emailOf(name)])

/** The councils whose name the viewer may meet: a school only those that vouch for it. */
export const knowsCouncil = (viewer: Viewer, council: Council): boolean =>
  viewer.part !== 'school' || appointmentsOf(viewer).some(({ of }) => of.includes(council))

/** Everything among the canaries that a viewer may read in one kind of place. */
export const allowedTo = (viewer: Viewer, where: Where): ReadonlySet<string> =>
  new Set([
    ...childNames.flatMap((name) => ofChild(viewer, name, where)),
    ...ofStrangers(viewer),
    ...councils.flatMap((council) => [
      ...(readsCalls(viewer, council)
        ? [settingWord(council), ...calledSchools.flatMap((at) => callWords(council, at))]
        : []),
      ...calledSchools.filter((at) => readsDate(viewer, council, at)).map((at) => dateWord(council, at)),
      ...(ofCouncil(viewer, council) ? calledSchools.map((at) => checkWord(council, at)) : []),
    ]),
    ...ofFiles(viewer),
    ...ofPeople(viewer, where),
    // The social worker of a child that is open stands on its record.
    ...(relationOf(viewer, 'onroll') === 'open' ? [emailOf('worker')] : []),
    ...councils.filter((council) => knowsCouncil(viewer, council)).map((council) => `Council${council}`),
    ...schools.filter(({ letter }) => viewer.part !== 'school' || worksThere(viewer, letter)).map(({ name }) => name),
  ])

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
]
const two = (text: string) => text.padStart(2, '0')

/** What stands in a text, in the shapes canaries have: words, addresses, days however written, a workbook's day numbers. */
export const wordsIn = (text: string): ReadonlySet<string> => {
  const found = new Set<string>(text.match(/[A-Za-z0-9]+/g) ?? [])
  for (const address of text.match(/[\w.]+@people\.example/g) ?? []) found.add(address)
  for (const [iso] of text.matchAll(/\d{4}-\d\d-\d\d/g)) found.add(iso)
  for (const [, d = '', name = '', y = ''] of text.matchAll(/(\d{1,2}) ([A-Z][a-z]{2,8}) (\d{4})/g)) {
    const month = months.findIndex((one) => one.startsWith(name))
    if (month >= 0) found.add(`${y}-${two(String(month + 1))}-${two(d)}`)
  }
  for (const [, d = '', m = '', y = ''] of text.matchAll(/(\d\d)\/(\d\d)\/(\d{4})/g)) found.add(`${y}-${m}-${d}`)
  for (const [, serial] of text.matchAll(/<v>(\d{5})<\/v>/g)) found.add(`serial${serial}`)
  return found
}
