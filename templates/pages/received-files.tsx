import type { Child } from 'hono/jsx'
import type { Instant } from '../../src/domain/dates.ts'
import { Say } from '../components/figures.tsx'
import { Following, SendButton } from '../components/following.tsx'
import { Button, FileField, Link, Tick } from '../components/form.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { waitingWords } from '../words/en/attendance-files.ts'
import { fileSize } from '../words/en/counts.ts'
import { shortMoment } from '../words/en/dates.ts'

/** One file that came in: what was taken of it, and what was left on purpose. */
export type ReceivedFile = {
  readonly id: string
  readonly fileName: string
  readonly sentAt: Instant
  readonly state: string
  readonly taken: number
  readonly others: number
  /** Rows of an officer's own file that wait to be matched. */
  readonly unmatched: number
  readonly held: number
  readonly notRead: readonly string[]
  readonly toCheck: readonly { readonly place: string; readonly title: string; readonly rule: string }[]
  readonly mayUse: boolean
}

/** A file that is read after the page has answered; `refused` says why it could not be. */
type WaitingShown = Pick<ReceivedFile, 'id' | 'fileName' | 'sentAt'> & {
  readonly refused: { readonly title: string; readonly rule: string; readonly mend: string } | null
}

/** The words of a page that takes files of one kind. */
export type ReceivedFilesWords = {
  readonly title: string
  readonly lead: string
  readonly file: string
  readonly fileHint: (size: string) => string
  readonly send: string
  readonly neverTitle: string
  readonly never: string
  readonly refusedTitle: string
  readonly taken: string
  readonly others: string
  readonly unmatched: string
  readonly lookUp: (rows: number) => string
  readonly lookUpLater: (rows: number) => string
  readonly held: string
  readonly notRead: string
  readonly elements: (names: readonly string[]) => string
  readonly nothingNotRead: string
  readonly none: string
  readonly toCheck: string
  readonly use: string
  readonly giveUp: string
  readonly accept: string
  readonly state: Readonly<Record<string, string>>
}

export type ReceivedFilesProps = {
  readonly frame: Frame
  readonly words: ReceivedFilesWords
  /** The endings of the names of files that may be chosen. */
  readonly accept: string
  readonly back: { readonly href: string; readonly text: string }
  readonly here: 'imports' | 'inbox'
  readonly action: string
  readonly uploadBytes: number
  readonly toMend?: string
  /** Files that could not be read: nothing of them was kept. */
  readonly refused: readonly {
    readonly fileName: string
    readonly title: string
    readonly rule: string
    readonly mend: string
  }[]
  readonly files: readonly ReceivedFile[]
  /** Files that are being read, or could not be. */
  readonly waiting: readonly WaitingShown[]
  /** What is asked beside the files. */
  readonly asked?: Child
}

/** Takes files of one kind, one or many, and says of each what was taken and what was deliberately not read. */
export const ReceivedFilesPage = (props: ReceivedFilesProps) => {
  const { frame, words, accept, back, here, action, uploadBytes, toMend, refused, files } = props
  return (
    <Layout
      title={words.title}
      frame={frame}
      script="upload.js"
      here={here}
      back={back}
      toMend={[
        ...(toMend === undefined ? [] : [{ field: 'file', text: toMend }]),
        ...refused.map(({ fileName, title }) => ({ field: 'file', text: `${fileName}: ${title}` })),
      ]}
    >
      <h1 class="govuk-heading-l">{words.title}</h1>
      <p class="lead measure">{words.lead}</p>
      {refused.length > 0 && (
        <section class="note measure" aria-labelledby="refused">
          <h2 class="govuk-heading-m" id="refused">
            {words.refusedTitle}
          </h2>
          {refused.map(({ fileName, title, rule, mend }) => (
            <p>
              <b>{fileName}</b>: {title}. {rule} {mend}
            </p>
          ))}
        </section>
      )}
      <form action={action} method="post" enctype="multipart/form-data" data-follows>
        <FileField
          id="file"
          label={words.file}
          hint={words.fileHint(fileSize(uploadBytes))}
          accept={accept}
          multiple
          toMend={toMend}
          required
        />
        {props.asked}
        <SendButton text={words.send} />
        <Following />
      </form>
      {props.waiting.map((file) => (
        <OneWaiting file={file} action={action} words={words} />
      ))}
      {files.length === 0 && props.waiting.length === 0 && <p class="quiet gap">{words.none}</p>}
      {files.map((file) => (
        <OneFile file={file} action={action} words={words} />
      ))}
      <section class="part measure" aria-labelledby="never">
        <h2 class="govuk-heading-s" id="never">
          {words.neverTitle}
        </h2>
        <p class="govuk-body small">{words.never}</p>
      </section>
    </Layout>
  )
}

const OneWaiting = ({
  file: { id, fileName, sentAt, refused },
  action,
  words,
}: {
  readonly file: WaitingShown
  readonly action: string
  readonly words: ReceivedFilesWords
}) => (
  <section class="part measure" aria-labelledby={`f-${id}`}>
    <h2 class="govuk-heading-m" id={`f-${id}`}>
      {fileName}
    </h2>
    <p class="small quiet">
      {shortMoment(sentAt)}. {refused ? words.refusedTitle : waitingWords.beingRead}.
    </p>
    {refused ? (
      <>
        <p class="govuk-body">
          <b>{refused.title}</b>. {refused.rule} {refused.mend}
        </p>
        <form action={`${action}/${id}`} method="post">
          <Button second>{waitingWords.removeFromList}</Button>
        </form>
      </>
    ) : (
      <p class="govuk-body">
        {waitingWords.lookAgainSays} <Link href={action}>{waitingWords.lookAgain}</Link>
      </p>
    )}
  </section>
)

type OneProps = { readonly file: ReceivedFile; readonly action: string; readonly words: ReceivedFilesWords }

const OneFile = ({ file, action, words }: OneProps) => (
  <section class="part measure" aria-labelledby={`f-${file.id}`}>
    <h2 class="govuk-heading-m" id={`f-${file.id}`}>
      {file.fileName}
    </h2>
    <p class="small quiet">
      {shortMoment(file.sentAt)}. {words.state[file.state] ?? file.state}.
    </p>
    <Say
      wide
      pairs={[
        { term: words.taken, says: String(file.taken) },
        ...(file.others > 0 ? [{ term: words.others, says: String(file.others) }] : []),
        ...(file.unmatched > 0
          ? [
              {
                term: words.unmatched,
                says: file.mayUse ? (
                  words.lookUpLater(file.unmatched)
                ) : (
                  <Link href={paths.unmatched}>{words.lookUp(file.unmatched)}</Link>
                ),
              },
            ]
          : []),
        ...(file.held > 0 ? [{ term: words.held, says: String(file.held) }] : []),
        { term: words.notRead, says: file.notRead.length > 0 ? words.elements(file.notRead) : words.nothingNotRead },
      ]}
    />
    {file.toCheck.length > 0 && (
      <>
        <h3 class="govuk-heading-s">{words.toCheck}</h3>
        <ul class="flat rows">
          {file.toCheck.map(({ place, title, rule }) => (
            <li>
              <b>{title}</b> ({place}). {rule}
            </li>
          ))}
        </ul>
      </>
    )}
    {file.mayUse && (
      <form action={`${action}/${file.id}`} method="post" class="gap">
        {file.toCheck.length > 0 && (
          <p>
            <Tick name="accept" id={`a-${file.id}`} value="1" required>
              {words.accept}
            </Tick>
          </p>
        )}
        <Button>{words.use}</Button>
      </form>
    )}
    {file.mayUse && (
      <form action={`${action}/${file.id}`} method="post">
        <input type="hidden" name="give_up" value="1" />
        <Button second>{words.giveUp}</Button>
      </form>
    )}
  </section>
)
