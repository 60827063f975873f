/** A short page of plain text: sections of paragraphs and lists. */
export type PlainPage = {
  readonly title: string
  readonly lead: string
  readonly sections: readonly {
    readonly heading: string
    readonly says: readonly string[]
    readonly list?: readonly string[]
  }[]
}

/** The pages at the foot of every page. */
export const plainPages = {
  help: {
    title: 'Help',
    lead: 'On screen or in one file, you answer every council at once. Ten minutes is usual for five pupils.',
    sections: [
      {
        heading: 'Send a termly return',
        says: [],
        list: [
          'Answer on screen from “To do”, pupil by pupil: what you type is saved as you go, and a colleague can carry on.',
          'Or get the workbook from “To do”. It lists your looked-after pupils for every council, with what is already known filled in.',
          'Answer the white cells. A blank cell says nothing; “not known”, “not assessed” and “to follow” are answers.',
          'Upload it. You see every row, and each cell to mend, and can mend it on the page.',
          'Confirm council by council. You get a receipt for each.',
        ],
      },
      {
        heading: 'Ask for Pupil Premium Plus money',
        says: [],
        list: [
          'Begin from “Money”, from a pupil’s page or from inside the return. Tick one child, or several of one council for a project.',
          'Say what is needed, where the child is now and what will have changed. The checks say what is still to finish. “Save and check” keeps a draft; nothing is sent until you press “Send”.',
          '“Money” says who has it and what comes next. The bursar finds each payment there by its remittance reference.',
          'When it is paid, say how it was used. If it was not agreed, the page says why, and until when you may ask for a review by somebody else.',
        ],
      },
      {
        heading: 'A pupil is missing, or is not yours',
        says: [
          'If a council believes you have one more child, “To do” says so, without a name. Type the child’s UPN, or name and date of birth. If nobody fits, say so.',
          'If a pupil has left, say so in the return: “left us” is an answer.',
        ],
      },
      {
        heading: 'Correct something you sent',
        says: [
          'Change it on screen, or in the workbook and upload it again. Only what changed is replaced, and what you sent before is kept. A whole return can be withdrawn from its receipt.',
        ],
      },
      {
        heading: 'Someone else should answer',
        says: ['Add a deputy or a colleague on “Your school”. They see the same pupils and can finish any return.'],
      },
      {
        heading: 'No code comes',
        says: [
          'Look in the junk folder. Check with your school’s lead, or the virtual school, how your address is written. Ask for another code: the latest one works.',
        ],
      },
    ],
  },
  neverAsk: {
    title: 'What we never ask',
    lead: 'Some things a school is not asked here, and there is nowhere to keep them. Please do not write them in a note either.',
    sections: [
      {
        heading: 'Never asked',
        says: [],
        list: [
          'Home or placement addresses, carers, phone numbers',
          'Legal status, or the reason for being in care',
          'Brothers, sisters and contact',
          'Diagnoses, strengths and difficulties scores',
          'Offences',
          'Immigration status, ethnicity, religion',
          'Child protection status, or having been looked after before',
        ],
      },
      {
        heading: 'Not asked again',
        says: [
          'What a council already knows is filled in for you to confirm. Attendance is not typed where your register sends it. Suspensions come from your notices. Plan dates are the council’s to keep, and are shown to you.',
        ],
      },
      {
        heading: 'Why we ask at all',
        says: [
          'Councils ask under section 22(3A) of the Children Act 1989: their duty to promote the education of the children they look after. Independent schools, colleges and early years settings answer of their own accord.',
        ],
      },
    ],
  },
  privacy: {
    title: 'Privacy',
    lead: 'Each council sees its own children, each school its own pupils, and nobody sees more.',
    sections: [
      {
        heading: 'Who sees what',
        says: [
          'A school sees a child while the place there is confirmed and the child is looked after: what it sent, the plan dates, the social worker. Afterwards it sees only what it sent itself.',
          'A council sees the education record of the children it looks after. It does not learn which other councils have a child at a school.',
          'Names are shown as first name and initial. The full name, date of birth and UPN are one press away, and that press is noted.',
        ],
      },
      {
        heading: 'What we note',
        says: [
          'Each time someone opens a child’s record we note who, when and why. The note cannot be changed or removed.',
          'We set one cookie, to keep you signed in. There is no tracking.',
        ],
      },
      {
        heading: 'How long',
        says: [
          'A file you send is deleted two years after its round closes. The answers stay as part of the child’s education record, which the council keeps by its own rules.',
        ],
      },
      {
        heading: 'Your rights',
        says: [
          'Each council is the controller of its children’s records. To see, correct or ask about what is held, write to the virtual school of that council.',
        ],
      },
    ],
  },
  accessibility: {
    title: 'Accessibility',
    lead: 'Everyone who answers for a child should be able to use every page.',
    sections: [
      {
        heading: 'How it is made',
        says: [],
        list: [
          'Every page works with the keyboard alone, and without scripts.',
          'A state is always a word and a shape, never a colour alone.',
          'Pages fit a screen 320 pixels wide, and can be enlarged to 400%.',
          'Tables, headings, labels and what there is to mend are said by screen readers.',
          'Print, forced colours and more contrast are looked after.',
        ],
      },
      {
        heading: 'What we aim for',
        says: [
          'The Web Content Accessibility Guidelines 2.2, level AA. We test with tools and by keyboard; people who use assistive technology every day have not tested it yet.',
        ],
      },
      {
        heading: 'Something gets in your way',
        says: ['Tell the virtual school. The return can also be answered by telephone, and the officer types it in.'],
      },
    ],
  },
} as const satisfies Readonly<Record<string, PlainPage>>

/** Words of the page that lists what a demonstration would send. */
export const outboxWords = {
  title: 'E-mails this demonstration would send',
  lead: 'Nothing leaves this machine. The latest is first.',
  nothing: 'No e-mail yet. Sign in as somebody, and the code is here.',
  to: 'To',
  at: 'At',
  subject: 'Subject',
  signIn: 'Go to sign in',
} as const
