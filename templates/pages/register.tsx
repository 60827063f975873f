import type { PlainDate } from '../../src/domain/dates.ts'
import { settingKinds } from '../../src/domain/school-number.ts'
import { Table } from '../components/figures.tsx'
import { Button, Link, Picks, SelectField, TextArea, TextField } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { day } from '../words/en/dates.ts'
import { keepingWords } from '../words/en/office.ts'
import { registerWords } from '../words/en/register.ts'

const back = { href: paths.schools, text: keepingWords.backToSchools }

/** An establishment of the register; `school` where it is a school here already. */
export type FoundSchool = {
  readonly urn: string
  readonly name: string
  readonly town: string
  readonly area: string
  readonly phase: string
  readonly type: string
  readonly status: string
  readonly school: string | null
}

export type SchoolFindProps = {
  readonly frame: Frame
  /** Whether there is a register to search. */
  readonly listed: boolean
  readonly search: string
  /** Null where nothing was searched for yet. */
  readonly found: readonly FoundSchool[] | null
  readonly more: boolean
}

/** Finding a school in the national register, so that nobody types its name or number. */
export const SchoolFindPage = ({ frame, listed, search, found, more }: SchoolFindProps) => {
  const words = registerWords.find
  return (
    <Layout title={words.title} frame={frame} here="schools" back={back}>
      <h1 class="govuk-heading-l">{words.heading}</h1>
      {listed ? (
        <form action={paths.schoolFind} method="get" class="measure">
          <TextField id="q" label={words.search} hint={words.searchHint} type="search" value={search} maxlength={100} />
          <Button>{words.button}</Button>
        </form>
      ) : (
        <p class="note note--wait">{words.none}</p>
      )}
      {found !== null &&
        (found.length === 0 ? (
          <p class="note">{words.nothing}</p>
        ) : (
          <>
            <Table
              caption={words.found(found.length, more)}
              columns={[
                { head: words.columns.name },
                { head: words.columns.area },
                { head: words.columns.phase },
                { head: words.columns.urn },
                { head: words.columns.next },
              ]}
              rows={found.map((one) => ({
                head: (
                  <>
                    {one.name}
                    {words.status[one.status] && <b class="small state--wait"> {words.status[one.status]}</b>}
                  </>
                ),
                cells: [
                  [one.town, one.area].filter(Boolean).join(', '),
                  [one.phase, one.type].filter((text) => text !== '' && text !== 'Not applicable').join(', '),
                  <span class="mono">{one.urn}</span>,
                  one.school === null ? (
                    <form action={paths.schoolTake} method="post">
                      <Button second name="urn" value={one.urn}>
                        {words.add}
                        <span class="govuk-visually-hidden"> {one.name}</span>
                      </Button>
                    </form>
                  ) : (
                    <Link href={paths.school(one.school)} also={one.name}>
                      {words.here}
                    </Link>
                  ),
                ],
              }))}
            />
            {more && <p class="quiet">{words.more}</p>}
          </>
        ))}
      <p class="gap">
        <Link href={paths.settingAdd}>{words.byHand}</Link>
      </p>
      <p>
        <Link href={paths.schoolAdd}>{words.byNumber}</Link>
      </p>
    </Layout>
  )
}

export type SettingValues = Readonly<
  Record<'name' | 'kind' | 'number' | 'registered' | 'laCode' | 'country' | 'checkedOn' | 'how', string>
>

export type SettingAddProps = {
  readonly frame: Frame
  readonly values: SettingValues
  readonly toMend: readonly ToMend[]
}

/** A setting that no register lists, made by hand with who made sure of it. */
export const SettingAddPage = ({ frame, values, toMend }: SettingAddProps) => {
  const words = registerWords.setting
  const mend = (field: string) => toMend.find((one) => one.field === field)?.text
  return (
    <Layout title={words.title} frame={frame} here="schools" back={back} toMend={toMend}>
      <h1 class="govuk-heading-l">{words.title}</h1>
      <p class="lead measure">{words.says}</p>
      <form action={paths.settingAdd} method="post" novalidate class="measure">
        <TextField id="name" label={words.name} value={values.name} maxlength={120} toMend={mend('name')} />
        <SelectField
          id="kind"
          label={words.kind}
          empty=""
          value={values.kind}
          options={settingKinds.map((kind) => ({ value: kind, text: words.kinds[kind] }))}
          toMend={mend('kind')}
        />
        <TextField
          id="number"
          label={words.number}
          hint={words.numberHint}
          value={values.number}
          width={10}
          maxlength={20}
          toMend={mend('number')}
        />
        <Picks
          name="registered"
          legend={words.registered}
          value={values.registered}
          options={Object.entries(words.registeredOptions).map(([value, text]) => ({ value, text }))}
          toMend={mend('registered')}
        />
        <TextField
          id="laCode"
          label={words.area}
          hint={words.areaHint}
          value={values.laCode}
          width={5}
          inputmode="numeric"
          maxlength={3}
          toMend={mend('laCode')}
        />
        <SelectField
          id="country"
          label={words.country}
          value={values.country}
          options={['England', 'Wales'].map((value) => ({ value, text: value }))}
        />
        <TextField
          id="checkedOn"
          label={words.checkedOn}
          hint={words.checkedOnHint}
          value={values.checkedOn}
          width={10}
          maxlength={20}
          toMend={mend('checkedOn')}
        />
        <TextArea
          id="how"
          label={words.how}
          hint={words.howHint}
          value={values.how}
          maxlength={300}
          toMend={mend('how')}
        />
        <p class="act">
          <Button>{words.button}</Button>
        </p>
      </form>
    </Layout>
  )
}

/** One thing the register leaves open about a school here. */
export type SchoolQuestion = {
  /** What the answer is posted with. */
  readonly key: string
  readonly kind: 'merger' | 'split' | 'closure' | 'two_places'
  readonly name: string
  readonly next: string
  readonly day: PlainDate | null
  readonly pupils: number
}

export type SchoolQuestionsProps = {
  readonly frame: Frame
  readonly questions: readonly SchoolQuestion[]
  /** The question that was sent without an answer. */
  readonly unanswered: string | null
}

/** Schools that merged, were split or closed, for a person to settle. */
export const SchoolQuestionsPage = ({ frame, questions, unanswered }: SchoolQuestionsProps) => {
  const words = registerWords.questions
  const field = (key: string) => `answer-${key}`
  return (
    <Layout
      title={words.title}
      frame={frame}
      here="schools"
      back={back}
      toMend={unanswered === null ? [] : [{ text: words.choose, field: field(unanswered) }]}
    >
      <h1 class="govuk-heading-l">{words.heading(questions.length)}</h1>
      <p class="lead measure">{questions.length === 0 ? words.nothing : words.lead}</p>
      {questions.map(({ key, kind, name, next, day: on, pupils }) => (
        <section class="part" aria-label={name}>
          <form action={paths.schoolQuestions} method="post" class="measure">
            <input type="hidden" name="question" value={key} />
            <p>
              <b>{words[kind](name, words.on(on), next)}</b>
            </p>
            <p class="quiet">{words.pupils(pupils)}</p>
            <Picks
              name={field(key)}
              legend={<span class="govuk-visually-hidden">{name}</span>}
              down
              options={(kind === 'merger' || kind === 'split'
                ? (['carries_on', 'new_place'] as const)
                : (['seen'] as const)
              ).map((value) => ({ value, text: words.options[value] }))}
              toMend={unanswered === key ? words.choose : undefined}
            />
            <Button second>{words.button}</Button>
          </form>
        </section>
      ))}
    </Layout>
  )
}

export type SettingCheck = {
  readonly on: PlainDate
  readonly by: string
  readonly registered: 'Y' | 'N' | 'not_known'
  readonly how: string
}

/** Who made sure of a setting that no register lists, latest first. */
export const SettingChecks = ({ checks }: { readonly checks: readonly SettingCheck[] }) => {
  const words = registerWords.checks
  return (
    <Table
      caption={words.title}
      columns={[
        { head: words.columns.on },
        { head: words.columns.by },
        { head: words.columns.what },
        { head: words.columns.how },
      ]}
      rows={checks.map(({ on, by, registered, how }) => ({
        head: day(on),
        cells: [by, registerWords.setting.registeredOptions[registered], how],
      }))}
    />
  )
}
