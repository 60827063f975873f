import { uploadWords as words } from '../words/en/upload.ts'

/** Sends a form with a file, and says that it is being sent. */
export const SendButton = ({ text }: { readonly text: string }) => (
  <button type="submit" class="govuk-button">
    <span data-sending={words.sending}>{text}</span>
  </button>
)

/** How far a file has come, shown by the page's script while it is sent, read and kept. */
export const Following = () => (
  <div
    class="gap"
    hidden
    data-progress
    data-going={words.going}
    data-reading={words.reading}
    data-keeping={words.keeping}
    data-rows={words.rows}
    data-stopped={words.stopped}
  >
    <progress aria-label={words.progress} max="100"></progress>
    <p role="status"></p>
    <p class="small quiet num" aria-hidden="true"></p>
  </div>
)
