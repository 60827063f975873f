/** Words of a file that goes back to who sent it, with what is to mend marked in it. */
export const markWords = {
  sheet: 'To mend',
  title: 'What is to mend in this file',
  lead: 'Each line is one coloured cell, which also has a comment. Mend the cells, save the file and upload it again: nothing else in it was changed. This sheet and the comments can stay.',
  heads: ['Cell', 'State', 'What', 'The rule', 'How to mend'],
  severity: { error: 'To mend', warning: 'To check' },
  author: 'Virtual School Exchange',
  wholeFile: 'The whole file',
  more: (count: number) => `And ${count} more. Mend these first, then upload the file again to see the rest.`,
} as const
