/** What each role is called, in the middle of a sentence. */
export const roleWords: Readonly<Record<string, string>> = {
  designated_teacher: 'designated teacher',
  deputy: 'deputy',
  colleague: 'colleague',
  head: 'head of the virtual school',
  officer: 'officer',
  data_officer: 'data officer',
  panel_member: 'Pupil Premium Plus panel member',
  finance: 'finance',
  auditor: 'auditor',
  administrator: 'administrator',
  social_worker: 'social worker',
}
