/** Synthetic registers of schools in the shape of the published downloads. Nobody and nothing in them exists. */

/** The headers of one generation of the establishments file: some of those of April 2025, or of 2019. */
const generations = {
  2025: [
    ...['URN', 'LA (code)', 'LA (name)', 'EstablishmentNumber', 'EstablishmentName', 'TypeOfEstablishment (code)'],
    ...['TypeOfEstablishment (name)', 'EstablishmentStatus (code)', 'EstablishmentStatus (name)', 'OpenDate'],
    ...['CloseDate', 'PhaseOfEducation (name)', 'UKPRN', 'Street', 'Town', 'Postcode', 'TelephoneNum'],
    ...['HeadFirstName', 'HeadLastName', 'QABName (name)', 'CHNumber', 'FSM', 'BSOInspectorateName (name)'],
  ],
  2019: [
    ...['URN', 'LA (code)', 'LA (name)', 'EstablishmentNumber', 'EstablishmentName', 'PhaseOfEducation (name)'],
    ...['TypeOfEstablishment (code)', 'TypeOfEstablishment (name)', 'EstablishmentStatus (name)', 'CloseDate'],
    ...['OpenDate', 'HeadFirstName', 'HeadLastName', 'TelephoneNum', 'Street', 'Town', 'UKPRN'],
    ...['Inspectorate (name)', 'CensusAreaStatisticWard (name)'],
  ],
} as const

export type Generation = keyof typeof generations

/** What a test says of one establishment; the rest is filled in. */
export type Said = Readonly<Record<string, string>> & { readonly URN: string }

const usual: Readonly<Record<string, string>> = {
  'LA (code)': '901',
  'LA (name)': 'Testborough',
  EstablishmentNumber: '4001',
  'TypeOfEstablishment (code)': '01',
  'TypeOfEstablishment (name)': 'Community school',
  'EstablishmentStatus (code)': '1',
  'EstablishmentStatus (name)': 'Open',
  OpenDate: '01-09-1990',
  'PhaseOfEducation (name)': 'Primary',
  UKPRN: '10001234',
  Street: '1 CANARY-STREET',
  Town: 'Testby',
  Postcode: 'CANARY-POSTCODE',
  TelephoneNum: 'CANARY-TELEPHONE',
  HeadFirstName: 'CANARY-FIRST',
  HeadLastName: 'CANARY-LAST',
}

const quoted = (header: string, cell: string) =>
  header === 'URN' || cell === '' ? cell : `"${cell.replaceAll('"', '""')}"`

/** Text as windows-1252 bytes; what has no byte there is refused. */
const windows1252 = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0)
    if (code > 0xff) throw new Error('not in windows-1252')
    return code
  })

/** The establishments file of one generation: windows-1252, CRLF, text quoted and numbers not. */
export const establishmentsFile = (generation: Generation, said: readonly Said[]): Uint8Array => {
  const headers = generations[generation]
  const lines = said.map((one) => headers.map((header) => quoted(header, one[header] ?? usual[header] ?? '')).join(','))
  return windows1252(`${[headers.join(','), ...lines].join('\r\n')}\r\n`)
}

/** The links file. */
export const linksFile = (links: readonly (readonly [string, string, string, string])[]): Uint8Array =>
  windows1252(
    `${['URN,LinkURN,LinkName,LinkType,LinkEstablishedDate', ...links.map(([urn, to, type, day]) => `${urn},${to},"Some school","${type}",${day}`)].join('\r\n')}\r\n`,
  )

/** Bytes in pieces of one size, as a file is read. */
export async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}
