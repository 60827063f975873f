import { type ParsingOptions, parse_zip, type WorkBook } from 'xlsx'

declare module 'xlsx' {
  /** An archive that is open already, as the parser holds one; its own types leave this out. */
  type OpenArchive = {
    readonly FullPaths: readonly string[]
    readonly FileIndex: readonly { readonly name: string; readonly type: 2; readonly content: Uint8Array }[]
  }
  export function parse_zip(archive: OpenArchive, options: ParsingOptions): WorkBook
}

/** Reads a workbook from its unpacked parts, so that what has passed the limits is not packed for the parser again. */
export const parseParts = (parts: ReadonlyMap<string, Uint8Array>, options: ParsingOptions): WorkBook =>
  parse_zip(
    {
      FullPaths: [...parts.keys()].map((name) => `Root Entry/${name}`),
      FileIndex: [...parts].map(([name, content]) => ({ name, type: 2, content })),
    },
    options,
  )
