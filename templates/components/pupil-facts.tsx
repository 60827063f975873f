import type { AnswerState } from '../../src/domain/return/item.ts'
import { subjectColumns, pupilWords as words } from '../words/en/pupil.ts'
import { answerStateWords } from '../words/en/states.ts'
import { Details, Table, Unspaced } from './figures.tsx'
import { type Source, SourceSaid, SourceShown } from './source.tsx'

/** One current fact about a pupil, with where it came from. */
export type Fact = {
  readonly item: string
  readonly label: string
  readonly state: AnswerState
  /** In words as a person reads it (an option's name, a day, a number with its unit); null unless given. */
  readonly value: string | null
  /** Which round it speaks of: 'Spring 2026'. */
  readonly of: string
  readonly source: Source
}

/** All that is known of one subject: a row of a table, each figure with its own source. */
export type Subject = {
  readonly name: string
  /** The kind of course and its tier, where there is one: 'GCSE, Foundation'. */
  readonly course: string | null
  /** By the column it stands in (a key of subjectColumns); those without a column of their own come last. */
  readonly figures: readonly { readonly part: string; readonly inTable: boolean; readonly fact: Fact }[]
}

/** One fact with its value, the round it speaks of and its source. */
export const FactShown = ({ fact }: { readonly fact: Fact }) => (
  <div class="fact">
    <dt>{fact.label}</dt>
    <dd>
      <Value fact={fact} />
    </dd>
    <dd class="small quiet">{fact.of}</dd>
    <dd>
      <SourceShown source={fact.source} about={fact.label} />
    </dd>
  </div>
)

const Value = ({ fact }: { readonly fact: Fact }) =>
  fact.state === 'given' ? (
    <span>
      <Unspaced text={fact.value ?? ''} />
    </span>
  ) : (
    <span class="quiet">{answerStateWords[fact.state]}</span>
  )

/** What is known of each subject, a row each, with where every figure came from. */
export const Subjects = ({
  caption,
  subjects,
}: {
  readonly caption: string
  readonly subjects: readonly Subject[]
}) => {
  const parts = Object.keys(subjectColumns).filter((part) =>
    subjects.some(({ figures }) => figures.some((figure) => figure.inTable && figure.part === part)),
  )
  return (
    <Table
      caption={caption}
      captionShown={false}
      columns={[
        { head: words.subject },
        ...parts.map((part) => ({ head: subjectColumns[part] ?? part })),
        { head: words.of, whole: true },
      ]}
      rows={subjects.map(({ name, course, figures }) => {
        const inTable = figures.filter((figure) => figure.inTable)
        const of = (inTable[0] ?? figures[0])?.fact.of
        return {
          head: (
            <>
              {name}
              {course && <span class="small quiet">{course}</span>}
            </>
          ),
          cells: [
            ...parts.map((part) => {
              const fact = inTable.find((figure) => figure.part === part)?.fact
              return (
                fact && (
                  <>
                    <Value fact={fact} />
                    {fact.of !== of && <span class="small quiet">{fact.of}</span>}
                  </>
                )
              )
            }),
            of,
          ],
          under: <SubjectSources name={name} figures={figures} />,
        }
      })}
    />
  )
}

const SubjectSources = ({ name, figures }: Pick<Subject, 'name' | 'figures'>) => (
  <Details
    summary={
      <>
        {words.whereAll}
        <span class="govuk-visually-hidden"> {name}</span>
      </>
    }
  >
    {figures.map(({ part, fact }) => (
      <>
        <p>
          <b>{subjectColumns[part]}</b> <Value fact={fact} /> <span class="quiet">{fact.of}</span>
        </p>
        <SourceSaid source={fact.source} />
      </>
    ))}
  </Details>
)
