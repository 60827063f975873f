import type { PlainDate } from '../../src/domain/dates.ts'
import { Table } from '../components/figures.tsx'
import { Button, ButtonLink, Link, TextField } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { type PlaceState, PlaceStateShown } from '../components/return-state.tsx'
import { yearGroupWords } from '../words/en/counts.ts'
import { pupilWords as words } from '../words/en/pupil.ts'

export type PupilsProps = {
  readonly frame: Frame
  readonly pupils: readonly {
    readonly id: string
    readonly shortName: string
    readonly yearGroup: string | null
    readonly council: string
    /** Null while no open round asks about this pupil. */
    readonly asked: { readonly left: number; readonly asked: number } | null
    readonly planNextBy: PlainDate | null
    readonly socialWorker: string | null
  }[]
}

/** A school's looked-after pupils, all councils together. */
export const PupilsPage = ({ frame, pupils }: PupilsProps) => {
  const { columns } = words
  return (
    <Layout title={words.listTitle} frame={frame} here="pupils">
      <h1 class="govuk-heading-l">
        {words.listHeading(pupils.length, new Set(pupils.map(({ council }) => council)).size)}
      </h1>
      {pupils.length === 0 ? (
        <p class="lead measure">{words.listNothing}</p>
      ) : (
        <Table
          caption={words.listTitle}
          captionShown={false}
          columns={[
            { head: columns.pupil },
            { head: columns.year, whole: true },
            { head: columns.council },
            { head: columns.left, number: true },
            { head: columns.plan, whole: true },
            { head: columns.worker },
          ]}
          rows={pupils.map((pupil) => ({
            head: <Link href={paths.pupil(pupil.id)}>{pupil.shortName}</Link>,
            cells: [
              yearGroupWords(pupil.yearGroup),
              pupil.council,
              pupil.asked === null ? (
                <span class="quiet">{words.notAskedNow}</span>
              ) : (
                words.left(pupil.asked.left, pupil.asked.asked)
              ),
              pupil.planNextBy === null ? <span class="quiet">{words.planNone}</span> : words.by(pupil.planNextBy),
              pupil.socialWorker ?? <span class="quiet">{words.planNone}</span>,
            ],
          }))}
        />
      )}
    </Layout>
  )
}

export type PupilSearchProps = {
  readonly frame: Frame
  /** How many pupils this person may see in all. */
  readonly total: number
  /** What was searched for; empty where nothing was. */
  readonly query: string
  readonly pupils: readonly {
    readonly id: string
    readonly shortName: string
    readonly childReference: string
    readonly yearGroup: string | null
    readonly school: string | null
    readonly placeState: PlaceState | null
  }[]
  readonly mayAdd: boolean
}

/** An officer's list of pupils, found by the council's own reference or a whole UPN only. The search is posted. */
export const PupilSearchPage = ({ frame, total, query, pupils, mayAdd }: PupilSearchProps) => {
  const { searchColumns: columns } = words
  return (
    <Layout title={words.searchTitle} frame={frame} here="pupils">
      <div class="pair pair--wrap">
        <h1 class="govuk-heading-l">{words.searchHeading(total)}</h1>
        {mayAdd && (
          <p class="act">
            <ButtonLink href={paths.pupilAdd} second>
              {words.add}
            </ButtonLink>
          </p>
        )}
      </div>
      <p class="lead measure">{total === 0 && mayAdd ? words.searchEmpty : words.searchLead}</p>
      {(total > 0 || !mayAdd) && (
        <search>
          <form class="filters" action={paths.pupils} method="post">
            <TextField id="query" type="search" label={words.search} value={query} width={20} maxlength={60} />
            <Button second>{words.searchButton}</Button>
          </form>
        </search>
      )}
      {pupils.length === 0 && query !== '' && <p role="status">{words.searchNone}</p>}
      {pupils.length > 0 && (
        <Table
          caption={words.searchTitle}
          captionShown={false}
          columns={[
            { head: columns.pupil },
            { head: columns.reference },
            { head: columns.year },
            { head: columns.school },
            { head: columns.state },
          ]}
          rows={pupils.map((pupil) => ({
            head: <Link href={paths.pupil(pupil.id)}>{pupil.shortName}</Link>,
            cells: [
              <span class="mono">{pupil.childReference}</span>,
              yearGroupWords(pupil.yearGroup),
              pupil.school ?? <span class="quiet">{words.noSchool}</span>,
              pupil.placeState === null ? '' : <PlaceStateShown state={pupil.placeState} />,
            ],
          }))}
        />
      )}
    </Layout>
  )
}
