import fc from 'fast-check'
import { expect, test } from 'vitest'
import { termlyReturn } from '../../connectors/termly-return/parse.ts'
import type { ReturnRow, SentAnswer } from '../../connectors/termly-return/rows.ts'
import { writeReturnCsv, writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { packReturn, unpackReturn } from '../../src/background/crossing.ts'
import { everyState } from '../../src/domain/return/value.ts'
import { makeReturnSheet, seededRandom } from '../make.ts'
import { mutated, mutationLevels } from '../mutations.ts'

const arrivesWhole = (bytes: Uint8Array, seed = 0) => {
  const parsed = termlyReturn.parse({ name: 'x', bytes })
  if (parsed.outcome === 'read')
    expect(unpackReturn(packReturn(parsed)), `seed ${seed}`).toStrictEqual(structuredClone(parsed))
  return parsed.outcome
}

test('a return crosses from thread to thread as it was read, whatever its cells hold', async () => {
  const sheet = makeReturnSheet({ seed: 7, pupils: 8, known: 0.5 })
  const [workbook, csv] = [await writeReturnWorkbook(sheet), writeReturnCsv(sheet)]
  expect([arrivesWhole(workbook), arrivesWhole(csv)]).toEqual(['read', 'read'])
  for (let seed = 1; seed <= 8; seed += 1) {
    const random = seededRandom(seed)
    arrivesWhole(mutated({ kind: 'workbook', bytes: workbook }, random.pick(mutationLevels), random), seed)
    arrivesWhole(mutated({ kind: 'csv', bytes: csv }, random.pick(mutationLevels), random), seed)
  }
}, 120_000)

const place = fc.record(
  {
    sheet: fc.string(),
    cell: fc.oneof(fc.constantFrom('A1', 'B12', 'AA112', '12', ''), fc.string()),
    line: fc.nat(130),
    column: fc.string(),
    path: fc.string(),
  },
  { requiredKeys: [], noNullPrototype: true },
)

const answer: fc.Arbitrary<SentAnswer> = fc.record(
  {
    item: fc.constantFrom('status', 'year_group'),
    raw: fc.constantFrom('Y', '0', '', 'Zoë\ud800', 'a\nb'),
    state: fc.constantFrom('given' as const, 'unread' as const, ...everyState),
    value: fc.constantFrom(null, 'Y', '0', '', '1'),
    at: place,
  },
  { noNullPrototype: true },
)

test('an answer that is like no other of its column crosses too', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(130), fc.array(answer, { maxLength: 6 })), { maxLength: 5 }), (rows) => {
      const read = {
        outcome: 'read' as const,
        edition: '1',
        findings: [],
        rows: rows.map(
          ([number, answers]): ReturnRow => ({
            number,
            at: {},
            reference: null,
            upn: null,
            council: null,
            surname: null,
            forename: null,
            dateOfBirth: null,
            answers,
            findings: [],
          }),
        ),
      }
      expect(unpackReturn(packReturn(read))).toEqual(read)
    }),
  )
})
