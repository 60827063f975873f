import type { Certainty, CodeClass } from '../../../src/domain/attendance/codes.ts'

/** What a mark counts as, as a key or a table says it. */
export const codeClassWords: Readonly<Record<CodeClass, string>> = {
  present: 'Present',
  educated_elsewhere: 'Learning somewhere else',
  authorised: 'Absent, authorised',
  unauthorised: 'Absent, not authorised',
  not_possible: 'No session for this pupil',
  not_entered: 'Not entered yet',
  unknown: 'A code we do not know',
}

/** How sure a code's class is. */
export const certaintyWords: Readonly<Record<Certainty, string>> = {
  law: 'as the regulations say',
  official: 'as an official paper says',
  secondhand: 'as attendance systems and councils print it',
  memory: 'as practice has it; not checked in print',
}

/** What each code of a register means. A code whose meaning changed has the words of both. */
export const codeWords: Readonly<Record<string, string>> = {
  '/': 'Present in the morning',
  '\\': 'Present in the afternoon',
  L: 'Late, before the register closed',
  K: 'Learning somewhere the council arranged (before 19 August 2024: no mark received)',
  V: 'On a visit or trip',
  P: 'At a sport',
  W: 'At work experience',
  B: 'Learning somewhere else',
  D: 'At another school where the pupil is registered too',
  C: 'Away with leave, other reasons',
  C1: 'Performing or working with a licence',
  C2: 'Part-time timetable',
  E: 'Suspended or excluded, nothing else arranged',
  F: 'Long family holiday, agreed (old code)',
  H: 'Family holiday, agreed (old code)',
  I: 'Ill',
  J: 'At an interview (old code)',
  J1: 'At an interview for work or another school',
  M: 'At the doctor or dentist',
  R: 'Religious observance',
  S: 'Study leave',
  T: 'Travelling for a parent’s work',
  G: 'Holiday that was not agreed',
  N: 'No reason known yet',
  O: 'Away without leave, other reasons',
  U: 'Late, after the register closed',
  Q: 'No way to get to school was arranged',
  X: 'Not of compulsory school age, not expected',
  Y: 'School closed or not to be reached (old code)',
  Y1: 'Transport that is normally provided was not there',
  Y2: 'Travel was widely disrupted',
  Y3: 'Part of the school was closed',
  Y4: 'The whole school was closed all of a sudden',
  Y5: 'In custody',
  Y6: 'Public health guidance',
  Y7: 'Another cause that nobody could help',
  Z: 'Not on the roll yet',
  '#': 'School closed as planned',
}
