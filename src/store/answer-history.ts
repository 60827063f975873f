import { sql } from 'kysely'
import type { Instant } from '../domain/dates.ts'
import type { AnswerState, Term } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import { followedAmong, sentByOrToAll } from './answers.ts'
import type { Query } from './db.ts'
import { nameOfPerson, namesOfPeople } from './person-name.ts'
import { asList, scopedRead } from './read.ts'
import { type ScaleVersion, scaleVersions } from './scales.ts'

/** One statement of one fact, with where it came from: for "Where did this come from?". */
export type SourcedAnswer = {
  readonly round: number
  readonly roundId: string
  readonly term: Term
  readonly academicYear: number
  readonly school: number
  readonly schoolName: string
  readonly item: string
  readonly state: AnswerState
  readonly value: string
  readonly raw: string
  readonly sheet: string | null
  readonly cell: string | null
  readonly line: number | null
  readonly mendedFrom: string | null
  readonly mendedBy: string
  readonly fileName: string
  readonly connector: string
  readonly via: string
  readonly sentBy: string
  readonly sentAt: Instant
  readonly publishedAt: Instant | null
  readonly publishOrder: number | null
  readonly withdrawnAt: Instant | null
  readonly importState: string
  readonly receipt: string | null
  readonly current: boolean
  /** The school's own scale it was worked out with, who said what its words mean and when; null where it was stated. */
  readonly scale: ScaleVersion | null
}

/** What all statements of one file share. */
type SourceFile = Omit<
  SourcedAnswer,
  'item' | 'state' | 'value' | 'raw' | 'sheet' | 'cell' | 'line' | 'mendedFrom' | 'mendedBy' | 'current' | 'scale'
>

/**
 * Everything that was ever published about one pupil's answers, newest first: a school reads what it sent itself, a
 * council all of its own pupils'. The current one of each key is marked.
 */
export const answerHistory = async (query: Query, scope: Scope, pupil: number): Promise<readonly SourcedAnswer[]> => {
  const given = { pupil, pupils: asList([pupil]) }
  const [facts, files] = await Promise.all([
    readPublishedFacts(query, scope, given),
    readPublishedFiles(query, scope, given),
  ])
  const several = (all: readonly (number | null)[]) => [...new Set(all.filter((one) => one !== null))]
  const [mendedBy, scales] = await Promise.all([
    namesOfPeople(query, several(facts.map((fact) => fact.mendedBy))),
    scaleVersions(query, several(facts.map(({ scale }) => scale))),
  ])
  const fileOf = new Map<number, SourceFile>(files.map(({ importNumber, ...file }) => [importNumber, file]))
  return facts
    .flatMap(({ importNumber, ...fact }): SourcedAnswer[] => {
      const file = fileOf.get(importNumber)
      if (!file) return []
      return [
        {
          ...file,
          ...fact,
          mendedBy: mendedBy.get(fact.mendedBy ?? 0) ?? '',
          current: fact.current === 1,
          scale: scales.get(fact.scale ?? 0) ?? null,
        },
      ]
    })
    .sort((one, other) => (other.publishOrder ?? 0) - (one.publishOrder ?? 0))
}

/** From the pupil's own rows to what they say: never from all that any file says. */
const publishedRows = (query: Query, scope: Scope, { pupil, pupils }: { pupil: number; pupils: string }) =>
  query
    .selectFrom(followedAmong(query, scope, pupils).as('followed'))
    .crossJoin('import_row')
    .crossJoin('import')
    .where('import_row.pupil_number', '=', pupil)
    .where('import_row.state', '=', 'ready')
    .whereRef('import.number', '=', 'import_row.import_number')
    .where('import.publish_order', 'is not', null)

const readPublishedFacts = scopedRead((query, scope, given: { pupil: number; pupils: string }) =>
  publishedRows(query, scope, given)
    .crossJoin('answer_fact')
    .leftJoin('answer', (join) =>
      join
        .onRef('answer.round_number', '=', 'answer_fact.round_number')
        .onRef('answer.pupil_number', '=', 'answer_fact.pupil_number')
        .onRef('answer.school_number', '=', 'answer_fact.school_number')
        .onRef('answer.item', '=', 'answer_fact.item')
        .onRef('answer.import_number', '=', 'answer_fact.import_number'),
    )
    .select([
      'answer_fact.import_number as importNumber',
      'answer_fact.item',
      sql<AnswerState>`answer_fact.state`.as('state'),
      'answer_fact.value',
      'answer_fact.raw',
      'answer_fact.sheet',
      'answer_fact.cell',
      'answer_fact.line',
      'answer_fact.mended_from as mendedFrom',
      'answer_fact.mended_by as mendedBy',
      'answer_fact.scale_version as scale',
      sql<number>`answer.item is not null`.as('current'),
    ])
    .whereRef('answer_fact.import_number', '=', 'import_row.import_number')
    .whereRef('answer_fact.row_number', '=', 'import_row.row_number')
    .where('answer_fact.pupil_number', '=', given.pupil)
    .where(sentByOrToAll('answer_fact.school_number'))
    .where('answer_fact.state', '<>', 'unread'),
)

const readPublishedFiles = scopedRead((query, scope, given: { pupil: number; pupils: string }) =>
  publishedRows(query, scope, given)
    .innerJoin('delivery', 'delivery.number', 'import.delivery_number')
    .innerJoin('round', 'round.number', 'import.round_number')
    .leftJoin('school_detail', 'school_detail.school_number', 'import.school_number')
    .leftJoin('submission', 'submission.import_number', 'import.number')
    .select([
      'import.number as importNumber',
      'round.number as round',
      'round.id as roundId',
      'round.term',
      'round.academic_year as academicYear',
      sql<number>`import.school_number`.as('school'),
      sql<string>`coalesce(school_detail.name, '')`.as('schoolName'),
      'delivery.file_name as fileName',
      'delivery.connector',
      'delivery.via',
      nameOfPerson('delivery.sent_by').as('sentBy'),
      'delivery.sent_at as sentAt',
      'import.published_at as publishedAt',
      'import.publish_order as publishOrder',
      'import.withdrawn_at as withdrawnAt',
      'import.state as importState',
      'submission.receipt',
    ])
    .distinct()
    .where(sentByOrToAll('import.school_number')),
)
