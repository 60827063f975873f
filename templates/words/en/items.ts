import type { AnswerState, Section } from '../../../src/domain/return/item.ts'
import type { ItemWords } from '../words.ts'
import { attainmentWords } from './items/attainment.ts'
import { earlyYearsWords } from './items/early-years.ts'
import { keyStage4Words } from './items/key-stage-4.ts'
import { placeWords } from './items/place.ts'
import { planWords } from './items/plan.ts'
import { post16Words } from './items/post-16.ts'
import { supportWords } from './items/support.ts'
import { answerStateWords, sectionWords as sectionHeadings } from './states.ts'

/** What a person reads about every item of the return, by its code. */
export const itemWords: Readonly<Record<string, ItemWords>> = {
  ...placeWords,
  ...supportWords,
  ...attainmentWords,
  ...keyStage4Words,
  ...planWords,
  ...earlyYearsWords,
  ...post16Words,
}

/** What each state of an answer is called, in a cell and on a page. */
export const stateWords: Readonly<Record<AnswerState, string>> = { given: 'given', ...answerStateWords }

/** What each section of the return is called, in the workbook as on a page. */
export const sectionWords: Readonly<Record<Section, string>> = sectionHeadings
