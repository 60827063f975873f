import { fileSize } from './counts.ts'

/** Words of pages for what could not be done. First what is safe, then what to do. */
export const errorWords = {
  notFound: {
    title: 'There is nothing here for you to see',
    says: 'The address may be mistyped, or it belongs to someone else’s list. Nothing was changed.',
  },
  conflict: {
    title: 'Someone else has changed this',
    says: 'A colleague saved a change after you opened the page. Theirs is kept, and yours was not saved over it.',
    next: 'Open the page again, look at what changed, and make your change on it.',
    again: 'Open the page again',
  },
  tooBig: {
    title: 'This file is larger than we take',
    says: (most: number) => `Files are up to ${fileSize(most)}. Nothing was changed, and the file was not kept.`,
    next: 'Go back with your browser and choose a smaller one: a workbook without pictures, extra sheets and empty rows, or saved as CSV; a photo or a scan at a lower quality.',
  },
  forbidden: {
    title: 'This came from another site',
    says: 'A form on another site, or a browser that hides where it comes from, tried to change something here. Nothing was changed.',
    next: 'Open the page here and press the button again.',
  },
  fault: {
    title: 'This did not work, and it is our fault',
    says: 'What was saved before is safe. The last press of a button may not have been saved.',
    next: 'Try again in a minute. If it stays, tell the virtual school this reference:',
  },
  tooMany: {
    title: 'Too many tries for now',
    says: 'Nothing was changed. To keep guessing out, we wait a while after several tries.',
    next: (minutes: number) => `Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
  },
  home: 'Go to your first page',
} as const
