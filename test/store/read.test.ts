import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { scopeFor } from '../../src/access/scope.ts'
import { instant } from '../../src/domain/dates.ts'
import type { Part } from '../../src/domain/scope.ts'
import { readingQuery } from '../../src/runtime/read-dialect.ts'
import type { CheckedStatement } from '../../src/store/limits.ts'
import { openRead, scopedRead } from '../../src/store/read.ts'
import { followsPupilAt, seesPupil } from '../../src/store/scope.ts'

const now = instant(Date.UTC(2026, 2, 3))
const later = instant(Date.UTC(2026, 8, 30))
const parts: readonly Part[] = [
  { kind: 'school' },
  { kind: 'intake', school: 4, virtualSchools: [1, 2] },
  { kind: 'intake', school: 5, virtualSchools: [3] },
  ...(['head', 'officer', 'data_officer', 'social_worker', 'finance'] as const).flatMap((role): Part[] => [
    { kind: 'council', virtualSchool: 1, role },
    { kind: 'council', virtualSchool: 2, role },
  ]),
]

const recorder = () => {
  const ran: CheckedStatement[] = []
  const query = readingQuery(async (statement) => {
    ran.push(statement)
    return []
  })
  return { ran, query }
}

describe('a read whose text is built once', () => {
  test('is for every viewer what it would be if it were built for that viewer alone', async () => {
    const { ran, query } = recorder()
    type Given = { pupil: number; among: string | undefined }
    const build: Parameters<typeof scopedRead<unknown, Given>>[0] = (asked, scope, { pupil, among }) =>
      asked
        .selectFrom('place')
        .select('place.first_day')
        .where('place.pupil_number', '=', pupil)
        .$if(among !== undefined, (some) => some.where(sql<boolean>`place.school_number in (${among})`))
        .where(seesPupil(scope, 'place.pupil_number'))
        .where(followsPupilAt(scope, 'place.pupil_number', 'place.school_number'))
    const read = scopedRead(build)
    for (const turn of [1, 2])
      for (const part of parts)
        for (const [person, at] of [[7, now] as const, [8 + turn, later] as const])
          for (const among of [undefined, `[${turn}]`]) {
            const [scope, given] = [scopeFor(person, part, at), { pupil: 10 + turn, among }]
            const { sql: text, parameters } = build(query, scope, given).compile()
            await read(query, scope, given)
            expect(ran.at(-1)).toEqual({ sql: text, parameters })
          }
  })

  test('cannot be built from the value of one call', async () => {
    const { query } = recorder()
    const scope = scopeFor(7, { kind: 'school' }, now)
    const asText = scopedRead((asked, { person }) =>
      asked.selectFrom('person').select(sql<string>`${`${person}`}`.as('x')),
    )
    const asJson = openRead((asked, { all }: { all: string }) =>
      asked.selectFrom('person').select(sql<string>`${JSON.stringify([all])}`.as('x')),
    )
    const asNumber = openRead((asked, { count }: { count: number }) =>
      asked
        .selectFrom('person')
        .select('id')
        .limit(count + 1),
    )
    expect(() => asText(query, scope, {})).toThrow(TypeError)
    expect(() => asJson(query, { all: 'x' })).toThrow(TypeError)
    expect(() => asNumber(query, { count: 1 })).toThrow(TypeError)
  })
})
