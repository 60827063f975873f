import { describe, expect, test } from 'vitest'
import { withoutMetadata } from '../../connectors/format/picture.ts'

const text = (words: string) => [...new TextEncoder().encode(words)]
const segment = (marker: number, body: readonly number[]) => [0xff, marker, 0, body.length + 2, ...body]
const exif = (orientation: number) =>
  segment(0xe1, [
    ...[...text('Exif'), 0, 0, ...text('II'), 42, 0, 8, 0, 0, 0, 2, 0],
    ...[0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0],
    ...[0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0],
    ...text('GPS 52.6369 N 1.1398 W'),
  ])
const start = [0xff, 0xd8]
const header = segment(0xe0, [...text('JFIF'), 0, 1, 1, 0, 0, 1, 0, 1, 0, 0])
const colours = segment(0xe2, [...text('ICC_PROFILE'), 0, 1, 1, 9])
const frame = segment(0xc0, [8, 0, 1, 0, 1, 1, 1, 0x11, 0])
const coded = [...segment(0xda, [1, 1, 0, 0, 63, 0]), 1, 0xff, 0, 2, 0xff, 0xd0, 3]
const end = [0xff, 0xd9]
const bare = [...start, ...header, ...colours, ...frame, ...coded, ...end]

const stripped = (bytes: readonly number[], kind: 'jpeg' | 'png' = 'jpeg') => {
  const kept = withoutMetadata(Uint8Array.from(bytes), kind)
  return kept && [...kept]
}
const says = (bytes: readonly number[] | undefined) => String.fromCharCode(...(bytes ?? []))

describe('a photograph', () => {
  test('keeps how it looks, and nothing of where, when and by whom', () => {
    const full = [
      ...[...start, ...header, ...exif(1), ...segment(0xe1, text('http://ns.adobe.com/xap/1.0/ GPS'))],
      ...[...segment(0xe2, text('MPF GPS')), ...segment(0xed, text('Photoshop GPS')), ...segment(0xfe, text('GPS'))],
      ...[...colours, ...frame, ...coded, ...end],
      // A film and a larger copy behind the end, with a place of its own.
      ...[...start, ...exif(1), ...text('ftypmp42 GPS')],
    ]
    expect(stripped(full)).toEqual(bare)
  })

  test('stays the way up it is, and says nothing else', () => {
    const kept = stripped([...start, ...exif(6), ...frame, ...coded, ...end])
    expect(says(kept)).not.toContain('GPS')
    expect(says(kept)).toContain('Exif')
    // Stripped again it is the same.
    expect(stripped(kept ?? [])).toEqual(kept)
  })

  test.each([
    ['cut off in its header', bare.slice(0, 12)],
    ['cut off in the picture', bare.slice(0, -2)],
    ['a page with its first bytes', [...start, 0xff, ...text('<html><script>')]],
    ['a segment of no length', [...start, 0xff, 0xe1, 0, 0, ...end]],
  ])('%s is none', (_, bytes) => {
    expect(stripped(bytes)).toBeUndefined()
  })

  test('what Exif is broken says nothing, and breaks nothing', () => {
    for (const broken of [text('Exif'), [...text('Exif'), 0, 0, ...text('II'), 42, 0, 255, 255, 255, 255, 0, 0, 0, 0]])
      expect(stripped([...start, ...segment(0xe1, broken), ...frame, ...coded, ...end])).toEqual([
        ...[...start, ...frame, ...coded, ...end],
      ])
  })
})

describe('a PNG', () => {
  const chunk = (name: string, body: readonly number[]) => [0, 0, 0, body.length, ...text(name), ...body, 1, 2, 3, 4]
  const signature = [0x89, ...text('PNG'), 13, 10, 26, 10]
  const [first, data, last] = [chunk('IHDR', Array(13).fill(1)), chunk('IDAT', [1, 2]), chunk('IEND', [])]

  test('keeps how it looks, and no words, place, or what follows its end', () => {
    const more = ['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME', 'teSt'].flatMap((name) => chunk(name, text('GPS')))
    expect(stripped([...signature, ...first, ...more, ...data, ...last, ...text('<script>')], 'png')).toEqual([
      ...[...signature, ...first, ...data, ...last],
    ])
  })

  test.each([
    ['its first bytes alone', signature],
    ['no end', [...signature, ...first, ...data]],
    ['a chunk longer than the file', [...signature, ...first, 0x7f, 0xff, 0xff, 0xff, ...text('IDAT'), 1, 2, 3, 4]],
    ['a page with its first bytes', [...signature, ...text('<html><script>alert()')]],
  ])('%s is none', (_, bytes) => {
    expect(stripped(bytes, 'png')).toBeUndefined()
  })
})
