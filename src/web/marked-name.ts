import { checkWords } from '../../templates/words/en/check.ts'

/** The content type of a workbook. */
export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What a file is called once what is to mend is marked in it. */
export const markedName = (fileName: string): string =>
  `${fileName.replace(/\.[a-z]{1,5}$/i, '')}-${checkWords.markedName}.xlsx`
