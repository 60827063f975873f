import type { Runtime } from '../../runtime.ts'

/** A mail service that takes a message as JSON over HTTPS, and the token it knows us by. */
type MailService = { readonly url: string; readonly token: string }

/** Posts each message to the council's mail service; throws where it was not taken, so that the sweep tries again. */
export const serviceMail =
  ({ url, token }: MailService): Runtime['sendEmail'] =>
  async ({ to, subject, text, reference }) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': reference },
      body: JSON.stringify({ to, subject, text, reference }),
      signal: AbortSignal.timeout(20_000),
    })
    if (!answer.ok) throw new Error(`the mail service answered ${answer.status}`)
  }

/** Where no mail service is set, a message stays waiting in the outbox: nothing is said to be sent that was not. */
export const noMailService: Runtime['sendEmail'] = async () => {
  throw new Error('no mail service is set (MAIL_URL and MAIL_TOKEN)')
}

/** A demo sends nothing: its people are fictional, and its outbox page shows what they would have got. */
export const demoMail: Runtime['sendEmail'] = async ({ reference }) => {
  console.log(`message ${reference} is on the demo's outbox page`)
}
