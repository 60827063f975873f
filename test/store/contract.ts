import { type QueryCreator, sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { Conflict, type Db, type Query, type Statement, StatementTooLarge } from '../../src/store/db.ts'
import { assertOne, insertMany, statement } from '../../src/store/statement.ts'

type ContractSchema = {
  readonly must: { readonly ok: number }
  readonly book: {
    readonly id: string
    readonly title: string
    readonly pages: number | null
    readonly cover: Uint8Array | null
  }
  readonly book_version: { readonly book_id: string; readonly version: number; readonly title: string }
  readonly diary: { readonly number: number; readonly line: string; readonly weight: number | null }
}

/** The contract's tables are its own: the product's schema is not what is tested here. */
const asContract = (query: Query) => query as unknown as QueryCreator<ContractSchema>

/** What every engine must do alike. `open` gives a store that holds the tables of contract-migrations. */
export const describeDb = (name: string, open: () => Promise<Db>) => {
  describe(`the store on ${name}`, () => {
    let db: Db
    let query: QueryCreator<ContractSchema>
    beforeAll(async () => {
      db = await open()
      query = asContract(db.query)
    })

    let last = 0
    const newId = () => {
      last += 1
      return `book-${last}`
    }
    const book = (id: string, title = 'A title'): Statement =>
      query.insertInto('book').values({ id, title, pages: 1, cover: null })
    const found = async (ids: readonly string[]) =>
      (await query.selectFrom('book').where('id', 'in', ids).select('id').orderBy('id').execute()).map(({ id }) => id)
    const version = (id: string, number: number, title: string): readonly Statement[] => [
      query.insertInto('book_version').values({ book_id: id, version: number, title }),
      query.updateTable('book').set({ title }).where('id', '=', id),
    ]

    test('a good list is applied whole and can be read at once', async () => {
      const [first, second] = [newId(), newId()]
      await db.commit([book(first), book(second), ...version(second, 1, 'Renamed')])
      expect(await found([first, second])).toEqual([first, second])
      const row = await query.selectFrom('book').where('id', '=', second).selectAll().executeTakeFirstOrThrow()
      expect(row).toEqual({ id: second, title: 'Renamed', pages: 1, cover: null })
    })

    test('an empty list is done', async () => {
      await expect(db.commit([])).resolves.toBeUndefined()
    })

    test('commit gives nothing back', async () => {
      expect(await db.commit([book(newId())])).toBeUndefined()
    })

    test('a second statement that cannot be done undoes the first', async () => {
      const id = newId()
      await expect(db.commit([book(id), statement('insert into no_such_table (a) values (1)')])).rejects.toThrow()
      expect(await found([id])).toEqual([])
    })

    test('a key already taken in the last of many rows leaves none, as a Conflict', async () => {
      const ids = Array.from({ length: 200 }, newId)
      const [taken = ''] = ids
      await expect(db.commit([...ids.map((id) => book(id)), book(taken)])).rejects.toBeInstanceOf(Conflict)
      expect(await found(ids.slice(0, 90))).toEqual([])
    })

    test('of two edits to version 2 at once, one wins and one is a Conflict', async () => {
      const id = newId()
      await db.commit([book(id), ...version(id, 1, 'One')])
      const outcomes = await Promise.allSettled([db.commit(version(id, 2, 'A')), db.commit(version(id, 2, 'B'))])
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
      expect(refused).toHaveLength(1)
      expect(refused[0]?.reason).toBeInstanceOf(Conflict)
      const kept = await query
        .selectFrom('book_version')
        .where('book_id', '=', id)
        .select(['version', 'title'])
        .execute()
      expect(kept).toHaveLength(2)
      const { title } = await query.selectFrom('book').where('id', '=', id).select('title').executeTakeFirstOrThrow()
      expect(kept.find((row) => row.version === 2)?.title).toBe(title)
    })

    test('an assertion that holds lets the list happen and leaves no trace', async () => {
      const [first, second] = [newId(), newId()]
      await db.commit([book(first)])
      await db.commit([assertOne('select count(*) from book where id = ?', [first]), book(second)])
      expect(await found([second])).toEqual([second])
      expect(await query.selectFrom('must').selectAll().execute()).toEqual([])
    })

    test('an assertion that does not hold undoes the whole list, as a Conflict', async () => {
      const id = newId()
      const list = [book(id), assertOne('select count(*) from book where id = ?', ['no such book'])]
      await expect(db.commit(list)).rejects.toBeInstanceOf(Conflict)
      expect(await found([id])).toEqual([])
    })

    test('a foreign key is kept, and breaking one is not a Conflict', async () => {
      const refused = await db.commit(version('no such book', 1, 'X').slice(0, 1)).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(Error)
      expect(refused).not.toBeInstanceOf(Conflict)
      expect(String(refused)).toContain('FOREIGN KEY')
    })

    test('100 parameters are taken and 101 are refused before anything is run', async () => {
      const id = newId()
      const ids = Array.from({ length: 100 }, (_, index) => `none-${index}`)
      await expect(found(ids)).resolves.toEqual([])
      await expect(found([...ids, 'one more'])).rejects.toBeInstanceOf(StatementTooLarge)
      const tooMany = query.deleteFrom('book').where('id', 'in', [...ids, 'one more'])
      await expect(db.commit([book(id), tooMany])).rejects.toBeInstanceOf(StatementTooLarge)
      expect(await found([id])).toEqual([])
    })

    test('5 selects joined are taken and 6 are refused', async () => {
      const joined = (terms: number) =>
        query
          .selectFrom(
            sql<{
              n: number
            }>`(${sql.raw(Array.from({ length: terms }, () => 'select 1 as n').join(' union all '))})`.as('t'),
          )
          .select(sql<number>`count(*)`.as('count'))
          .executeTakeFirstOrThrow()
      expect(await joined(5)).toEqual({ count: 5 })
      await expect(joined(6)).rejects.toBeInstanceOf(StatementTooLarge)
    })

    test('a chunk of rows goes in by one JSON parameter, with its types kept', async () => {
      const rows = Array.from({ length: 5000 }, (_, index) => [
        `chunk-${String(index).padStart(5, '0')}`,
        `Title ${index}`,
        index % 2 ? index : null,
      ])
      await db.commit(insertMany('book', ['id', 'title', 'pages'], rows))
      const { count, pages } = await query
        .selectFrom('book')
        .where(sql<string>`substr(id, 1, 6)`, '=', 'chunk-')
        .select(({ fn }) => [fn.countAll<number>().as('count'), fn.sum<number>('pages').as('pages')])
        .executeTakeFirstOrThrow()
      expect({ count, pages }).toEqual({ count: 5000, pages: 6_250_000 })
      const one = await query
        .selectFrom('book')
        .where('id', '=', 'chunk-00007')
        .select(['pages', sql<string>`typeof(pages)`.as('type')])
        .executeTakeFirst()
      expect(one).toEqual({ pages: 7, type: 'integer' })
      // The same chunk again is harmless where it is asked to be.
      await db.commit(insertMany('book', ['id', 'title', 'pages'], rows, { orIgnore: true }))
    })

    test('20 commits at once are all kept, whole', async () => {
      const pairs = Array.from({ length: 20 }, () => [newId(), newId()])
      await Promise.all(pairs.map((pair) => db.commit(pair.map((id) => book(id)))))
      expect(await found(pairs.flat())).toHaveLength(40)
    })

    test('columns hold their type: text in a number is refused, a whole number is read back whole', async () => {
      const id = newId()
      const wrong = statement('insert into book (id, title, pages) values (?, ?, ?)', [id, 'x', 'many'])
      await expect(db.commit([wrong])).rejects.toThrow()
      await db.commit([
        statement('insert into book (id, title, pages) values (?, ?, ?)', [id, '007', 9_007_199_254_740_991]),
      ])
      const row = await query
        .selectFrom('book')
        .where('id', '=', id)
        .select(['title', 'pages', sql<string>`typeof(pages)`.as('type')])
        .executeTakeFirst()
      expect(row).toEqual({ title: '007', pages: 9_007_199_254_740_991, type: 'integer' })
    })

    test('a bound number is the same kind on every engine', async () => {
      const row = await query
        .selectFrom(sql<{ n: number }>`(select 1 as n)`.as('one'))
        .select([sql<string>`typeof(${5})`.as('type'), sql<number>`n + ${1}`.as('sum')])
        .limit(1)
        .executeTakeFirst()
      expect(row).toEqual({ type: 'real', sum: 2 })
    })

    test('what has no single meaning on both engines is refused', async () => {
      for (const value of [undefined, true, 5n, new Date(0), Number.NaN, 2 ** 53, { a: 1 }]) {
        const insert = statement('insert into diary (line, weight) values (?, ?)', ['x', value])
        await expect(db.commit([insert]), String(value)).rejects.toBeInstanceOf(TypeError)
      }
    })

    test('Unicode and line breaks are read back as they were written', async () => {
      const titles = [
        'Siân Ŵyn Ó Máirtín',
        'Zażółć gęślą jaźń',
        '李小龍 👩‍👧‍👦',
        "O'Brien; drop table book --",
        'two\nlines\tand a tab',
        'e\u0301 is not é',
        '',
      ]
      const ids = titles.map(newId)
      await db.commit(ids.map((id, index) => book(id, titles[index])))
      const rows = await query.selectFrom('book').where('id', 'in', ids).select(['id', 'title']).execute()
      const byId = new Map(rows.map((row) => [row.id, row.title]))
      expect(ids.map((id) => byId.get(id))).toEqual(titles)
    })

    test('bytes are read back as they were written', async () => {
      const id = newId()
      const cover = new Uint8Array([0, 1, 127, 128, 255])
      await db.commit([query.insertInto('book').values({ id, title: 'x', pages: null, cover })])
      const row = await query.selectFrom('book').where('id', '=', id).select('cover').executeTakeFirstOrThrow()
      expect([...(row.cover ?? [])]).toEqual([...cover])
    })

    test('a table that only grows refuses change and removal', async () => {
      await db.commit([statement('insert into diary (line) values (?)', ['first'])])
      await expect(db.commit([statement('update diary set line = ?', ['other'])])).rejects.toThrow('not changed')
      await expect(db.commit([statement('delete from diary')])).rejects.toThrow('not removed')
      expect(await query.selectFrom('diary').select('line').execute()).toEqual([{ line: 'first' }])
    })

    test('a refusal never repeats what was to be stored', async () => {
      const id = newId()
      await db.commit([book(id)])
      for (const list of [
        [book(id, 'Canary Kestrel')],
        [statement('insert into book (id, title, pages) values (?, ?, ?)', [newId(), 'x', 'Canary Kestrel'])],
        [statement('insert into diary (line) select value ->> ? from json_each(?)', ['$.Canary[Kestrel', '[1]'])],
      ]) {
        const refused = await db.commit(list).catch((error: unknown) => error)
        expect(refused).toBeInstanceOf(Error)
        expect(`${String(refused)} ${(refused as Error).stack}`).not.toMatch(/Canary|Kestrel/)
      }
    })

    test('the reading side cannot write', async () => {
      const id = newId()
      await expect(
        query.insertInto('book').values({ id, title: 'x', pages: 1, cover: null }).execute(),
      ).rejects.toThrow('commit')
      await expect(query.deleteFrom('book').execute()).rejects.toThrow('commit')
      expect(await found([id])).toEqual([])
    })
  })
}
