import type { Child } from 'hono/jsx'
import { paths } from '../../templates/components/paths.ts'
import {
  ReceivedFilesPage,
  type ReceivedFilesProps,
  type ReceivedFilesWords,
} from '../../templates/pages/received-files.tsx'
import { wordsOfFinding } from '../../templates/words/en/findings.ts'
import { uploadWords } from '../../templates/words/en/upload.ts'
import { may } from '../access/scope.ts'
import { transferBytes } from '../config.ts'
import type { Finding } from '../domain/finding.ts'
import { asChange } from '../intake/confirm-return.ts'
import { acceptWarnings } from '../intake/mend.ts'
import { abandonImport, publishImports } from '../intake/publish.ts'
import { Busy } from '../runtime.ts'
import { findingsOf, type KeptFinding } from '../store/import-rows.ts'
import { type Import, importsOf, importsOfDelivery } from '../store/imports.ts'
import { vouchedFor } from '../store/people.ts'
import { ownSchools } from '../store/schools.ts'
import { endWaitingFile, type ListedWaitingFile } from '../store/waiting-files.ts'
import type { WebContext } from './context.ts'
import { field } from './form-field.ts'
import { frameOf, reply } from './reply.tsx'

/** Files of one kind that are sent on a page, looked at there, and then used: by a school or by a council's officer. */
export type FilesOfAKind = {
  readonly connectors: readonly string[]
  readonly words: ReceivedFilesWords & { readonly noFile: string; readonly acceptFirst: string }
  /** The endings of the names of files that may be chosen. */
  readonly accept: string
  readonly schoolPath: string
  readonly councilPath: string
  /** Where in its file a finding stands, in words. */
  readonly placeOf: (finding: KeptFinding) => string
  /** Reads one file as far as staged; gives why it cannot be read. */
  readonly take: (context: WebContext, file: File, sender: FileSender) => Promise<Finding | undefined>
  /** What is asked beside the files. */
  readonly asked?: (context: WebContext, refused: readonly string[]) => Child
  /** Files that are read after the page has answered, where a kind has them. */
  readonly waiting?: (context: WebContext) => Promise<readonly ListedWaitingFile[]>
  /** Where the only file that was sent could not be read: a page that helps, if there is one. */
  readonly unclear?: (context: WebContext, file: File, why: Finding) => Promise<Response | undefined>
}

/** From whom a file comes, and for whom it may speak. */
export type FileSender = {
  readonly from:
    | { readonly kind: 'school'; readonly school: number; readonly virtualSchools: readonly number[] }
    | { readonly kind: 'council'; readonly virtualSchool: number }
  readonly by: number
  readonly via: 'page'
}

const shownFiles = 10
const shownFindings = 50

/** Whether the viewer sends files as a school; else as a council's officer. */
export const isSchool = (context: WebContext) => context.var.viewer.part.kind === 'school'
const pathFor = (context: WebContext, kind: FilesOfAKind) => (isSchool(context) ? kind.schoolPath : kind.councilPath)

/** A council changes what it brought in itself; a school what it sent. */
const mayUse = (context: WebContext, parts: readonly Import[]) =>
  parts.some(({ state }) => state === 'staged') &&
  (isSchool(context) || (may(context.var.viewer.part, 'run rounds') && parts.every(({ school }) => school === null)))

/** What is to check in a file, as far as the page tells it. */
const toCheckIn = ({ var: { runtime, viewer } }: WebContext, parts: readonly Import[]) =>
  findingsOf(
    runtime.db.query,
    viewer.scope,
    parts.map(({ number }) => number),
    shownFindings,
  )

const filesShown = async (context: WebContext, kind: FilesOfAKind): Promise<ReceivedFilesProps['files']> => {
  const { runtime, viewer } = context.var
  const imports = (await importsOf(runtime.db.query, viewer.scope)).filter(
    ({ connector, via }) => kind.connectors.includes(connector) && via !== 'form',
  )
  const deliveries = [...new Set(imports.map(({ deliveryId }) => deliveryId))].slice(0, shownFiles)
  return Promise.all(
    deliveries.map(async (id) => {
      const parts = imports.filter(({ deliveryId }) => deliveryId === id)
      const found = await toCheckIn(context, parts)
      const sum = (count: (one: Import) => number) => parts.reduce((total, one) => total + count(one), 0)
      const [first] = parts
      return {
        id,
        fileName: first?.fileName ?? '',
        sentAt: first?.sentAt ?? runtime.now(),
        state: first?.state ?? '',
        taken: sum(({ pupils }) => pupils),
        others: first?.rowsLeftOut ?? 0,
        unmatched: sum(({ unmatched }) => unmatched),
        held: sum(({ held }) => held),
        notRead: JSON.parse(first?.notRead ?? '[]') as readonly string[],
        toCheck: found.map((finding) => ({
          place: kind.placeOf(finding),
          ...wordsOfFinding({ code: finding.code, parameters: JSON.parse(finding.parameters) }),
        })),
        mayUse: mayUse(context, parts),
      }
    }),
  )
}

const waitingShown = ({ id, fileName, sentAt, code, parameters }: ListedWaitingFile) => ({
  ...{ id, fileName, sentAt },
  refused: code === null ? null : wordsOfFinding({ code, parameters: JSON.parse(parameters ?? '{}') }),
})

/** The page: what has been sent so far, and where to send more. */
export const showFiles = async (
  context: WebContext,
  kind: FilesOfAKind,
  more: {
    readonly toMend?: string
    readonly refused?: ReceivedFilesProps['refused']
    readonly codes?: readonly string[]
  } = {},
) =>
  reply.page(
    context,
    <ReceivedFilesPage
      frame={frameOf(context)}
      words={kind.words}
      accept={kind.accept}
      action={pathFor(context, kind)}
      here={isSchool(context) ? 'inbox' : 'imports'}
      back={
        isSchool(context)
          ? { href: paths.upload, text: uploadWords.title }
          : { href: paths.imports, text: uploadWords.backToImports }
      }
      uploadBytes={transferBytes}
      refused={more.refused ?? []}
      {...(more.toMend ? { toMend: more.toMend } : {})}
      files={await filesShown(context, kind)}
      waiting={(await kind.waiting?.(context))?.map(waitingShown) ?? []}
      asked={kind.asked?.(context, more.codes ?? [])}
    />,
    more.toMend || more.refused ? 422 : 200,
  )

/** From whom a file comes that the viewer sends; undefined where a school is named that is not theirs. */
export const senderOf = async (context: WebContext): Promise<FileSender | undefined> => {
  const { runtime, viewer } = context.var
  const base = { by: viewer.person.number, via: 'page' as const }
  if (viewer.part.kind === 'council')
    return { ...base, from: { kind: 'council', virtualSchool: viewer.part.virtualSchool } }
  const schools = await ownSchools(runtime.db.query, viewer.scope)
  const named = field(context, 'school')
  const school = named === '' ? schools[0] : schools.find(({ id }) => id === named)
  if (!school) return undefined
  const virtualSchools = await vouchedFor(runtime.db.query, viewer.scope, school.number)
  return { ...base, from: { kind: 'school', school: school.number, virtualSchools } }
}

/** Reads the files that were sent, one after the other; what cannot be read is said, and the others stand. */
export const receiveFiles = async (context: WebContext, kind: FilesOfAKind) => {
  const files = context.var.form.getAll('file').filter((one): one is File => one instanceof File && one.size > 0)
  if (files.length === 0) return showFiles(context, kind, { toMend: kind.words.noFile })
  const sender = await senderOf(context)
  if (!sender) return reply.notFound(context)
  try {
    const refused = []
    const codes: string[] = []
    for (const file of files) {
      const finding = await kind.take(context, file, sender)
      const help = finding && files.length === 1 ? await kind.unclear?.(context, file, finding) : undefined
      if (help) return help
      if (finding) codes.push(finding.code)
      if (finding) refused.push({ fileName: file.name.slice(0, 200), ...wordsOfFinding(finding) })
    }
    return refused.length > 0
      ? showFiles(context, kind, { refused, codes })
      : reply.goTo(context, pathFor(context, kind))
  } catch (problem) {
    if (problem instanceof Busy) return reply.tooMany(context, 1)
    throw problem
  }
}

/** Puts in use what was read of one file, once somebody has looked at what is to check in it. */
export const useFile = async (context: WebContext, kind: FilesOfAKind) => {
  const { runtime, viewer } = context.var
  const refused = (await kind.waiting?.(context))?.find(
    ({ id, code }) => code !== null && id === context.req.param('upload'),
  )
  if (refused) {
    await runtime.db.commit([endWaitingFile(refused.id)])
    return reply.goTo(context, pathFor(context, kind))
  }
  const parts = await importsOfDelivery(runtime.db.query, viewer.scope, context.req.param('upload') ?? '')
  if (parts.some(({ connector }) => !kind.connectors.includes(connector)) || !mayUse(context, parts))
    return reply.notFound(context)
  const said = { by: viewer.person.number, part: viewer.named.role }
  if (field(context, 'give_up') !== '') {
    for (const one of parts) if (one.state === 'staged') await abandonImport(runtime, asChange(one, said))
    return reply.goTo(context, pathFor(context, kind))
  }
  const toCheck = await toCheckIn(context, parts)
  if (toCheck.length > 0 && field(context, 'accept') === '')
    return showFiles(context, kind, { toMend: kind.words.acceptFirst })
  const { outcome } = await publishImports(
    runtime,
    parts
      .filter(({ state }) => state === 'staged')
      .map((one) => ({ ...asChange(one, said), also: [acceptWarnings(one.number, said.by)] })),
  )
  return outcome === 'published'
    ? reply.goTo(context, pathFor(context, kind))
    : reply.changedMeanwhile(context, pathFor(context, kind))
}
