/** Words of e-mails about applications for money. They name no child. */
export const moneyMailWords = {
  subject: (council: string, reference: string) => `${council}: ${reference}`,
  events: {
    asked: (council: string, reference: string) => `${council} has a question about your application ${reference}.`,
    approved: (council: string, reference: string) => `${council} has agreed to your application ${reference}.`,
    declined: (council: string, reference: string) =>
      `${council} has not agreed to your application ${reference}. The page says why, and until when you may ask for a review.`,
    deferred: (council: string, reference: string) => `${council} looks at your application ${reference} again later.`,
  },
  see: 'See it here:',
  workerSubject: (reference: string) => `Application ${reference}: decided`,
  workerText: (reference: string, agreed: boolean) =>
    `The virtual school has decided on application ${reference}, for a child you work with. It was ${agreed ? 'agreed' : 'not agreed'}.`,
  workerAsk: 'Ask the virtual school if you want to know more.',
} as const
