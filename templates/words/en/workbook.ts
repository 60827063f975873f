import type { Condition } from '../../../src/domain/return/item.ts'

/** The columns that say whose row it is, in their order: each one's head and short rule. */
export const identityWords = {
  row_reference: { head: 'Row ref', help: 'Locked' },
  council: { head: 'Council', help: 'Who asks' },
  due: { head: 'Due', help: 'Answer by' },
  surname: { head: 'Surname', help: 'Locked' },
  forename: { head: 'Forename', help: 'Locked' },
  date_of_birth: { head: 'Date of birth', help: 'Locked' },
  upn: { head: 'UPN', help: 'Locked; the council holds it' },
} as const

/** Words of the workbook that a school downloads, fills in and sends back. */
export const workbookWords = {
  returnSheet: 'Return',
  helpSheet: 'Help',
  title: (school: string, term: string, year: string) => `${school}: ${term} term ${year}, looked-after pupils`,
  instruction:
    'One row for each pupil, by the date due. Answer the white cells; tinted cells show what is already known, so change one only where it is no longer true. Grey cells are not asked. Leave a cell blank to say nothing. “Help” explains each column.',
  whoBand: 'Whose row',
  optional: 'optional',
  listTitle: 'Not in the list',
  listMessage: 'Choose from the list, or “not known” where you do not know. Keep this all the same?',
  dateTitle: 'Not read as a day',
  dateMessage: 'A day looks like 14/07/2026. You can also write “not known”. Keep this all the same?',
  numberTitle: 'Not a number we expect here',
  numberMessage: (from: string, to: string) =>
    `A number from ${from} to ${to} goes here. You can also write “not known”. Keep this all the same?`,
  textTitle: 'Longer than we can keep',
  textMessage: (longest: number) => `Up to ${longest} characters fit here. Keep this all the same?`,
  help: {
    title: 'How to fill in this return',
    steps: [
      'Each row is one pupil for one council. The council is named in the row, and sees only its own rows.',
      'White cells are for you. Tinted cells hold what is already known: leave them where they are still true, change them where not.',
      'Coded columns have a list to choose from. Days are day, month and year, such as 14/07/2026.',
      'A blank cell says nothing and changes nothing. To take an earlier answer back, write “none”.',
      'Save the file as it is (.xlsx) and upload it where you got it. You see everything there is to mend before anything is sent.',
    ],
    toldTitle: 'Already known from your register',
    why: 'Councils ask under section 22(3A) of the Children Act 1989: their duty to promote the education of the children they look after. Independent schools, colleges and early years settings answer by choice, and it helps all the same.',
    statesTitle: 'In place of any answer you may write',
    states: {
      not_known: 'You do not know, and nobody here does.',
      not_assessed: 'The child has not been assessed in this.',
      not_applicable: 'The question does not fit this child.',
      declined: 'You or the child would rather not say.',
      to_follow: 'You will answer later.',
      cleared: 'An earlier answer is no longer true and nothing takes its place.',
    },
    neverTitle: 'What we never ask',
    never:
      'Addresses, carers, legal status, why a child is in care, brothers and sisters, contact, diagnoses, wellbeing scores, offences, immigration, ethnicity, religion, child protection. Please leave them out of your own words too.',
    columnsTitle: 'Every column',
    columnHeads: ['Section', 'Column', 'Question', 'How to answer', 'You can answer', 'Asked'],
    anyText: (longest: number) => `Your own words, up to ${longest} characters`,
    anyNumber: (from: string, to: string) => `A number from ${from} to ${to}`,
    anyDay: 'A day, such as 14/07/2026',
    pastDay: 'A day up to today, such as 14/07/2026',
    anyMoney: 'Pounds and pence, such as 380.00',
    always: 'Where the cell is not grey',
  },
  facts: {
    target_1_held: ['if the plan has a first target', 'if the plan has no first target'],
    target_2_held: ['if the plan has a second target', 'if the plan has no second target'],
    target_3_held: ['if the plan has a third target', 'if the plan has no third target'],
    pupil_premium_plus_paid: ['if Pupil Premium Plus was paid', 'if no Pupil Premium Plus was paid'],
    early_years_pupil_premium_paid: [
      'if early years pupil premium was paid',
      'if no early years pupil premium was paid',
    ],
    attendance_feed: ['if your register reaches the council', 'if your register does not reach the council'],
    newly_arrived: ['if newly arrived', 'if not newly arrived'],
  },
} as const

type Naming = {
  readonly head: (item: string) => string
  readonly option: (item: string, code: string) => string
}

const either = (words: readonly string[]) =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

/** When a conditional item is asked, as a few words: 'if Full time is No'. */
export const conditionWords = (condition: Condition, naming: Naming): string => {
  if ('fact' in condition) return workbookWords.facts[condition.fact][condition.holds ? 0 : 1]
  if ('anyOf' in condition) return condition.anyOf.map((one) => conditionWords(one, naming)).join(', or ')
  if ('allOf' in condition) return condition.allOf.map((one) => conditionWords(one, naming)).join(', and ')
  const head = naming.head(condition.item)
  if ('answered' in condition) return `if “${head}” is answered`
  const options = (codes: readonly string[]) => either(codes.map((code) => naming.option(condition.item, code)))
  return 'is' in condition
    ? `if “${head}” is ${options(condition.is)}`
    : `if “${head}” is not ${options(condition.isNot)}`
}
