import { describe, expect, test } from 'vitest'
import { askedOf } from '../../../src/domain/return/ask.ts'
import { completenessOf } from '../../../src/domain/return/completeness.ts'
import { yearGroups } from '../../../src/domain/return/dictionary/shared.ts'
import { itemOf, items } from '../../../src/domain/return/dictionary.ts'
import type { PupilFact, Term } from '../../../src/domain/return/item.ts'
import { itemWords } from '../../../templates/words/en/items.ts'
import { answers, pupil } from './pupil.ts'

const terms: readonly Term[] = ['autumn', 'spring', 'summer']

const askedIn = (
  yearGroup: string,
  term: Term = 'autumn',
  given: Readonly<Record<string, string>> = {},
  facts: readonly PupilFact[] = [],
) => askedOf(pupil({ yearGroup, term, answers: answers(given), facts: new Set(facts) }))

const codesLike = (pattern: RegExp, yearGroup: string, term: Term = 'autumn') =>
  [...askedIn(yearGroup, term).keys()].filter((code) => pattern.test(code))

describe('early years', () => {
  test('a nursery is asked for funded hours and hours attended, never for sessions or a school’s week', () => {
    for (const yearGroup of ['E1', 'E2', 'N1', 'N2']) {
      const asked = askedIn(yearGroup)
      for (const code of ['funded_hours_entitled', 'funded_hours_taken', 'funded_weeks', 'early_hours_attended'])
        expect(asked.get(code), `${yearGroup} ${code}`).toBe('required')
      expect(codesLike(/^sessions_|^hours_offered$|^full_time$|^part_time_|_grade$|_progress$/, yearGroup)).toEqual([])
    }
  })

  test('Reception is a school’s week without funded hours, and without sessions', () => {
    const asked = askedIn('R')
    expect(asked.get('hours_offered')).toBe('required')
    expect(asked.get('full_time')).toBe('required')
    expect(asked.get('early_hours_attended')).toBe('required')
    expect(codesLike(/^sessions_|^funded_/, 'R')).toEqual([])
    expect(askedIn('R', 'autumn', {}, ['attendance_feed']).has('early_hours_attended')).toBe(false)
  })

  test('prime areas are asked at every age, literacy and mathematics at three and four; words once there is a judgement', () => {
    const areas = (yearGroup: string) => codesLike(/^early_.*_band$/, yearGroup).length
    expect(['E1', 'E2', 'N1', 'N2', 'R', '1'].map(areas)).toEqual([3, 3, 5, 5, 5, 0])
    const words = (band: string) => askedIn('N2', 'autumn', { early_communication_band: band })
    expect(words('below').get('early_communication_words')).toBe('required')
    expect(words('state:not_assessed').get('early_communication_words')).toBe('conditional')
    expect(itemOf('early_communication_band')?.type).toEqual({ kind: 'choice', options: ['below', 'at', 'above'] })
  })

  test('the check at age two is asked around the second birthday, its day once it is made', () => {
    expect(yearGroups.filter((yearGroup) => askedIn(yearGroup).has('two_year_check'))).toEqual(['E2', 'N1'])
    expect(askedIn('N1', 'autumn', { two_year_check: 'done' }).get('two_year_check_on')).toBe('required')
    expect(askedIn('N1', 'autumn', { two_year_check: 'due' }).has('two_year_check_on')).toBe(false)
  })

  test('the profile is seventeen goals and the good level, in summer of Reception', () => {
    const profile = codesLike(/^eyfsp_/, 'R', 'summer')
    expect(profile).toHaveLength(18)
    expect(profile.map((code) => askedIn('R', 'summer').get(code))).toEqual(profile.map(() => 'prefilled'))
    for (const term of ['autumn', 'spring'] as const) expect(codesLike(/^eyfsp_/, 'R', term)).toEqual([])
    expect(codesLike(/^eyfsp_/, 'N2', 'summer')).toEqual([])
  })

  test('the Reception place is asked for in the year before', () => {
    expect(yearGroups.filter((yearGroup) => askedIn(yearGroup).has('reception_applied'))).toEqual(['N2'])
    const summer = (given: Readonly<Record<string, string>>) => askedIn('N2', 'summer', given)
    expect(summer({ reception_applied: 'Y' }).get('reception_offered')).toBe('required')
    expect(summer({ reception_applied: 'N' }).has('reception_offered')).toBe(false)
    expect(summer({ reception_applied: 'Y', reception_offered: 'Y' }).get('reception_school')).toBe('required')
    expect(askedIn('N2', 'autumn', { reception_applied: 'Y' }).has('reception_offered')).toBe(false)
  })

  test('the early years premium is asked about where it was paid, and Pupil Premium Plus is another matter', () => {
    const paid = askedIn('N2', 'autumn', {}, ['early_years_pupil_premium_paid'])
    expect(paid.get('early_premium_purpose')).toBe('required')
    expect(paid.get('early_premium_spent')).toBe('required')
    expect(paid.has('pupil_premium_plus_spent')).toBe(false)
    expect(codesLike(/^early_premium/, 'N2')).toEqual([])
    expect(askedIn('R', 'autumn', {}, ['early_years_pupil_premium_paid']).has('early_premium_spent')).toBe(false)
  })
})

describe('after 16', () => {
  test('a sixth form and a college are asked the same, and neither for sessions or a school’s week', () => {
    const without = /^sessions_|^hours_offered$|^full_time$|^part_time_|^ks4_|_grade$|^intended_destination$/
    for (const yearGroup of ['12', '13', '14']) {
      expect(codesLike(without, yearGroup)).toEqual([])
      expect([...askedIn(yearGroup).keys()]).toEqual([...askedIn('12').keys()])
      expect(askedIn(yearGroup).get('post_16_status')).toBe('required')
    }
  })

  test('whoever is on a programme is asked for it, and nobody else', () => {
    const ofProgramme = ['provider', 'programme', 'level', 'start', 'planned_end', 'planned_hours', 'position']
    const codes = [...ofProgramme, 'attendance_percent', 'attendance_basis', 'attendance_from', 'attendance_to'].map(
      (part) => `post_16_${part}`,
    )
    const on = askedIn('12', 'autumn', { post_16_status: 'apprenticeship' })
    expect(codes.map((code) => on.get(code))).toEqual(codes.map(() => 'required'))
    for (const status of ['neet_available', 'neet_not_available']) {
      const off = askedIn('12', 'autumn', { post_16_status: status })
      expect(codes.filter((code) => off.has(code))).toEqual([])
    }
    expect(askedIn('12').get('post_16_provider')).toBe('conditional')
  })

  test('English and mathematics go on where the grade held is below 4', () => {
    for (const subject of ['english', 'mathematics']) {
      const state = (grade: string) =>
        askedIn('12', 'autumn', { [`post_16_${subject}_prior`]: grade }).get(`post_16_${subject}_state`)
      for (const grade of ['9', '5', '4']) expect(state(grade)).toBeUndefined()
      for (const grade of ['3', '1', 'U', 'none', 'functional_skills']) expect(state(grade)).toBe('required')
      const series = (now: string) =>
        askedIn('12', 'autumn', { [`post_16_${subject}_prior`]: '3', [`post_16_${subject}_state`]: now }).get(
          `post_16_${subject}_series`,
        )
      expect([series('resit'), series('functional'), series('exempt'), series('achieved')]).toEqual([
        'required',
        'required',
        undefined,
        undefined,
      ])
    }
  })

  test('the day of withdrawal is asked of whoever withdrew; the next step from spring on; the bursary if they like', () => {
    const position = (value: string) => askedIn('12', 'autumn', { post_16_position: value }).get('post_16_withdrawn_on')
    expect(position('withdrawn')).toBe('required')
    expect(position('on_course')).toBeUndefined()
    expect(terms.map((term) => askedIn('13', term).get('post_16_next_step'))).toEqual([
      undefined,
      'required',
      'required',
    ])
    expect(askedIn('13').get('post_16_bursary')).toBe('optional')
    expect(askedIn('13').get('named_contact_name')).toBe('prefilled')
  })

  test('a reported percentage is no session: it is asked of nobody who is asked for sessions', () => {
    for (const yearGroup of yearGroups) {
      const asked = [...askedIn(yearGroup).keys()]
      const kinds = [/^sessions_/, /^early_hours_/, /^post_16_attendance_/].filter((kind) =>
        asked.some((code) => kind.test(code)),
      )
      expect(kinds.length, yearGroup).toBeLessThan(2)
    }
  })
})

describe('what is burdensome is not asked', () => {
  const neededIn = (code: string, yearGroup: string) => terms.map((term) => askedIn(yearGroup, term).get(code))

  test('subjects of key stage 3 beyond English, mathematics and science only as a strength or a concern', () => {
    const graded = codesLike(/_(grade|band|progress)$/, '8').map((code) => code.replace(/_[a-z]+$/, ''))
    expect([...new Set(graded)]).toEqual(['english', 'mathematics', 'science'])
    expect(neededIn('other_subjects_concern', '8')).toEqual(['optional', 'optional', 'optional'])
  })

  test('dates of the plan have no question; the day of joining is known already', () => {
    expect(items.filter(({ code }) => /plan_(held|next)|pep_/.test(code))).toEqual([])
    expect(itemOf('entry_date')?.carries).toBe(true)
    expect(neededIn('entry_date', '12')).toEqual(['prefilled', 'prefilled', 'prefilled'])
  })

  test('exam entries count once a year', () => {
    const counted = neededIn('ks4_mathematics_entry', '11').filter((need) => need === 'required')
    expect(counted).toHaveLength(1)
  })

  test('attendance is not typed where a feed exists, nor premium spending where nothing was paid', () => {
    for (const yearGroup of yearGroups) {
      const withFeed = [...askedIn(yearGroup, 'autumn', {}, ['attendance_feed']).keys()]
      expect(withFeed.filter((code) => /^(sessions|early_hours)_/.test(code))).toEqual([])
      expect(codesLike(/premium/, yearGroup)).toEqual([])
    }
  })

  test('known facts about a nursery place or a course come filled in', () => {
    const known =
      /^funded_|^post_16_(provider|programme|level|start|planned_end|planned_hours|.*_prior)$|^named_contact_/
    const facts = items.filter(({ code }) => known.test(code))
    expect(facts).toHaveLength(13)
    expect(facts.filter(({ carries }) => !carries)).toEqual([])
    const judged = /_(band|words|progress|position|percent|next_step)$|^early_hours_|^post_16_attendance_|^eyfsp_/
    expect(items.filter(({ code, carries, affirmed }) => judged.test(code) && (carries || affirmed))).toEqual([])
  })
})

test('no words ask for what is never asked', () => {
  const never =
    /home address|foster|carer|legal status|why .* in care|brother|sister|diagnos|sdq|offence was|immigra|ethnic|religio|faith|child protection|previously looked/i
  const said = items.filter(({ code }) => never.test(`${itemWords[code]?.label} ${itemWords[code]?.head ?? ''}`))
  expect(said.map(({ code }) => code)).toEqual([])
})

test('a nursery and a college answer in about ten minutes: no more counts than of a year 8 pupil', () => {
  const base = (yearGroup: string, term: Term) => completenessOf(askedIn(yearGroup, term), new Map()).base
  for (const term of terms) {
    for (const yearGroup of ['E1', 'N2', '12']) expect(base(yearGroup, term)).toBeLessThanOrEqual(base('8', term))
  }
})
