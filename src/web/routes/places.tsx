import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { PlaceCallPage, type PlaceCallProps, PlacesPage } from '../../../templates/pages/places.tsx'
import { placesWords } from '../../../templates/words/en/office.ts'
import { todayInLondon } from '../../domain/dates.ts'
import { audit } from '../../store/audit.ts'
import { namedSchoolsToSettle } from '../../store/named-schools.ts'
import { confirmPlace, deniedPlaces, detailsOfPupils, placesToConfirm } from '../../store/pupils.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen, shortName } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

/** Places nobody has confirmed yet, and the call that confirms one. */
export const placeRoutes = new Hono<Web>()
placeRoutes.use(paths.places, signedIn, only('keep pupils'))
placeRoutes.use(`${paths.places}/*`, signedIn, only('keep pupils'))

type Asserted = Awaited<ReturnType<typeof placesToConfirm>>[number]

const idOf = (place: Asserted) => `${place.pupilId}-${place.schoolId}-${place.firstDay}`

placeRoutes.get(paths.places, async (context) => {
  const { runtime, viewer } = context.var
  const [places, denied, named] = await Promise.all([
    placesToConfirm(runtime.db.query, viewer.scope),
    deniedPlaces(runtime.db.query, viewer.scope),
    namedSchoolsToSettle(runtime.db.query, viewer.scope),
  ])
  const namedPupils = named.map(({ pupil }) => pupil)
  const names = await detailsOfPupils(runtime.db.query, viewer.scope, namedPupils, ['forename', 'surname'])
  await noteSeen(context, [...places.map(({ pupil }) => pupil), ...namedPupils], 'list seen', 'places not confirmed')
  return reply.page(
    context,
    <PlacesPage
      frame={frameOf(context)}
      today={viewer.scope.today}
      places={places.map((place) => {
        const said = denied.get(place.schoolNumber)
        return {
          id: idOf(place),
          pupil: { id: place.pupilId, shortName: shortName(place.forename, place.surname) },
          school: place.school,
          firstDay: place.firstDay,
          since: place.firstDay,
          nobodyFitsOn: said ? todayInLondon(said) : null,
          tries: 0,
        }
      })}
      named={named.map(({ pupil, pupilId, name, laCode, establishment }) => ({
        pupil: {
          id: pupilId,
          shortName: shortName(names.get(pupil)?.get('forename') ?? '', names.get(pupil)?.get('surname') ?? ''),
        },
        school: name || `${laCode}/${establishment}`,
      }))}
    />,
  )
})

const found = async (context: WebContext): Promise<Asserted | undefined> => {
  const places = await placesToConfirm(context.var.runtime.db.query, context.var.viewer.scope)
  const place = places.find((one) => idOf(one) === context.req.param('place'))
  if (place) await noteSeen(context, [place.pupil], 'record kept', 'place confirmed by call')
  return place
}

const showCall = (
  context: WebContext,
  place: Asserted,
  values: PlaceCallProps['values'],
  toMend: readonly ToMend[] = [],
) =>
  reply.page(
    context,
    <PlaceCallPage
      frame={frameOf(context)}
      id={idOf(place)}
      shortName={shortName(place.forename, place.surname)}
      school={place.school}
      values={values}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )

placeRoutes.get(paths.placeCall(':place'), async (context) => {
  const place = await found(context)
  return place ? showCall(context, place, { spokeTo: '', outcome: '', note: '' }) : reply.notFound(context)
})

placeRoutes.post(paths.placeCall(':place'), async (context) => {
  const { runtime, viewer } = context.var
  const place = await found(context)
  if (!place) return reply.notFound(context)
  const values = {
    spokeTo: field(context, 'spokeTo').slice(0, 120),
    outcome: field(context, 'outcome'),
    note: field(context, 'note').slice(0, 300),
  }
  const toMend: ToMend[] = [
    ...(values.spokeTo === '' ? [{ text: placesWords.spokeToNeeded, field: 'spokeTo' }] : []),
    ...(['confirmed', 'not_here', 'later'].includes(values.outcome)
      ? []
      : [{ text: placesWords.outcomeNeeded, field: 'outcome' }]),
  ]
  if (toMend.length > 0) return showCall(context, place, values, toMend)
  const now = runtime.now()
  await runtime.db.commit([
    ...(values.outcome === 'confirmed'
      ? [confirmPlace(place.pupil, place.schoolNumber, place.firstDay, 'call', now, viewer.person.number)]
      : []),
    audit(runtime.db.query, {
      at: now,
      person: viewer.person.number,
      part: viewer.named.role,
      action: `place call: ${values.outcome}`,
      pupil: place.pupil,
      virtualSchool: ownCouncil(context),
      subject: place.schoolId,
      purpose: `${values.spokeTo}. ${values.note}`.slice(0, 400),
    }),
  ])
  return reply.goTo(context, paths.places)
})
