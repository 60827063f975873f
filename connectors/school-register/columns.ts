/**
 * The columns this connector reads, by the names each published file gives them (compared as small letters without
 * punctuation). Sources: "Get Information about Schools" downloads, columns as of 2019 and of April 2025; the Welsh
 * Government's "Address list of schools in Wales", as of memory: a header that drifts is one more name here.
 * Whatever is not named here is not read: head teachers, telephones, addresses, websites, governors.
 */
export type RegisterShape = {
  readonly kind: 'establishments' | 'links' | 'welsh'
  /** Headers without which it is not this file. */
  readonly tells: readonly (readonly string[])[]
  readonly columns: Readonly<Record<string, readonly string[]>>
}

export const registerShapes: readonly RegisterShape[] = [
  {
    kind: 'links',
    tells: [['urn'], ['linkurn'], ['linktype']],
    columns: {
      urn: ['urn'],
      linkUrn: ['linkurn'],
      linkType: ['linktype'],
      established: ['linkestablisheddate'],
    },
  },
  {
    kind: 'establishments',
    tells: [['urn'], ['establishmentname'], ['lacode']],
    columns: {
      urn: ['urn'],
      name: ['establishmentname'],
      laCode: ['lacode'],
      laName: ['laname'],
      establishmentNumber: ['establishmentnumber'],
      type: ['typeofestablishmentname'],
      typeCode: ['typeofestablishmentcode'],
      phase: ['phaseofeducationname'],
      status: ['establishmentstatusname'],
      opened: ['opendate'],
      closed: ['closedate'],
      town: ['town'],
      ukprn: ['ukprn'],
    },
  },
  {
    kind: 'welsh',
    tells: [
      ['schoolnumber', 'schoolno', 'laschoolnumber'],
      ['schoolname', 'name'],
      ['lacode', 'lacodenumber', 'localauthoritycode'],
    ],
    columns: {
      schoolNumber: ['schoolnumber', 'schoolno', 'laschoolnumber'],
      name: ['schoolname', 'name'],
      laCode: ['lacode', 'lacodenumber', 'localauthoritycode'],
      laName: ['laname', 'localauthority', 'localauthorityname'],
      type: ['schooltype', 'sector', 'phasetype'],
      phase: ['phase', 'schooltype', 'sector'],
      town: ['town', 'posttown', 'addressline4'],
    },
  },
]

/** A header as it is compared: 'LA (code)' is 'lacode'. */
export const asHeader = (cell: string): string => cell.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The shape that a file's headers show, with where each of its columns stands. */
export const shapeOf = (
  headers: readonly string[],
): { readonly shape: RegisterShape; readonly at: ReadonlyMap<string, number> } | undefined => {
  const known = headers.map(asHeader)
  const indexOf = (names: readonly string[]) => names.map((name) => known.indexOf(name)).find((index) => index >= 0)
  const shape = registerShapes.find(({ tells }) => tells.every((names) => indexOf(names) !== undefined))
  if (!shape) return undefined
  const placed = Object.entries(shape.columns).flatMap(([column, names]) => {
    const index = indexOf(names)
    return index === undefined ? [] : [[column, index] as const]
  })
  return { shape, at: new Map(placed) }
}
