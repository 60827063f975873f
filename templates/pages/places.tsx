import { daysBetween, type PlainDate } from '../../src/domain/dates.ts'
import { Table } from '../components/figures.tsx'
import { Button, Link, Picks, TextArea, TextField } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { day } from '../words/en/dates.ts'
import { placesWords as words } from '../words/en/office.ts'

/** A place the roll asserts and no school has confirmed. */
export type PlaceToConfirm = {
  readonly id: string
  readonly pupil: { readonly id: string; readonly shortName: string }
  readonly school: string
  readonly firstDay: PlainDate
  readonly since: PlainDate
  /** What the school has said so far. */
  readonly nobodyFitsOn: PlainDate | null
  readonly tries: number
}

export type PlacesProps = {
  readonly frame: Frame
  readonly today: PlainDate
  readonly places: readonly PlaceToConfirm[]
  /** Schools that transfer files name where the pupil has no confirmed place. */
  readonly named: readonly {
    readonly pupil: { readonly id: string; readonly shortName: string }
    readonly school: string
  }[]
}

/** Places that wait for a school's confirmation, longest first. */
export const PlacesPage = ({ frame, today, places, named }: PlacesProps) => {
  const { columns } = words
  return (
    <Layout title={words.title} frame={frame} here="places">
      <h1 class="govuk-heading-l">{words.heading(places.length)}</h1>
      <p class="lead measure">{places.length === 0 ? words.nothing : words.lead}</p>
      {places.length > 0 && (
        <Table
          caption={words.title}
          captionShown={false}
          columns={[
            { head: columns.pupil },
            { head: columns.school },
            { head: columns.since, whole: true },
            { head: columns.waiting, number: true },
            { head: columns.answer },
            { head: columns.next, whole: true },
          ]}
          rows={places.map((place) => ({
            head: <Link href={paths.pupil(place.pupil.id)}>{place.pupil.shortName}</Link>,
            cells: [
              place.school,
              day(place.firstDay),
              words.days(Math.max(0, daysBetween(place.since, today))),
              said(place),
              <Link href={paths.placeCall(place.id)} also={place.pupil.shortName}>
                {words.logCall}
              </Link>,
            ],
          }))}
        />
      )}
      {named.length > 0 && (
        <section class="part" aria-labelledby="named">
          <h2 class="govuk-heading-m" id="named">
            {words.namedTitle}
          </h2>
          <p class="measure">{words.namedSays}</p>
          <Table
            caption={words.namedTitle}
            captionShown={false}
            columns={[{ head: columns.pupil }, { head: words.namedSchool }]}
            rows={named.map(({ pupil, school }) => ({
              head: <Link href={paths.pupil(pupil.id)}>{pupil.shortName}</Link>,
              cells: [school],
            }))}
          />
        </section>
      )}
    </Layout>
  )
}

const said = ({ nobodyFitsOn, tries }: PlaceToConfirm) => {
  if (nobodyFitsOn !== null) return words.nobody(nobodyFitsOn)
  return tries > 0 ? words.tried(tries) : <span class="quiet">{words.noAnswer}</span>
}

export type PlaceCallProps = {
  readonly frame: Frame
  readonly id: string
  readonly shortName: string
  readonly school: string
  readonly values: { readonly spokeTo: string; readonly outcome: string; readonly note: string }
  readonly toMend?: readonly ToMend[]
}

/** Logs a call to a school about a place: confirmed, not there, or to follow. */
export const PlaceCallPage = ({ frame, id, shortName, school, values, toMend = [] }: PlaceCallProps) => {
  const mend = (field: string) => toMend.find((one) => one.field === field)?.text
  return (
    <Layout
      title={words.callTitle}
      frame={frame}
      here="places"
      back={{ href: paths.places, text: words.back }}
      toMend={toMend}
    >
      <p class="over">
        {shortName}, {school}
      </p>
      <h1 class="govuk-heading-l">{words.callTitle}</h1>
      <p class="lead measure">{words.callSays}</p>
      <form action={paths.placeCall(id)} method="post" novalidate class="measure">
        <TextField
          id="spokeTo"
          label={words.spokeTo}
          hint={words.spokeToHint}
          value={values.spokeTo}
          toMend={mend('spokeTo')}
          maxlength={200}
        />
        <div class="govuk-form-group">
          <Picks
            name="outcome"
            legend={words.outcome}
            value={values.outcome}
            toMend={mend('outcome')}
            down
            options={(['confirmed', 'not_here', 'later'] as const).map((value) => ({
              value,
              text: words.outcomes[value],
            }))}
          />
        </div>
        <TextArea
          id="note"
          label={words.note}
          hint={words.noteHint}
          value={values.note}
          toMend={mend('note')}
          maxlength={300}
        />
        <Button>{words.button}</Button>
      </form>
    </Layout>
  )
}
