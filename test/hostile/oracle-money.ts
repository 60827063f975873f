import {
  type ChildName,
  type Council,
  childNamed,
  childNames,
  councils,
  type Letter,
  type Viewer,
} from './described.ts'
import { isClosedForEver, isVouched, relationOf, worksThere } from './oracle.ts'
import { onAgendaAt, withInterest } from './world-money.ts'

// Who may read what of money: a second reckoning, from the description alone.

const roleIn = (viewer: Viewer, council: Council): string | undefined =>
  viewer.part !== 'school' && viewer.part.of === council ? viewer.part.role : undefined

const deciders = { '991': 'head', '992': 'head2', '993': 'both' } as const

/** Whether the viewer works at the school that asks, whatever part they have taken. */
export const speaksFor = (viewer: Viewer, at: Letter): boolean => worksThere({ ...viewer, part: 'school' }, at)

/** Whether the viewer may open what was asked for a child at a school. */
export const opensApplication = (viewer: Viewer, name: ChildName, at: Letter): boolean => {
  if (viewer.part === 'school') return relationOf(viewer, name, at) !== 'closed'
  const role = roleIn(viewer, childNamed(name).council)
  if (role === 'head' || role === 'officer') return relationOf(viewer, name) === 'open'
  return (
    role === 'panel_member' &&
    !speaksFor(viewer, at) &&
    !isClosedForEver(name) &&
    !childNamed(name).noDisclose &&
    onAgendaAt.includes(at) &&
    !withInterest.includes(name)
  )
}

/** Whether the viewer sees payments of a council to a school: by reference, payee and amount. */
export const seesPayment = (viewer: Viewer, council: Council, at: Letter): boolean =>
  viewer.part === 'school'
    ? isVouched(viewer, at, council)
    : ['head', 'officer', 'finance', 'auditor'].includes(roleIn(viewer, council) ?? '')

/** Whether the viewer sees the fund of a council at all. */
export const seesFundOf = (viewer: Viewer, council: Council): boolean =>
  ['head', 'officer', 'panel_member', 'finance', 'auditor'].includes(roleIn(viewer, council) ?? '')

/** Every application of the world, by child and school: two of each. */
export const asked: readonly { readonly child: ChildName; readonly at: Letter }[] = childNames.flatMap((child) =>
  childNamed(child).places.map(({ at }) => ({ child, at })),
)

const bid = (name: ChildName, at: Letter) => [
  `BidQx${name}${at}`,
  `CostQx${name}${at}`,
  `AskQx${name}${at}`,
  `FileOfQx${name}${at}`,
  `UsedQx${name}${at}`,
]
const kept = (name: ChildName, at: Letter) => [`NoteQx${name}${at}`, `InterestQx${name}${at}`]
/** Every payment by entitlement of the world, by child and school. */
const entitled = childNames.flatMap((child) => {
  const at = childNamed(child).places[0]?.at
  return at ? [{ child, at }] : []
})
const ofEntitlement = (name: ChildName, at: Letter) => ({ spent: `SpentQx${name}${at}`, why: `PassQx${name}${at}` })
const ofFund = (council: Council) => [
  ...[`AllocationQx${council}`, `ClosedQx${council}`, `PaidQx${council}`, `LINEQX${council}`],
]
const payees = (council: Council) => (['A', 'B'] as const).map((at) => ({ at, word: `PayeeQx${council}${at}` }))

/** The words of money that nobody may read but whom `moneyAllowedTo` lets. */
export const moneyCanaries = (): readonly string[] => [
  ...asked.flatMap(({ child, at }) => [...bid(child, at), ...kept(child, at)]),
  ...entitled.flatMap(({ child, at }) => Object.values(ofEntitlement(child, at))),
  ...councils.flatMap((council) => [...ofFund(council), ...payees(council).map(({ word }) => word)]),
  ...councils.map((council) => `RankedQx${council}`),
]

/** The words of money that a viewer may read. */
export const moneyAllowedTo = (viewer: Viewer): readonly string[] => [
  ...asked
    .filter(({ child, at }) => opensApplication(viewer, child, at))
    .flatMap(({ child, at }) => [
      ...bid(child, at),
      // Who decided is said to the school; a panel's member learns whom it is for, and the server whom to tell.
      ...[`Name${deciders[childNamed(child).council]}`],
      ...(viewer.part === 'school' ? [] : kept(child, at)),
      ...(roleIn(viewer, childNamed(child).council) === 'panel_member'
        ? [`Qx${child}`, `SurQx${child}`, `sw.qx${child}@people.example`]
        : []),
    ]),
  ...entitled
    .filter(
      ({ child, at }) => opensApplication(viewer, child, at) && seesPayment(viewer, childNamed(child).council, at),
    )
    .flatMap(({ child, at }) => {
      const { spent, why } = ofEntitlement(child, at)
      return viewer.part === 'school' ? [spent] : [spent, why]
    }),
  ...councils.flatMap((council) => [
    ...(seesFundOf(viewer, council) ? ofFund(council) : []),
    // A school's own answer is its own, whoever asked.
    ...(seesFundOf(viewer, council) || (viewer.part === 'school' && worksThere(viewer, 'A'))
      ? [`RankedQx${council}`]
      : []),
    ...payees(council)
      .filter(({ at }) => seesFundOf(viewer, council) || seesPayment(viewer, council, at))
      .map(({ word }) => word),
  ]),
]

/** Whether a payment, on its way or made, is of a child who left the school, or care, before today. */
export const leaves = ({ child, at }: { readonly child: ChildName | null; readonly at: Letter }): boolean => {
  if (child === null) return false
  const { places, careEnds } = childNamed(child)
  const here = places.filter((one) => one.at === at)
  const left = here.some(({ to }) => to !== undefined && to < 0) && !here.some(({ to }) => to === undefined || to >= 0)
  return left || (careEnds !== undefined && careEnds[0] < 0)
}

/** The children whom a viewer learns of by money alone: a panel's member. */
export const knownByMoney = (viewer: Viewer): readonly ChildName[] =>
  viewer.part !== 'school' && viewer.part.role === 'panel_member'
    ? asked.filter(({ child, at }) => opensApplication(viewer, child, at)).map(({ child }) => child)
    : []
