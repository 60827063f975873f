import { cellName } from './cell.ts'
import { addPart, only, relate, relations, type WorkbookParts } from './workbook-parts.ts'
import { appended, type ClosedElement, elementsAt, escapeXml, type Splice, spliced } from './xml-walk.ts'

/** A comment at one cell; column from 0, row from 1. */
export type CellComment = { readonly row: number; readonly column: number; readonly text: string }

/** How wide columns and how high rows are on screen, in pixels, for boxes that cover no more than they need. */
export type SheetMeasures = {
  readonly widthOf: (column: number) => number
  readonly heightOf: (row: number) => number
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const commentsType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml'

/** Who comments are by, and how each of theirs begins. */
export type CommentsBy = { readonly author: string; readonly begin: readonly string[] }

/** The cells of a sheet that hold a comment by one author. */
export const commentedBy = (parts: WorkbookParts, sheet: string, by: CommentsBy): readonly string[] => {
  const part = relations(parts, sheet).find(({ kind }) => kind === 'comments')?.target
  return part === undefined || !parts.has(part)
    ? []
    : [...ownComments(parts.text(part), by)].map(({ attributes }) => attributes['ref'] ?? '')
}

/** An author's comments, known by the name; where a program left out who it was by (LibreOffice does), by how they begin. */
const ownComments = (text: string, { author, begin }: CommentsBy): ReadonlySet<ClosedElement> => {
  const authors = elementsAt(text, ['comments/authors/author']).map(({ inside, insideEnd }) =>
    text.slice(inside, insideEnd).trim(),
  )
  return new Set(
    elementsAt(text, ['comments/commentList/comment']).filter(({ attributes, inside, insideEnd }) => {
      const name = authors[Number(attributes['authorId'] ?? 0)] ?? ''
      if (name !== '') return name === escapeXml(author)
      const words = text.slice(inside, insideEnd).replace(/<[^<>]*>/g, '')
      return begin.some((one) => words.startsWith(`${escapeXml(one)}: `))
    }),
  )
}

/**
 * Writes one author's comments on a sheet in place of those the author left there before. Other people's stay; where one
 * of theirs stands at the cell, ours follows in it. Gives the part that draws the boxes, which the sheet must name.
 */
export const writeComments = (
  parts: WorkbookParts,
  sheet: string,
  by: CommentsBy,
  comments: readonly CellComment[],
  measures: SheetMeasures,
): string => {
  const known = relations(parts, sheet)
  const part = known.find(({ kind }) => kind === 'comments')?.target ?? newComments(parts, sheet)
  const before = commentedBy(parts, sheet, by)
  const { text, fresh } = withComments(parts.text(part), by, comments)
  parts.set(part, text)
  const drawing = known.find(({ kind }) => kind === 'vmlDrawing')?.target ?? newDrawing(parts, sheet)
  const gone = new Set(before)
  parts.set(drawing, withBoxes(parts.text(drawing), gone, fresh, measures))
  return drawing
}

const newComments = (parts: WorkbookParts, sheet: string): string => {
  const part = parts.free('xl/comments', '.xml')
  const text = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="${main}"><authors/><commentList/></comments>`
  addPart(parts, part, commentsType, text)
  relate(parts, sheet, 'comments', part)
  return part
}

const newDrawing = (parts: WorkbookParts, sheet: string): string => {
  const part = parts.free('xl/drawings/vmlDrawing', '.vml')
  parts.set(
    part,
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>',
  )
  relate(parts, sheet, 'vmlDrawing', part)
  const types = '[Content_Types].xml'
  const list = parts.text(types)
  const named = elementsAt(list, ['Types/Default']).some(
    ({ attributes }) => attributes['Extension']?.toLowerCase() === 'vml',
  )
  if (!named) {
    const root = only(list, 'Types')
    const kind = 'application/vnd.openxmlformats-officedocument.vmlDrawing'
    const entry = `<${root.prefix}Default Extension="vml" ContentType="${kind}"/>`
    parts.set(types, spliced(list, [{ from: root.inside, to: root.inside, text: entry }]))
  }
  return part
}

/** The comments part with the author's new comments, and which of them need a box of their own. */
const withComments = (
  text: string,
  by: CommentsBy,
  comments: readonly CellComment[],
): { readonly text: string; readonly fresh: readonly CellComment[] } => {
  const [authors, list] = [only(text, 'comments/authors'), only(text, 'comments/commentList')]
  const { prefix } = list
  const { author } = by
  const names = elementsAt(text, ['comments/authors/author']).map(({ inside, insideEnd }) =>
    text.slice(inside, insideEnd),
  )
  const known = names.indexOf(escapeXml(author))
  const number = known < 0 ? names.length : known
  const own = new Set([...ownComments(text, by)].map(({ start }) => start))
  const wanted = new Map(comments.map((comment) => [cellName(comment.column, comment.row), comment]))
  const there = elementsAt(text, ['comments/commentList/comment'])
  const texts = elementsAt(text, ['comments/commentList/comment/text', 'comments/commentList/comment/text/t'])
  const followed = new Set<string>()
  const changes = there.flatMap((comment): Splice[] => {
    if (own.has(comment.start)) return [{ from: comment.start, to: comment.end, text: '' }]
    const ref = comment.attributes['ref'] ?? ''
    const ours = wanted.get(ref)
    const within = texts.filter(({ start }) => start > comment.start && start < comment.end)
    const whole = within.find(({ name }) => name === 'text')
    if (!ours || !whole || followed.has(ref)) return []
    followed.add(ref)
    if (text.slice(whole.start, whole.end).includes(escapeXml(ours.text))) return []
    return [
      // Plain text and runs do not stand side by side everywhere: theirs becomes a run as well.
      ...within
        .filter(({ name }) => name === 't')
        .flatMap(({ start, end }): Splice[] => [
          { from: start, to: start, text: `<${prefix}r>` },
          { from: end, to: end, text: `</${prefix}r>` },
        ]),
      appended(text, whole, run(prefix, `\n\n${ours.text}`)),
    ]
  })
  const fresh = [...wanted].filter(([ref]) => !followed.has(ref))
  const added = fresh.map(
    ([ref, comment]) =>
      `<${prefix}comment ref="${ref}" authorId="${number}"><${prefix}text>${run(prefix, comment.text)}</${prefix}text></${prefix}comment>`,
  )
  return {
    text: spliced(text, [
      ...(known >= 0 ? [] : [appended(text, authors, `<${prefix}author>${escapeXml(author)}</${prefix}author>`)]),
      ...changes,
      appended(text, list, added.join('')),
    ]),
    fresh: fresh.map(([, comment]) => comment),
  }
}

const run = (prefix: string, text: string) =>
  `<${prefix}r><${prefix}t xml:space="preserve">${escapeXml(text)}</${prefix}t></${prefix}r>`

const noteShape =
  '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'

/** The drawing with a box for each new comment. It is edited as text: what Excel writes here is not always XML. */
const withBoxes = (
  text: string,
  gone: ReadonlySet<string>,
  fresh: readonly CellComment[],
  measures: SheetMeasures,
): string => {
  const left = withoutBoxes(text, gone)
  const highest = [...left.matchAll(/_x0000_s(\d{1,8})/g)].reduce((most, [, id]) => Math.max(most, Number(id)), 1024)
  const shapes = fresh.map((comment, index) => boxOf(comment, highest + 1 + index, measures)).join('')
  const end = left.lastIndexOf('</xml>')
  if (end < 0) return left
  return `${left.slice(0, end)}${left.includes('id="_x0000_t202"') ? '' : noteShape}${shapes}${left.slice(end)}`
}

const withoutBoxes = (text: string, gone: ReadonlySet<string>): string => {
  const pieces: string[] = []
  let at = 0
  for (;;) {
    const start = gone.size === 0 ? -1 : text.indexOf('<v:shape ', at)
    const end = start < 0 ? -1 : text.indexOf('</v:shape>', start)
    if (end < 0) return [...pieces, text.slice(at)].join('')
    const shape = text.slice(start, end)
    const row = /<x:Row>\s*(\d{1,7})\s*</.exec(shape)?.[1]
    const column = /<x:Column>\s*(\d{1,5})\s*</.exec(shape)?.[1]
    const note = shape.includes('ObjectType="Note"') && row !== undefined && column !== undefined
    const goes = note && gone.has(cellName(Number(column), Number(row) + 1))
    pieces.push(text.slice(at, start), goes ? '' : text.slice(start, end + '</v:shape>'.length))
    at = end + '</v:shape>'.length
  }
}

const boxWidth = 330
const lettersALine = 52
const lineHeight = 17

const boxOf = ({ row, column, text }: CellComment, id: number, measures: SheetMeasures): string => {
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / lettersALine)), 0)
  const top = Math.max(row - 1, 1)
  const [right, rightEdge] = reached(column + 1, boxWidth + 12, measures.widthOf)
  const [bottom, bottomEdge] = reached(top, lines * lineHeight + 20, measures.heightOf)
  const anchor = [column + 1, 12, top - 1, 6, right, rightEdge, bottom - 1, bottomEdge].join(', ')
  return `<v:shape id="_x0000_s${id}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#fffbe6" o:insetmode="auto"><v:fill color2="#fffbe6"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row - 1}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`
}

/** Which column or row a length reaches from one, and how far into it. */
const reached = (from: number, length: number, sizeOf: (index: number) => number): readonly [number, number] => {
  let [at, left] = [from, length]
  while (left > sizeOf(at) && at < from + 60) {
    left -= sizeOf(at)
    at += 1
  }
  return [at, Math.round(Math.min(left, sizeOf(at)))]
}
