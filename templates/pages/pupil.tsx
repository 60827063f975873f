import type { PlainDate } from '../../src/domain/dates.ts'
import type { Pence } from '../../src/domain/funding/pence.ts'
import type { MoneyStanding } from '../../src/domain/funding/standing.ts'
import type { Section, Term } from '../../src/domain/return/item.ts'
import { BirthdaysToCompare, type BirthdayToCompare } from '../components/birthdays.tsx'
import { Glance, Say } from '../components/figures.tsx'
import { Button, Link } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { type PlanProps, PlanShown } from '../components/plan-shown.tsx'
import { type Fact, FactShown, type Subject, Subjects } from '../components/pupil-facts.tsx'
import { type PlaceState, PlaceStateShown } from '../components/return-state.tsx'
import { MoneyStateWord } from '../components/track.tsx'
import { type TransferFact, TransferRecord } from '../components/transfer-record.tsx'
import { moneyWords } from '../words/en/application.ts'
import { yearWords } from '../words/en/attendance.ts'
import { yearGroupWords } from '../words/en/counts.ts'
import { day, termWords } from '../words/en/dates.ts'
import { meetingWords } from '../words/en/meeting.ts'
import { pounds } from '../words/en/money.ts'
import { planStateWords } from '../words/en/plan.ts'
import { pupilWords as words } from '../words/en/pupil.ts'
import { sectionWords } from '../words/en/states.ts'
import { transferWords } from '../words/en/transfer.ts'

/** A place of this pupil at a school; a school sees only its own, and confirmed. */
export type PupilPlace = {
  readonly id: string
  readonly school: string
  readonly firstDay: PlainDate
  readonly lastDay: PlainDate | null
  readonly state: PlaceState
}

/** What was asked for a pupil, with where it stands. */
export type PupilMoney = readonly {
  readonly href: string
  readonly reference: string
  /** An intervention, or a part of the council's rules and its term. */
  readonly what: string
  readonly amount: Pence
  readonly standing: MoneyStanding
}[]

export type PupilProps = {
  readonly frame: Frame
  readonly viewer: 'school' | 'virtualSchool'
  readonly id: string
  /** First name and initial. */
  readonly shortName: string
  readonly yearGroup: string | null
  readonly council: string
  /** For the virtual school; null on a school's own page. */
  readonly school: string | null
  /** The school's own last day with this pupil, once it has passed. */
  readonly leftOn: PlainDate | null
  readonly mayOpenFull: boolean
  /** Only after it was asked for, which is noted. */
  readonly full: {
    readonly name: string
    readonly dateOfBirth: PlainDate
    readonly upn: string | null
    /** The council's own reference: for its staff only. */
    readonly childReference: string | null
  } | null
  readonly returns: readonly {
    readonly term: Term
    readonly left: number
    readonly asked: number
    readonly due: PlainDate
  }[]
  readonly sections: readonly {
    readonly section: Section
    readonly facts: readonly Fact[]
    readonly subjects: readonly Subject[]
  }[]
  readonly socialWorker: { readonly name: string; readonly email: string; readonly since: PlainDate | null } | null
  /** Null where the viewer may not open the record today. */
  readonly plan: PlanProps | null
  readonly money: PupilMoney
  readonly targets: readonly { readonly number: number; readonly text: string }[]
  readonly places: readonly PupilPlace[]
  readonly care: { readonly firstDay: PlainDate; readonly lastDay: PlainDate | null } | null
  /** The name of the officer who alone handles a no-disclose pupil. */
  readonly noDiscloseHandler: string | null
  /** Dates of birth that schools sent and that are not the one held: for the officer and the head. */
  readonly birthdays: readonly BirthdayToCompare[]
  readonly mayEdit: boolean
  /** What transfer files say, with their source. */
  readonly transfers: readonly TransferFact[]
  /** Schools that files name and no confirmed place has: for who may change places. */
  readonly namedSchools: readonly { readonly key: string; readonly name: string }[]
}

/** One pupil: what is known, each fact with its source, and who and what the council shows. */
export const PupilPage = (props: PupilProps) => {
  const school = props.viewer === 'school'
  const shown = props.sections.filter(({ facts, subjects }) => facts.length + subjects.length > 0)
  return (
    <Layout
      title={props.shortName}
      frame={props.frame}
      here="pupils"
      back={{ href: paths.pupils, text: school ? words.backToPupils : words.backToSearch }}
    >
      <p class="over">{words.over(yearGroupWords(props.yearGroup), props.council, props.school)}</p>
      <div class="pair pair--wrap">
        <h1 class="govuk-heading-l">{props.shortName}</h1>
        {props.mayOpenFull && (
          <p class="act small">
            <Link href={paths.pupilAttendance(props.id)}>{yearWords.link}</Link>
            <Link href={paths.meeting(props.id)}>{meetingWords.link}</Link>
            {school && <Link href={paths.moneyAskFor(props.id)}>{moneyWords.ask}</Link>}
            {props.full === null && <Link href={paths.pupilFull(props.id)}>{words.full}</Link>}
          </p>
        )}
      </div>
      {props.leftOn && <p class="note">{words.leftOn(props.leftOn)}</p>}
      {props.noDiscloseHandler !== null && <p class="note note--wait">{words.noDisclose(props.noDiscloseHandler)}</p>}
      {props.full && <Full full={props.full} />}
      <BirthdaysToCompare birthdays={props.birthdays} about="pupil" values={props.full !== null} />
      {props.namedSchools.map(({ key, name }) => (
        <form class="note note--wait" action={paths.namedSchool(props.id)} method="post">
          <p>{transferWords.questionSchool(name)}</p>
          <Button second name="school" value={key}>
            {transferWords.ourPlaceIsRight}
          </Button>
        </form>
      ))}
      <PupilGlance props={props} />
      <div class="split part">
        <div>
          {shown.length === 0 && (
            <section>
              <h2 class="govuk-heading-m">{words.nothingYet}</h2>
              <p>{school ? words.nothingYetSchool : words.nothingYetSays}</p>
            </section>
          )}
          {shown.map(({ section, facts, subjects }, index) => (
            <section class={index === 0 ? undefined : 'part'} aria-labelledby={`s-${section}`}>
              <h2 class="govuk-heading-m" id={`s-${section}`}>
                {sectionWords[section]}
              </h2>
              {facts.length > 0 && (
                <dl class="rows">
                  {facts.map((fact) => (
                    <FactShown fact={fact} />
                  ))}
                </dl>
              )}
              {subjects.length > 0 && <Subjects caption={sectionWords[section]} subjects={subjects} />}
            </section>
          ))}
          <TransferRecord facts={props.transfers} />
        </div>
        <div class="side">
          <Side props={props} />
        </div>
      </div>
    </Layout>
  )
}

const Full = ({ full }: { readonly full: NonNullable<PupilProps['full']> }) => (
  <section class="note tight" aria-label={words.full}>
    <Say
      wide
      pairs={[
        { term: words.name, says: <b>{full.name}</b> },
        { term: words.dateOfBirth, says: day(full.dateOfBirth) },
        {
          term: words.upn,
          says: full.upn === null ? <span class="quiet">{words.noUpn}</span> : <span class="mono">{full.upn}</span>,
        },
        ...(full.childReference === null
          ? []
          : [{ term: words.reference, says: <span class="mono">{full.childReference}</span> }]),
      ]}
    />
    <p class="small quiet">{words.fullNoted}</p>
  </section>
)

const PupilGlance = ({ props }: { readonly props: PupilProps }) => {
  const { plan } = props
  return (
    <Glance
      figures={[
        ...(plan
          ? [
              {
                name: words.plan,
                value: planStateWords[plan.standing.state],
                base: plan.standing.due ? words.planNext(plan.standing.due.date) : undefined,
              },
            ]
          : []),
        ...props.returns.map(({ term, left, asked, due }) => ({
          name: words.round(termWords[term]),
          value: words.leftGlance(left, asked),
          base: words.leftBase(asked, due),
        })),
      ]}
    />
  )
}

const Side = ({ props }: { readonly props: PupilProps }) => {
  const { socialWorker: worker, plan } = props
  return (
    <>
      <section aria-labelledby="worker">
        <h2 class="govuk-heading-m" id="worker">
          {words.socialWorker}
        </h2>
        {worker === null ? (
          <p class="quiet">{words.noSocialWorker}</p>
        ) : (
          <p>
            <b>{worker.name}</b>
            {worker.since && (
              <>
                <br />
                {words.since(worker.since)}
              </>
            )}
            <br />
            <a class="govuk-link" href={`mailto:${worker.email}`}>
              {worker.email}
            </a>
          </p>
        )}
      </section>
      {plan && (
        <PlanShown
          plan={plan}
          school={props.viewer === 'school'}
          change={props.mayEdit ? paths.pupilPlan(props.id) : null}
        />
      )}
      <section aria-labelledby="targets">
        <h2 class="govuk-heading-m" id="targets">
          {words.targets}
        </h2>
        {props.targets.length === 0 ? (
          <p class="quiet">{words.noTargets}</p>
        ) : (
          <ul class="flat rows">
            {props.targets.map(({ number, text }) => (
              <li>
                <span class="small quiet">{words.target(number)}</span>
                <br />
                {text}
              </li>
            ))}
          </ul>
        )}
      </section>
      {props.money.length > 0 && (
        <section aria-labelledby="money">
          <h2 class="govuk-heading-m" id="money">
            {words.money}
          </h2>
          <ul class="flat rows">
            {props.money.map(({ href, reference, what, amount, standing }) => (
              <li>
                <Link href={href}>{`${what}, ${reference}`}</Link>
                <br />
                {pounds(amount)} <MoneyStateWord standing={standing} school={props.viewer === 'school'} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {props.viewer === 'virtualSchool' && <Holdings props={props} />}
    </>
  )
}

const Holdings = ({ props }: { readonly props: PupilProps }) => (
  <>
    <section aria-labelledby="places">
      <h2 class="govuk-heading-m" id="places">
        {words.places}
      </h2>
      <ul class="flat rows">
        {props.places.map((place) => (
          <li>
            <b>{place.school}</b>
            <br />
            <span class="small quiet">{words.placeDates(place.firstDay, place.lastDay)}</span>
            <br />
            <PlaceStateShown state={place.state} />
            {props.mayEdit && place.lastDay === null && (
              <>
                <br />
                <Link href={paths.pupilPlaceEnd(props.id, place.id)} also={place.school}>
                  {words.editPlaceEnd}
                </Link>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
    {props.care && (
      <section aria-labelledby="care">
        <h2 class="govuk-heading-m" id="care">
          {words.care}
        </h2>
        <p>{words.placeDates(props.care.firstDay, props.care.lastDay)}</p>
      </section>
    )}
    {props.mayEdit && (
      <section aria-labelledby="edit">
        <h2 class="govuk-heading-m" id="edit">
          {words.edit}
        </h2>
        <ul class="flat">
          <li>
            <Link href={paths.pupilPlaceAdd(props.id)}>{words.editPlace}</Link>
          </li>
          {props.care?.lastDay === null && (
            <li>
              <Link href={paths.pupilCareEnd(props.id)}>{words.editCare}</Link>
            </li>
          )}
          <li>
            <Link href={paths.pupilGuards(props.id)}>{words.editGuards}</Link>
          </li>
          {props.noDiscloseHandler === null && (
            <li>
              <Link href={paths.transferWriteFor(props.id)}>{transferWords.write.link}</Link>
            </li>
          )}
        </ul>
      </section>
    )}
  </>
)
