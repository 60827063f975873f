import type { ItemWords } from '../../words.ts'
import { yesNo } from './shared.ts'

const area = (code: string, name: string, short = name): Readonly<Record<string, ItemWords>> => ({
  [`${code}_band`]: {
    label: `${name}: for the child’s age`,
    head: `${short}: for age`,
    help: 'How the child is doing against what is expected for their age, by your own judgement.',
    options: { below: 'Below', at: 'At', above: 'Above' },
  },
  [`${code}_words`]: {
    label: `${name}: in your own words`,
    head: `${short}: your words`,
    help: 'One or two sentences on what the child does now, up to 300 characters, with no health or family detail.',
  },
})

const goal = (code: string, name: string): Readonly<Record<string, ItemWords>> => ({
  [`eyfsp_${code}`]: {
    label: `Early learning goal: ${name}`,
    head: `Goal: ${name}`,
    help: 'The judgement at the end of Reception, just as it stands in the profile.',
    options: { '1': 'Emerging', '2': 'Expected', A: 'No judgement (exempt)' },
  },
})

/** Words of what is asked of early years settings and of Reception. */
export const earlyYearsWords: Readonly<Record<string, ItemWords>> = {
  funded_hours_entitled: {
    label: 'How many funded hours a week may the child have?',
    head: 'Funded hours: entitled',
    help: 'Hours a week that the funding allows, such as 15 or 30.',
  },
  funded_hours_taken: {
    label: 'How many funded hours a week does the child take?',
    head: 'Funded hours: taken',
    help: 'Hours a week taken with you, such as 15 or 12.5.',
  },
  funded_weeks: {
    label: 'Over how many weeks of the year?',
    head: 'Funded weeks a year',
    help: 'Weeks in a year over which the funded hours run, such as 38 or 51.',
  },
  early_hours_from: {
    label: 'Hours: counted from',
    head: 'Hours from',
    help: 'The first day counted as day, month and year; the first day this year with you.',
  },
  early_hours_to: {
    label: 'Hours: counted to',
    head: 'Hours to',
    help: 'The last day counted as day, month and year, such as 03/07/2026.',
  },
  early_hours_offered: {
    label: 'Hours offered in that time',
    head: 'Hours offered',
    help: 'All hours booked for the child between the two days, such as 210.',
  },
  early_hours_attended: {
    label: 'Hours attended in that time',
    head: 'Hours attended',
    help: 'Hours the child was with you between the two days; no attendance codes are needed.',
  },
  ...area('early_communication', 'Communication and language', 'Communication'),
  ...area('early_personal', 'Personal, social and emotional development', 'Personal and social'),
  ...area('early_physical', 'Physical development', 'Physical'),
  ...area('early_literacy', 'Literacy'),
  ...area('early_mathematics', 'Early mathematics'),
  two_year_check: {
    label: 'Has the progress check at age two been made?',
    head: 'Check at age two',
    help: 'Write "does not apply" where the child came to you after their third birthday.',
    options: { done: 'Made', due: 'Still due' },
  },
  two_year_check_on: {
    label: 'When was the check at age two made?',
    head: 'Check at age two: on',
    help: 'Its day as day, month and year, such as 14/03/2026.',
  },
  ...goal('listening', 'listening'),
  ...goal('speaking', 'speaking'),
  ...goal('self_regulation', 'self-regulation'),
  ...goal('managing_self', 'managing self'),
  ...goal('relationships', 'relationships'),
  ...goal('gross_motor', 'gross motor skills'),
  ...goal('fine_motor', 'fine motor skills'),
  ...goal('comprehension', 'comprehension'),
  ...goal('word_reading', 'word reading'),
  ...goal('writing', 'writing'),
  ...goal('number', 'number'),
  ...goal('numerical_patterns', 'numerical patterns'),
  ...goal('past_present', 'past and present'),
  ...goal('people_communities', 'people and cultures'),
  ...goal('natural_world', 'the natural world'),
  ...goal('materials', 'creating with materials'),
  ...goal('imaginative', 'being imaginative'),
  eyfsp_good_level: {
    label: 'Good level of development?',
    head: 'Good level of development',
    help: 'Yes if every goal in the prime areas, literacy and mathematics is expected.',
    options: yesNo,
  },
  reception_applied: {
    label: 'Has a Reception place been applied for?',
    head: 'Reception: applied',
    help: 'Yes if an application was made for the school year after this one.',
    options: yesNo,
  },
  reception_offered: {
    label: 'Has a Reception place been offered?',
    head: 'Reception: offered',
    help: 'Yes if a school has offered a place.',
    options: yesNo,
  },
  reception_school: {
    label: 'Which school offered the Reception place?',
    head: 'Reception: school',
    help: 'The name of the school; no address.',
  },
  early_premium_purpose: {
    label: 'Early years pupil premium: what is it for?',
    head: 'EYPP: what for',
    help: 'What the premium pays for, for this child, up to 200 characters.',
  },
  early_premium_spent: {
    label: 'Early years pupil premium: spent so far',
    head: 'EYPP: spent',
    help: 'Pounds and pence spent of what was paid, such as 120.00.',
  },
}
