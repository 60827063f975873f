import type { PlainDate } from '../../src/domain/dates.ts'
import { minutesFor } from '../../src/domain/return/completeness.ts'
import type { Section } from '../../src/domain/return/item.ts'
import { Answer, type AnswerField, answerId } from '../components/answer-field.tsx'
import { Details, Unspaced } from '../components/figures.tsx'
import { Button } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { State } from '../components/state.tsx'
import { registerWords } from '../words/en/attendance.ts'
import { yearGroupWords } from '../words/en/counts.ts'
import { formWords as words } from '../words/en/form.ts'
import { planWords } from '../words/en/plan.ts'
import { sectionWords } from '../words/en/states.ts'

/** A subject's questions under one heading. */
export type SubjectFields = { readonly name: string; readonly fields: readonly AnswerField[] }

/** A section of the return: what is asked of this pupil, and what may be said besides. */
export type SectionFields = {
  readonly section: Section
  readonly fields: readonly AnswerField[]
  readonly subjects: readonly SubjectFields[]
  readonly more: readonly AnswerField[]
  readonly moreSubjects: readonly SubjectFields[]
  /** How to answer what is asked of each subject alike, said once. */
  readonly help: readonly { readonly label: string; readonly says: string }[]
}

/** A fact known from before, with where it is known from. */
export type KnownFact = { readonly label: string; readonly value: string }

/** A pupil in the list beside the questions. */
export type PupilLink = {
  readonly reference: string
  readonly shortName: string
  readonly council: string
  readonly left: number
  readonly here: boolean
}

export type AnswerFormProps = {
  readonly frame: Frame
  readonly reference: string
  readonly shortName: string
  readonly yearGroup: string | null
  readonly council: string
  readonly round: string
  readonly due: PlainDate
  readonly today: PlainDate
  readonly left: number
  readonly leftInAll: number
  /** The plan's days as the council shows them: not asked. Null where nothing is known of it. */
  readonly plan: { readonly heldOn: PlainDate | null; readonly due: PlainDate | null } | null
  /** What the school's own register comes to: sessions are not asked then. Null where none reaches the council. */
  readonly register: {
    readonly attended: number
    readonly possible: number
    readonly authorised: number
    readonly unauthorised: number
    readonly from: PlainDate
    readonly to: PlainDate
  } | null
  /** Said when the page comes back after saving. */
  readonly saved: boolean
  /** Facts to say in one press that they are still true; empty once they are. */
  readonly toAffirm: readonly KnownFact[]
  /** The fields of the facts known or confirmed, folded away. */
  readonly known: readonly AnswerField[]
  readonly sections: readonly SectionFields[]
  readonly pupils: readonly PupilLink[]
  /** Whom "save and go on" goes to: the next pupil with something left; null after the last. */
  readonly next: string | null
}

const everyField = ({ known, sections }: AnswerFormProps) => [
  ...known,
  ...sections.flatMap(({ fields, subjects, more, moreSubjects }) => [
    ...fields,
    ...[...subjects, ...moreSubjects].flatMap((subject) => subject.fields),
    ...more,
  ]),
]

/** One pupil's return on screen: facts to affirm in a press, then the questions, section by section. */
export const AnswerFormPage = (props: AnswerFormProps) => {
  const { shortName, left, leftInAll, pupils, next } = props
  const toMend = everyField(props).flatMap(({ item, label, toMend: text }) =>
    text === null ? [] : [{ text: `${label}: ${text}`, field: answerId(item) }],
  )
  return (
    <Layout
      title={words.title(shortName)}
      frame={props.frame}
      here="inbox"
      back={{ href: paths.form, text: words.backToAll }}
      toMend={toMend}
      script="form.js"
    >
      <div class="split">
        <div>
          <p class="over">{words.over(props.council, props.round, props.due, props.due < props.today)}</p>
          <h1 class="govuk-heading-l">{`${shortName}, ${yearGroupWords(props.yearGroup)}`}</h1>
          <p class="lead" data-left>
            {words.left(left, minutesFor(left))} {words.leftInAll(leftInAll, minutesFor(leftInAll))}
          </p>
          {props.plan && <p class="small quiet">{planWords.formLine(props.plan.due, props.plan.heldOn)}</p>}
          {props.register && <p class="small quiet">{registerWords.line(props.register)}</p>}
          <form action={paths.formPupil(props.reference)} method="post" novalidate data-saves>
            {/* Return pressed in a field presses the first button of a form: it saves, and does not affirm. */}
            <button class="govuk-button govuk-visually-hidden-focusable" type="submit" name="do" value="save">
              {words.save}
            </button>
            <KnownFacts props={props} />
            {props.sections.map((section) => (
              <SectionPart section={section} />
            ))}
            <p class="gap">
              <Button name="do" value="money" second>
                {words.money(shortName)}
              </Button>
            </p>
            <div class="act bar-save">
              <Button name="do" value="next">
                {next === null ? words.saveAndEnd : words.saveAndNext(next)}
              </Button>
              <Button name="do" value="save" second>
                {words.save}
              </Button>
              <span
                class="small quiet"
                role="status"
                data-status
                data-saving={words.saving}
                data-saved={words.saved}
                data-failed={words.notSaved}
                data-says={words.saves}
              >
                {props.saved ? words.saved : words.savesByButton}
              </span>
            </div>
          </form>
        </div>
        <nav class="side" aria-label={words.pupils}>
          <ul class="flat rows small">
            {pupils.map((pupil) => (
              <li class="pair">
                <span>
                  <a
                    class="govuk-link"
                    href={paths.formPupil(pupil.reference)}
                    aria-current={pupil.here ? 'page' : undefined}
                  >
                    {pupil.shortName}
                  </a>
                  <br />
                  <span class="quiet">{pupil.council}</span>
                </span>
                <State shape={pupil.left === 0 ? 'done' : 'part'} word={words.pupilLeft(pupil.left)} />
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </Layout>
  )
}

const KnownFacts = ({ props }: { readonly props: AnswerFormProps }) => {
  const { toAffirm, known } = props
  if (known.length === 0) return null
  const open = known.some(({ toMend }) => toMend !== null)
  return (
    <section class="note tight" aria-labelledby="known">
      <h2 class="govuk-heading-m" id="known">
        {words.known}
      </h2>
      {toAffirm.length === 0 ? (
        <p>
          <State shape="done" word={words.confirmed} />
        </p>
      ) : (
        <>
          <p>{words.knownSays(toAffirm.length)}</p>
          <dl class="facts">
            {toAffirm.map(({ label, value }) => (
              <div>
                <dt>{label}</dt>
                <dd>
                  <Unspaced text={value} />
                </dd>
              </div>
            ))}
          </dl>
          <p class="gap">
            <Button name="do" value="stillTrue" second>
              {words.stillTrue(toAffirm.length)}
            </Button>
          </p>
        </>
      )}
      <Details summary={words.change} open={open}>
        <div class="fields">
          {known.map((field) => (
            <Answer field={field} />
          ))}
        </div>
      </Details>
    </section>
  )
}

const Fields = ({ fields }: { readonly fields: readonly AnswerField[] }) =>
  fields.length === 0 ? null : (
    <div class="fields">
      {fields.map((field) => (
        <Answer field={field} />
      ))}
    </div>
  )

const Subjects = ({ subjects }: { readonly subjects: readonly SubjectFields[] }) => (
  <>
    {subjects.map(({ name, fields }) => (
      <fieldset class="govuk-fieldset subject">
        <legend class="govuk-fieldset__legend">
          <b>{name}</b>
        </legend>
        <Fields fields={fields} />
      </fieldset>
    ))}
  </>
)

const SectionPart = ({ section }: { readonly section: SectionFields }) => {
  const { fields, subjects, more, moreSubjects, help } = section
  const id = `section-${section.section}`
  const moreOpen = [...more, ...moreSubjects.flatMap((subject) => subject.fields)].some(
    ({ toMend, shown }) => toMend !== null || shown !== '',
  )
  return (
    <section class="part" aria-labelledby={id} data-section>
      <h2 class="govuk-heading-m" id={id}>
        {sectionWords[section.section]}
      </h2>
      <Fields fields={fields} />
      <Subjects subjects={subjects} />
      {help.length > 0 && (
        <Details summary={words.how}>
          <dl class="say say--wide small">
            {help.map(({ label, says }) => (
              <div>
                <dt>{label}</dt>
                <dd>{says}</dd>
              </div>
            ))}
          </dl>
        </Details>
      )}
      {more.length + moreSubjects.length > 0 && (
        <Details summary={words.more(sectionWords[section.section])} open={moreOpen}>
          <Fields fields={more} />
          <Subjects subjects={moreSubjects} />
        </Details>
      )}
    </section>
  )
}
