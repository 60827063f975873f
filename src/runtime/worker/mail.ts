import type { Runtime } from '../../runtime.ts'

/** A mail service that takes a message as JSON over HTTPS, and the token it knows us by. */
export type MailService = { readonly url: string; readonly token: string }

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

/** Where no mail service is set: the message stays in the store, and the log says only that there was one. */
export const unsentMail: Runtime['sendEmail'] = async ({ reference }) => {
  console.log(`no mail service is set: message ${reference} was not sent`)
}
