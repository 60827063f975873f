import { beforeAll, describe, expect, test } from 'vitest'
import type { Files } from '../../src/runtime.ts'

/** What kept files do alike in a folder and in a bucket. */
export const describeFiles = (name: string, open: () => Promise<Files>) => {
  describe(`kept files in ${name}`, () => {
    let files: Files
    beforeAll(async () => {
      files = await open()
    })
    const bytes = (text: string) => new TextEncoder().encode(text)

    test('what was put can be had again, and listed', async () => {
      await files.put('kept/2026/abc', bytes('first'))
      await files.put('kept/2026/abd', new Uint8Array())
      expect(await files.get('kept/2026/abc')).toEqual(bytes('first'))
      expect(await files.get('kept/2026/abd')).toEqual(new Uint8Array())
      expect(await files.list()).toEqual(['kept/2026/abc', 'kept/2026/abd'])
    })

    test('what comes in parts is one file with its hash, and parts that end badly are none', async () => {
      async function* parts(fails: boolean) {
        yield bytes('one ')
        yield bytes('two')
        if (fails) throw new Error('cut off')
      }
      const { sha256 } = await files.putParts('parts/whole', parts(false))
      expect(await files.get('parts/whole')).toEqual(bytes('one two'))
      expect(sha256).toBe('8ab63e29a4ba14e4e1688f9c15e5af90895421358c945b0431f85d66977bd3d2')
      await expect(files.putParts('parts/none', parts(true))).rejects.toThrow('cut off')
      expect(await files.get('parts/none')).toBeUndefined()
      await files.remove('parts/whole')
    })

    test('the same bytes again are harmless, and many at once leave one whole file', async () => {
      await Promise.all(Array.from({ length: 10 }, () => files.put('again', bytes('same'))))
      expect(await files.get('again')).toEqual(bytes('same'))
      await files.remove('again')
    })

    test('what is not there is undefined, and removing it is harmless', async () => {
      await files.put('short', bytes('x'))
      await files.remove('short')
      await files.remove('short')
      expect(await files.get('short')).toBeUndefined()
      expect(await files.get('kept')).toBeUndefined()
    })

    test('a key cannot point elsewhere', async () => {
      for (const key of [
        '../outside',
        '/root',
        'a//b',
        'a/',
        '',
        '.hidden',
        'a/../b',
        'a\\b',
        'a\0',
        'x'.repeat(201),
      ]) {
        await expect(
          Promise.resolve().then(() => files.put(key, bytes('x'))),
          key,
        ).rejects.toThrow('not a key')
        await expect(
          Promise.resolve().then(() => files.get(key)),
          key,
        ).rejects.toThrow('not a key')
      }
    })
  })
}
