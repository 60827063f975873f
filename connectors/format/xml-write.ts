import { XMLBuilder } from 'fast-xml-parser'

/** Elements by name in their order: text, elements inside, or several of one name. Null and empty text are left out. */
export type XmlElements = readonly (readonly [name: string, content: XmlContent])[]
export type XmlContent = string | null | XmlElements

/** Whether XML can hold a character at all. */
const isWritable = (letter: string): boolean => {
  const code = letter.codePointAt(0) ?? 0
  if (code < 0x20) return code === 9 || code === 10 || code === 13
  return (code < 0xd800 || code > 0xdfff) && code !== 0xfffe && code !== 0xffff
}

const writable = (text: string): string => [...text].filter(isWritable).join('')

type Built = Record<string, unknown>

const build = (elements: XmlElements): Built[] =>
  elements.flatMap(([name, content]): Built[] => {
    if (content === null || content === '') return []
    return [{ [name]: typeof content === 'string' ? [{ '#text': writable(content) }] : build(content) }]
  })

/** A document in UTF-8 with its declaration, one element a line. */
export const writeXml = (root: XmlElements): Uint8Array => {
  const builder = new XMLBuilder({ preserveOrder: true, format: true, indentBy: '  ', suppressEmptyNode: false })
  const body = builder.build(build(root)).trim()
  return new TextEncoder().encode(`<?xml version="1.0" encoding="utf-8"?>\n${body}\n`)
}
