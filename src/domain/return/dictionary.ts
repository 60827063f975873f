import { attainment } from './dictionary/attainment.ts'
import { attendance } from './dictionary/attendance.ts'
import { child } from './dictionary/child.ts'
import { contact } from './dictionary/contact.ts'
import {
  earlyAttendance,
  earlyLearning,
  earlyPremium,
  earlyProfile,
  fundedHours,
  receptionPlace,
} from './dictionary/early-years.ts'
import { keyStage4 } from './dictionary/key-stage-4.ts'
import { nationalResults } from './dictionary/national-results.ts'
import { nextSteps } from './dictionary/next-steps.ts'
import { place } from './dictionary/place.ts'
import { plan } from './dictionary/plan.ts'
import { post16, post16Attendance, post16Contact, post16NextStep } from './dictionary/post-16.ts'
import { provision } from './dictionary/provision.ts'
import { support } from './dictionary/support.ts'
import type { Item, Section } from './item.ts'

/** The sections of the return in the order in which a person meets them. */
export const sections: readonly Section[] = [
  'place',
  'provision',
  'support',
  'post_16',
  'attendance',
  'attainment',
  'key_stage_4',
  'national_results',
  'next_steps',
  'plan',
  'child',
  'contact',
]

/**
 * Every question of the termly return, in the order of its columns. What is not here is not asked: addresses, carers,
 * legal status, reasons for care, family, diagnoses, offences, immigration, ethnicity and religion have no item.
 */
export const items: readonly Item[] = [
  ...place,
  ...fundedHours,
  ...provision,
  ...support,
  ...post16,
  ...attendance,
  ...earlyAttendance,
  ...post16Attendance,
  ...attainment,
  ...earlyLearning,
  ...keyStage4,
  ...nationalResults,
  ...earlyProfile,
  ...nextSteps,
  ...receptionPlace,
  ...post16NextStep,
  ...plan,
  ...earlyPremium,
  ...child,
  ...contact,
  ...post16Contact,
]

const byCode: ReadonlyMap<string, Item> = new Map(items.map((item) => [item.code, item]))

/** The item with a code, or undefined where the return has no such question. */
export const itemOf = (code: string): Item | undefined => byCode.get(code)
