import { type Instant, parsePlainDate, parseTypedDate } from '../../src/domain/dates.ts'
import { birthdayWords as words } from '../words/en/birthdays.ts'
import { day } from '../words/en/dates.ts'
import { Link } from './form.tsx'
import { paths } from './paths.ts'

/** A date of birth that a school sent, and the one that the virtual school holds. */
export type BirthdayToCompare = {
  readonly pupil: { readonly id: string; readonly shortName: string }
  readonly school: string
  readonly sentAt: Instant
  readonly sent: string
  readonly held: string
}

const inWords = (text: string) => {
  const date = parseTypedDate(text) ?? parsePlainDate(text)
  return date ? day(date) : text
}

/**
 * What is told of dates of birth that differ. On the pupil's own page (`about` the pupil) both values wait until the
 * full name is opened; on a file's page each names its pupil.
 */
export const BirthdaysToCompare = ({
  birthdays,
  about,
  values,
}: {
  readonly birthdays: readonly BirthdayToCompare[]
  readonly about: 'pupil' | 'file'
  readonly values: boolean
}) =>
  birthdays.length === 0 ? null : (
    <section class="note note--wait tight" aria-labelledby="birthdays">
      <h2 class="govuk-heading-m" id="birthdays">
        {words.heading}
      </h2>
      <p>{words.lead}</p>
      <ul class="flat rows">
        {birthdays.map(({ pupil, school, sentAt, sent, held }) => (
          <li>
            {about === 'file' ? (
              <Link href={paths.pupil(pupil.id)}>{words.who(pupil.shortName, school, sentAt)}</Link>
            ) : (
              words.whoSent(school, sentAt)
            )}
            {values && <br />}
            {values && words.values(inWords(sent), inWords(held))}
          </li>
        ))}
      </ul>
      {!values && <p class="small quiet">{words.open}</p>}
    </section>
  )
