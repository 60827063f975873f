const roleWords: Readonly<Record<string, string>> = {
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

/** Who leads where the law names no designated teacher: in settings before school and after it. */
const leadWords: readonly (readonly [RegExp, string])[] = [
  [/nursery|early years/i, 'lead for looked-after children'],
  [/further education|college|sixth form|16 plus|post-16/i, 'lead for looked-after students'],
]

/** What a role is called in the middle of a sentence, at settings of these phases. */
export const roleIn = (role: string, phases: readonly (string | null)[] = []): string => {
  if (role !== 'designated_teacher' || phases.length === 0) return roleWords[role] ?? role
  const called = phases.map((phase) => leadWords.find(([known]) => known.test(phase ?? ''))?.[1])
  return called.every((one) => one !== undefined) ? (called[0] ?? '') : 'designated teacher'
}
