import type { Finding, FindingPlace } from '../../src/domain/finding.ts'
import type { ParsedStream, RowStream, SentFile, StreamingConnector } from '../connector.ts'
import { fileKind } from '../format/bytes.ts'
import { unpacked } from '../format/packed.ts'
import { type Refusal, refuse } from '../format/refusal.ts'
import { readXml, type XmlLimits } from '../format/xml.ts'
import { xmlHead } from '../format/xml-text.ts'
import { type Branch, newBranch } from './branch.ts'
import { type Known, lookUp, transferFile } from './elements.ts'
import { readHeader, whatItIs } from './header.ts'
import { readPupil } from './pupil.ts'
import type { TransferHeader, TransferPupil } from './rows.ts'

/** One pupil with a school's whole history has some hundreds of elements, and no school some thousands of pupils. */
export const transferLimits: XmlLimits & Record<'unpackedBytes' | 'pupils' | 'findings' | 'pupilFindings', number> = {
  pupils: 20_000,
  findings: 50_000,
  pupilFindings: 100,
  depth: 20,
  attributes: 50,
  unitNodes: 20_000,
  unitCharacters: 2_000_000,
  run: 1_000_000,
  unpackedBytes: 40_000_000,
}

/** The Common Transfer File in which a child's record moves between schools, of any version. */
export const commonTransferFile: StreamingConnector<TransferPupil, TransferHeader | null> = {
  name: 'common-transfer-file',
  edition: '1',
  keeps: 'allowed',
  coverage: 'changes',
  recognises: ({ bytes }) => fileKind(bytes) === 'xml' || /^\s*<[?\w!]/.test(xmlHead(bytes.subarray(0, 64))),
  open: () => openTransferFile(),
  parse: (file) => parseWhole(file),
}

const parseWhole = (file: SentFile): ParsedStream<TransferPupil, TransferHeader | null> => {
  const bytes = unpacked(file.bytes, transferLimits.unpackedBytes, /[.]xml$/i)
  if ('outcome' in bytes) return bytes
  const stream = openTransferFile()
  const read = stream.push(bytes)
  if (read.outcome === 'refused') return read
  const rest = stream.end()
  if (rest.outcome === 'refused') return rest
  return { ...rest, rows: [...read.rows, ...rest.rows], kept: [...read.kept, ...rest.kept] }
}

/** Groups that stand once in what they stand in: a second one is not read, and said. */
const once: ReadonlySet<string> = new Set([
  'Header',
  'SourceSchool',
  'DestSchool',
  'BasicDetails',
  'NAWdetails',
  'LookedAfter',
  'Languages',
])

/** Kinds of unknown elements that are told one by one; the rest in one sentence. */
const mostUnknown = 100

/** A pupil with as much to check as a person can look at, what holds it back first; the rest is said in one sentence. */
const toLookAt = (pupil: TransferPupil): TransferPupil => {
  const most = transferLimits.pupilFindings
  if (pupil.findings.length <= most) return pupil
  const [errors, warnings] = [true, false].map((held) =>
    pupil.findings.filter(({ severity }) => (severity === 'error') === held),
  )
  const more: Finding = { code: 'TRANSFER_MORE_TO_CHECK', severity: 'warning', at: pupil.at, parameters: {} }
  return { ...pupil, findings: [...[...(errors ?? []), ...(warnings ?? [])].slice(0, most), more] }
}

type Level = {
  readonly known: Known
  readonly branch: Branch | null
  readonly line: number
}

const roots = lookUp(transferFile)

/** Reads a transfer file as its bytes come: each pupil is given as soon as its element ends, and then forgotten. */
export const openTransferFile = (): RowStream<TransferPupil, TransferHeader | null> => {
  let rows: TransferPupil[] = []
  const fileFindings: Finding[] = []
  let pupilFindings: Finding[] = []
  const notRead = new Set<string>()
  const passedBy = new Set<Known>()
  const said = new Set<string>()
  const stack: Level[] = []
  let header: TransferHeader | null = null
  let pupils = 0
  let findings = 0
  let bytesSeen = 0

  const inPupil = () => stack.length > 2
  const find = (code: string, at: FindingPlace, parameters: Finding['parameters'] = {}) =>
    (inPupil() ? pupilFindings : fileFindings).push({ code, severity: 'warning', at, parameters })
  /** Once for each way to an element, however many pupils have it. */
  const findOnce = (code: string, way: string, at: FindingPlace, element: string) => {
    if (said.size > mostUnknown || said.has(`${code} ${way}`)) return
    said.add(`${code} ${way}`)
    if (said.size <= mostUnknown) find(code, at, { element: element.slice(0, 60) })
    else if (said.size === mostUnknown + 1) find('TRANSFER_MORE_NOT_KNOWN', { line: at.line ?? 0 })
  }

  const openRoot = (name: string, line: number): 'group' | Refusal => {
    const known = roots.get(name.toLowerCase())
    if (!known) return whatItIs(name, line)
    stack.push({ known, branch: null, line })
    return 'group'
  }

  const open = (name: string, line: number) => {
    const above = stack[stack.length - 1]
    if (!above) return openRoot(name, line)
    const known = above.known.inside.get(name) ?? above.known.inside.get(name.toLowerCase())
    const path = above.branch?.path ?? above.known.way
    if (!known) {
      findOnce('TRANSFER_NOT_KNOWN', `${above.known.way}/${name}`, { line, path: `${path}/${name.slice(0, 60)}` }, name)
      return 'nothing'
    }
    const { way } = known
    if (known.name !== name) findOnce('TRANSFER_CASE', way, { line, path: `${path}/${known.name}` }, known.name)
    if (known.reads === 'never' || known.reads === 'extra') {
      if (!passedBy.has(known)) notRead.add(way.replace('CTfile/', '').replace('CTFpupilData/Pupil/', ''))
      passedBy.add(known)
      return 'nothing'
    }
    if (known.reads === 'text') {
      stack.push({ known, branch: null, line })
      return 'text'
    }
    const isPupil = way === 'CTfile/CTFpupilData/Pupil'
    if (isPupil) {
      pupils += 1
      if (pupils > transferLimits.pupils) return refuse('TRANSFER_TOO_MANY_PUPILS', {}, { line })
      stack.push({ known, branch: newBranch('Pupil', `${way}[${pupils}]`, line), line })
      return 'unit'
    }
    const siblings = above.branch?.branches.filter((one) => one.name === known.name).length ?? 0
    if (once.has(known.name) && (siblings > 0 || (known.name === 'Header' && header))) {
      find('TRANSFER_TWICE', { line, path: `${path}/${known.name}` }, { element: known.name })
      return 'nothing'
    }
    const branch =
      known.name === 'CTFpupilData'
        ? null
        : newBranch(
            known.name,
            siblings === 0 ? `${path}/${known.name}` : `${path}/${known.name}[${siblings + 1}]`,
            line,
          )
    if (branch) above.branch?.branches.push(branch)
    stack.push({ known, branch, line })
    return 'group'
  }

  const close = (text: string): Refusal | undefined => {
    const level = stack.pop()
    const above = stack[stack.length - 1]
    if (!level || !above) return undefined
    if (level.known.reads === 'text') {
      const { name } = level.known
      const first = above.branch?.leaves.find((leaf) => leaf.name === name && leaf.text !== '')
      // A mark of no session is a space: marks are told apart by their place.
      const trimmed = name === 'AttendanceMarks' ? text : text.trim()
      if (first && trimmed !== '')
        find('TRANSFER_TWICE', { line: level.line, path: `${above.branch?.path}/${name}` }, { element: name })
      else above.branch?.leaves.push({ name, text: trimmed, line: level.line })
      return undefined
    }
    if (level.known.name === 'Pupil' && level.branch) {
      const pupil = toLookAt(readPupil(level.branch, pupils, pupilFindings))
      rows.push(pupil)
      pupilFindings = []
      findings += pupil.findings.length
      if (findings > transferLimits.findings) return refuse('TRANSFER_TOO_MANY_FINDINGS', {}, { line: level.line })
    }
    if (level.known.name === 'Header' && level.branch) {
      const read = readHeader(level.branch)
      if ('outcome' in read) return read
      header = read.header
      fileFindings.push(...read.findings)
    }
    return undefined
  }

  const xml = readXml(
    {
      open: (name, { line }) => open(name, line),
      attribute: (name) => {
        notRead.add(`@${name.slice(0, 60)}`)
      },
      strayText: ({ line }) => {
        const at = stack[stack.length - 1]
        findOnce(
          'TRANSFER_STRAY_TEXT',
          at?.known.way ?? '',
          { line, path: at?.branch?.path ?? at?.known.way ?? '' },
          at?.known.name ?? '',
        )
      },
      close,
    },
    transferLimits,
  )
  const given = () => {
    const whole = rows
    rows = []
    return whole
  }
  return {
    push: (bytes) => {
      bytesSeen += bytes.length
      const kept = xml.push(bytes)
      return 'outcome' in kept ? kept : { outcome: 'read', rows: given(), kept, head: header }
    },
    end: () => {
      if (bytesSeen === 0) return refuse('FILE_EMPTY')
      const kept = xml.end()
      if ('outcome' in kept) return kept
      if (pupils === 0) return refuse('TRANSFER_NO_PUPILS')
      const missing: readonly Finding[] = header
        ? []
        : [{ code: 'TRANSFER_NO_HEADER', severity: 'warning', at: { path: 'CTfile/Header' }, parameters: {} }]
      return {
        outcome: 'read',
        rows: given(),
        kept,
        edition: header?.version ?? '',
        head: header,
        findings: [...fileFindings, ...missing],
        notRead: [...notRead].sort(),
      }
    },
  }
}
