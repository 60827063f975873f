import type { Instant } from '../../src/domain/dates.ts'
import { Details, Say } from '../components/figures.tsx'
import { Following, SendButton } from '../components/following.tsx'
import { ButtonLink, FileField, Link } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { attendanceFileWords } from '../words/en/attendance-files.ts'
import { fileSize } from '../words/en/counts.ts'
import { shortMoment } from '../words/en/dates.ts'
import { layoutWords } from '../words/en/layout.ts'
import { transferWords } from '../words/en/transfer.ts'
import { uploadWords as words } from '../words/en/upload.ts'

export type UploadProps = {
  readonly frame: Frame
  readonly uploadBytes: number
  /** Set where the form came without a file. */
  readonly toMend?: string
  /** Uploads of this school that wait to be mended or confirmed. */
  readonly waiting: readonly { readonly id: string; readonly fileName: string; readonly uploadedAt: Instant }[]
  /** How many layouts of their own the person's schools have. */
  readonly layouts: number
  /** The layout that this file is to change. */
  readonly changing: { readonly id: string; readonly name: string } | null
}

/** Takes the filled workbook or its CSV. */
export const UploadPage = ({ frame, uploadBytes, toMend, waiting, layouts, changing }: UploadProps) => (
  <Layout
    title={words.title}
    frame={frame}
    here="inbox"
    back={{ href: paths.inbox, text: words.backToInbox }}
    toMend={toMend === undefined ? [] : [{ field: 'file', text: toMend }]}
    script="upload.js"
  >
    <h1 class="govuk-heading-l">{words.title}</h1>
    <p class="lead measure">{changing ? layoutWords.changeFile(changing.name) : words.lead}</p>
    <form action={paths.upload} method="post" enctype="multipart/form-data" data-follows>
      <FileField
        id="file"
        label={words.file}
        hint={words.fileHint(fileSize(uploadBytes))}
        accept=".xlsx,.csv"
        toMend={toMend}
        required
      />
      {changing && <input type="hidden" name="layout" value={changing.id} />}
      <SendButton text={words.send} />
      <Following />
    </form>
    {waiting.length > 0 && (
      <section class="part measure" aria-labelledby="waiting">
        <h2 class="govuk-heading-m" id="waiting">
          {words.waiting}
        </h2>
        <ul class="flat rows">
          {waiting.map(({ id, fileName, uploadedAt }) => (
            <li class="pair">
              <span>{words.waitingRow(fileName, shortMoment(uploadedAt))}</span>
              <Link href={paths.check(id)} also={fileName}>
                {words.carryOn}
              </Link>
            </li>
          ))}
        </ul>
      </section>
    )}
    <section class="part measure" aria-labelledby="not-yet">
      <h2 class="govuk-heading-s" id="not-yet">
        {words.notYet}
      </h2>
      <p class="act">
        <Link href={paths.workbook}>{words.workbook}</Link>
        <Link href={paths.returnCsv}>{words.csv}</Link>
        {layouts > 0 && <Link href={paths.layouts}>{layoutWords.yourLayouts}</Link>}
        <Link href={paths.schoolTransfers}>{transferWords.title}</Link>
        <Link href={paths.schoolAttendanceFiles}>{attendanceFileWords.title}</Link>
      </p>
      <Details summary={words.safe}>
        <p class="govuk-body small">{words.safeSays}</p>
      </Details>
    </section>
  </Layout>
)

export type RefusedProps = {
  readonly frame: Frame
  readonly fileName: string
  readonly words: { readonly title: string; readonly rule: string; readonly mend: string }
  /** Where to choose another file: the return, the roll, or what finance paid. */
  readonly from: 'return' | 'roll' | 'payments'
}

const refusedFrom = {
  return: { here: 'inbox', back: { href: paths.inbox, text: words.backToInbox }, again: paths.upload },
  roll: { here: 'imports', back: { href: paths.imports, text: words.backToImports }, again: paths.roll },
  payments: {
    here: 'fundingPayments',
    back: { href: paths.fundingPayments, text: words.backToPayments },
    again: paths.fundingPayments,
  },
} as const

/** A file that could not be read: why in one sentence, and what to do. Nothing was kept or changed. */
export const RefusedPage = ({ frame, fileName, words: why, from }: RefusedProps) => (
  <Layout title={words.refusedTitle} frame={frame} here={refusedFrom[from].here} back={refusedFrom[from].back}>
    <h1 class="govuk-heading-l">{words.refusedTitle}</h1>
    <p class="lead">{words.refusedLead}</p>
    <div class="note tight measure">
      <Say
        wide
        pairs={[
          { term: words.refusedName, says: <span class="mono">{fileName}</span> },
          {
            term: words.refusedWhy,
            says: (
              <>
                <b>{why.title}.</b> {why.rule}
              </>
            ),
          },
          { term: words.refusedMend, says: why.mend },
        ]}
      />
    </div>
    <ButtonLink href={refusedFrom[from].again}>{words.tryAgain}</ButtonLink>
  </Layout>
)

export type RollUploadProps = {
  readonly frame: Frame
  readonly uploadBytes: number
  readonly toMend?: string
  /** The columns of each file in order, as the connector reads them. */
  readonly files: readonly { readonly name: string; readonly columns: readonly string[] }[]
}

/** Takes a local roll: schools, staff, pupils, places and plans as plain CSV. */
export const RollUploadPage = ({ frame, uploadBytes, toMend, files }: RollUploadProps) => (
  <Layout
    title={words.rollTitle}
    frame={frame}
    here="imports"
    back={{ href: paths.imports, text: words.backToImports }}
    toMend={toMend === undefined ? [] : [{ field: 'file', text: toMend }]}
    script="upload.js"
  >
    <h1 class="govuk-heading-l">{words.rollTitle}</h1>
    <p class="lead measure">{words.rollLead}</p>
    <p class="govuk-body measure">
      {words.rollOrder} {words.rollNever}
    </p>
    <form action={paths.roll} method="post" enctype="multipart/form-data" data-follows>
      <FileField
        id="file"
        label={words.rollFile}
        hint={words.rollHint(fileSize(uploadBytes))}
        accept=".csv"
        toMend={toMend}
        required
      />
      <SendButton text={words.send} />
      <Following />
    </form>
    {files.length > 0 && (
      <Details summary={words.rollColumns}>
        <Say
          wide
          pairs={files.map(({ name, columns }) => ({
            term: name,
            says: <span class="mono">{columns.join(', ')}</span>,
          }))}
        />
      </Details>
    )}
  </Layout>
)
