/** Words of e-mails: none names a child, and none asks for a password. */
export const mailWords = {
  signature: 'Virtual School Exchange',
  codeSubject: (code: string) => `${code} is your code for Virtual School Exchange`,
  codeText: (code: string, minutes: number) => [
    `Your code is ${code}`,
    `It works once, for ${minutes} minutes, in the window you asked for it from.`,
    'If you did not ask for it, nothing happens: nobody can sign in without it. We never ask you for it by telephone or e-mail.',
  ],
  receiptSubject: (reference: string, council: string) => `Receipt ${reference}: your return for ${council}`,
  receiptText: (council: string, round: string, pupils: string, who: string, when: string) => [
    `${council} has your ${round} for ${pupils}.`,
    `Sent by ${who}, ${when}.`,
  ],
  receiptLeft: (questions: string) =>
    `${questions} still to answer. Send the workbook again when you know: only what changed is replaced.`,
  receiptSee: 'To see the receipt, or to correct something:',
  openSubject: (council: string, round: string, due: string) => `${council}: ${round}, due ${due}`,
  openText: (council: string, round: string, due: string, rule: string) => [
    `${council} has opened its ${round}. It is due ${due}.`,
    rule,
    'The workbook is ready for you, with what is already known filled in. If other councils ask you too, the same file answers them all.',
  ],
  openSee: 'To see what is left, in questions and minutes:',
  openHelp:
    'Councils ask under section 22(3A) of the Children Act 1989. If you are not the right person, a colleague of yours can be named on “Your school”.',
  dateSubject: (council: string, round: string, day: string) => `${council}: your ${round} has until ${day}`,
  extendedText: (council: string, round: string, day: string) =>
    `${council} has given you until ${day} for its ${round}. The reason stands beside the date.`,
  reopenedText: (council: string, round: string, day: string) =>
    `${council} has opened its ${round} again for your school, until the end of ${day}. What you saved before is still there.`,
  dateSee: 'To see it, and to carry on:',
  remindSubject: (council: string, round: string, due: string, late: boolean) =>
    `${council}: ${round}, ${late ? 'was due' : 'due'} ${due}`,
  remindText: (council: string, round: string, due: string, late: boolean) => [
    late
      ? `${council} has not had your ${round} yet. It was due ${due}.`
      : `${council} looks forward to your ${round}. It is due ${due}.`,
    'You can answer on screen or in one file, stop at any time, and send what is ready now. If something stands in the way, tell the virtual school: it will call you.',
  ],
  handSubject: (by: string, school: string) => `${by} asks you to carry on with the termly return of ${school}`,
  handText: (by: string, school: string, pupils: string) => [
    `${by} asks you to carry on with the termly return of ${school}, about ${pupils}.`,
    'What was answered so far is saved. Sign in with this e-mail address and carry on where it stopped:',
  ],
} as const
