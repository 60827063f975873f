import { minutesFor } from '../../src/domain/return/completeness.ts'
import { Details, Table } from '../components/figures.tsx'
import { Button, ButtonLink, Link, SelectField } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { State } from '../components/state.tsx'
import { formWords as words } from '../words/en/form.ts'

/** One pupil among everything a school answers on screen. */
export type AnsweredPupil = {
  readonly reference: string
  readonly shortName: string
  readonly council: string
  readonly answered: number
  readonly asked: number
  readonly left: number
  readonly savedBy: string | null
  /** Answers typed and not sent, in the order of the return. */
  readonly toSend: readonly { readonly label: string; readonly value: string; readonly toMend: boolean }[]
  readonly sent: boolean
}

/** One school's part of the page: a person may work at several. */
export type AnsweringSchool = {
  readonly id: string
  readonly name: string
  readonly pupils: readonly AnsweredPupil[]
  readonly colleagues: readonly { readonly id: string; readonly name: string }[]
  readonly handed: string | null
}

export type AnswersProps = {
  readonly frame: Frame
  readonly schools: readonly AnsweringSchool[]
  readonly councils: readonly string[]
  readonly toMend?: string
}

/** Every pupil's answers as they stand, to check and to send, or to hand to a colleague. */
export const AnswersPage = ({ frame, schools, councils, toMend }: AnswersProps) => {
  const pupils = schools.flatMap((school) => school.pupils)
  const left = pupils.reduce((sum, pupil) => sum + pupil.left, 0)
  return (
    <Layout
      title={words.allTitle}
      frame={frame}
      here="inbox"
      back={{ href: paths.inbox, text: words.backToInbox }}
      toMend={toMend === undefined ? [] : [{ text: toMend, field: 'answers' }]}
    >
      {pupils.length === 0 ? (
        <>
          <h1 class="govuk-heading-l">{words.nothingDue}</h1>
          <p class="lead">{words.nothingDueSays}</p>
        </>
      ) : (
        <>
          <p class="over">{words.allTitle}</p>
          <h1 class="govuk-heading-l">{words.allHeading(pupils.length, left)}</h1>
          <p class="lead" id="answers">
            {words.allLead(councils)} {left > 0 && words.minutes(minutesFor(left))}
          </p>
          {schools.map((school) => (
            <School school={school} several={schools.length > 1} />
          ))}
          <Details summary={words.otherWays}>
            <p>{words.otherWaysSays}</p>
            <p class="act">
              <Link href={paths.workbook}>{words.workbook}</Link>
              <Link href={paths.returnCsv}>{words.csv}</Link>
              <Link href={paths.upload}>{words.upload}</Link>
            </p>
          </Details>
        </>
      )}
    </Layout>
  )
}

const School = ({ school, several }: { readonly school: AnsweringSchool; readonly several: boolean }) => {
  const { columns } = words
  const left = school.pupils.reduce((sum, pupil) => sum + pupil.left, 0)
  const ready = school.pupils.some(({ toSend }) => toSend.length > 0)
  return (
    <section class="part" aria-label={school.name}>
      {school.handed && <p class="note">{school.handed}</p>}
      <Table
        caption={several ? school.name : words.pupils}
        columns={[
          { head: columns.pupil },
          { head: columns.council },
          { head: columns.answered, number: true },
          { head: columns.left },
          { head: columns.saved },
        ]}
        rows={school.pupils.map((pupil) => ({
          head: (
            <Link href={paths.formPupil(pupil.reference)} also={words.answer}>
              {pupil.shortName}
            </Link>
          ),
          cells: [
            pupil.council,
            words.ofAll(pupil.answered, pupil.asked),
            pupil.left === 0 ? (
              <State shape="done" word={pupil.sent ? words.sentAlready : words.pupilLeft(0)} />
            ) : (
              <State shape={pupil.answered === 0 ? 'none' : 'part'} word={words.pupilLeft(pupil.left)} />
            ),
            <span class="small quiet">{pupil.savedBy ?? words.neverSaved}</span>,
          ],
          ...(pupil.toSend.length === 0
            ? {}
            : {
                under: (
                  <Details summary={words.seeAnswers(pupil.toSend.length)}>
                    <dl class="say say--wide">
                      {pupil.toSend.map(({ label, value, toMend }) => (
                        <div>
                          <dt>{label}</dt>
                          <dd>{toMend ? words.toMend(value) : value}</dd>
                        </div>
                      ))}
                    </dl>
                  </Details>
                ),
              }),
        }))}
      />
      {ready ? (
        <form class="gap" action={paths.formSend} method="post">
          <input type="hidden" name="school" value={school.id} />
          <p class="small quiet measure">{words.sendSays(left)}</p>
          <Button>{words.send}</Button>
        </form>
      ) : (
        <p class="act gap">
          <ButtonLink href={paths.formNext}>{words.answerNext}</ButtonLink>
        </p>
      )}
      <Details summary={words.hand}>
        <p class="measure">{words.handSays}</p>
        {school.colleagues.length === 0 ? (
          <p>
            {words.handNobody} <Link href={paths.yourSchoolAdd}>{words.handAdd}</Link>
          </p>
        ) : (
          <form action={paths.formHandOver} method="post">
            <input type="hidden" name="school" value={school.id} />
            <SelectField
              id={`to-${school.id}`}
              name="to"
              label={words.to}
              options={school.colleagues.map(({ id, name }) => ({ value: id, text: name }))}
            />
            <Button second>{words.handButton}</Button>
          </form>
        )}
      </Details>
    </section>
  )
}
