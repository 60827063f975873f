import { parseTypedDate } from '../../src/domain/dates.ts'
import { hasUpnCheckLetter, isLaCode, parseUpn } from '../../src/domain/identifiers.ts'
import { itemOf } from '../../src/domain/return/dictionary.ts'
import { schoolNumberKind } from '../../src/domain/school-number.ts'

/** What one cell was read as, or the rule it does not keep. */
export type CellReading =
  | { readonly value: string; readonly warning?: string }
  | { readonly code: string; readonly parameters: Readonly<Record<string, string | number>> }

/** One column of our own roll: its header, whether its cell must be filled, and how the cell is read. */
export type RollColumn = {
  readonly code: string
  readonly filled: boolean
  readonly read: (text: string) => CellReading
}

/** The five files of our own roll. */
export type RollShape = {
  readonly kind: 'school' | 'staff' | 'pupil' | 'place' | 'plan'
  readonly file: string
  /** The headers that tell this file from the others. */
  readonly tells: readonly string[]
  readonly columns: readonly RollColumn[]
  /** The column that may name the same thing only once in a file. */
  readonly key?: string
}

const text =
  (longest: number) =>
  (cell: string): CellReading =>
    cell.length > longest ? { code: 'TEXT_TOO_LONG', parameters: { longest } } : { value: cell }

const shaped =
  (code: string, holds: (cell: string) => boolean) =>
  (cell: string): CellReading =>
    holds(cell) ? { value: cell } : { code, parameters: {} }

const day = (cell: string): CellReading => {
  const date = parseTypedDate(cell)
  return date ? { value: date } : { code: 'DAY_NOT_READ', parameters: {} }
}

/** A cell that a later file or form may take back: the word "none" clears what was said before. */
const orNone =
  (read: RollColumn['read']): RollColumn['read'] =>
  (cell) =>
    cell.toLowerCase() === 'none' ? { value: '' } : read(cell)

const oneOf =
  (...options: readonly string[]) =>
  (cell: string): CellReading => {
    const option = options.find((one) => one.toLowerCase() === cell.toLowerCase().replace(/[\s-]+/g, '_'))
    return option === undefined
      ? { code: 'CODE_NOT_ALLOWED', parameters: { allowed: options.join(', ') } }
      : { value: option }
  }

const upn = (cell: string): CellReading => {
  const read = parseUpn(cell)
  if (!read) return { code: 'UPN_SHAPE', parameters: {} }
  return hasUpnCheckLetter(read) ? { value: read } : { value: read, warning: 'UPN_CHECK_LETTER' }
}

const urn = shaped('URN_SHAPE', (cell) => schoolNumberKind(cell) !== undefined)
const email = (cell: string): CellReading =>
  /^[^\s@<>(),;:"\\]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,8}$/i.test(cell)
    ? { value: cell.toLowerCase() }
    : { code: 'EMAIL_SHAPE', parameters: {} }

const optionsOf = (code: string): readonly string[] => {
  const type = itemOf(code)?.type
  return type?.kind === 'choice' ? type.options : []
}

const must = (code: string, read: RollColumn['read']): RollColumn => ({ code, filled: true, read })
const may = (code: string, read: RollColumn['read']): RollColumn => ({ code, filled: false, read })

const roles = [
  ...['designated_teacher', 'deputy', 'colleague', 'officer', 'data_officer', 'head', 'panel_member', 'finance'],
  ...['auditor', 'administrator', 'social_worker'],
]

const careEnds = ['adopted', 'special_guardianship', 'returned_home', 'turned_18', 'other_council', 'other']

const reference = must('child_reference', text(60))

/** Every file of our own roll and its columns; README.md beside this shows one of each. */
export const rollShapes: readonly RollShape[] = [
  {
    kind: 'school',
    file: 'schools.csv',
    tells: ['urn', 'school_name'],
    key: 'urn',
    columns: [
      must('urn', urn),
      may('previous_urn', urn),
      may('urn_first_day', day),
      must('school_name', text(120)),
      must('phase', text(60)),
      must('la_code', shaped('LA_CODE_SHAPE', isLaCode)),
      must('country', oneOf('England', 'Wales')),
    ],
  },
  {
    kind: 'staff',
    file: 'staff.csv',
    tells: ['email', 'role'],
    columns: [
      must('email', email),
      must('name', text(120)),
      must('role', oneOf(...roles)),
      may('urn', urn),
      may('first_day', day),
      may('last_day', day),
    ],
  },
  {
    kind: 'place',
    file: 'places.csv',
    tells: ['child_reference', 'urn'],
    columns: [
      reference,
      must('urn', urn),
      must('first_day', day),
      may('last_day', day),
      must('enrolment_status', oneOf('C', 'M', 'S', 'G', 'F', 'O')),
      may('confirmed_how', oneOf('call')),
    ],
  },
  {
    kind: 'plan',
    file: 'plans.csv',
    tells: ['child_reference', 'term'],
    columns: [
      reference,
      must(
        'academic_year',
        shaped('YEAR_SHAPE', (cell) => /^20\d\d$/.test(cell)),
      ),
      must('term', oneOf('autumn', 'spring', 'summer')),
      may('due_on', orNone(day)),
      may('held_on', orNone(day)),
      may('submitted_on', orNone(day)),
      may('rating', orNone(text(40))),
      may('rated_on', orNone(day)),
      may('rated_by', orNone(text(120))),
    ],
  },
  {
    kind: 'pupil',
    file: 'pupils.csv',
    tells: ['child_reference'],
    key: 'child_reference',
    columns: [
      reference,
      may('upn', upn),
      may('upn_first_day', day),
      may('surname', text(80)),
      may('forename', text(80)),
      may('date_of_birth', day),
      may('year_group', oneOf(...optionsOf('year_group'))),
      may('sen', oneOf(...optionsOf('sen'))),
      may('care_first_day', day),
      may('care_last_day', day),
      may('care_end_reason', oneOf(...careEnds)),
      may('no_disclose', oneOf('Y', 'N')),
      may('handled_by', email),
      may('social_worker_name', text(120)),
      may('social_worker_email', email),
      may('social_worker_since', day),
      may('plan_held_on', day),
      may('plan_next_by', day),
      may('target_1', text(300)),
      may('target_2', text(300)),
      may('target_3', text(300)),
    ],
  },
]

/**
 * Whether a column's header names what this portal never holds: where a child lives and with whom, earlier and
 * preferred names, why a child is in care, health, family, offences, immigration, ethnicity and religion.
 */
export const isNeverHeld = (code: string): boolean =>
  !/^(social_worker_)?e_?mail(_address)?$/.test(code) && neverHeld.test(`_${code}_`)

const neverHeld = new RegExp(
  `_(${[
    '(home_)?address(es)?(_line)?(_\\d)?|post_?code|street|town|uprn',
    'carers?|foster(er|ing|_carers?)?|placements?|placement_type|lives_with|legal_status|reason_for_care|cin|need_code',
    'phone|telephone|tel|mobile|parents?|mother|father|siblings?|brothers?|sisters?|guardian|contact_arrangements',
    '(former|previous|preferred|birth|known_as|alias)_(sur|last_|family_|fore|first_)?names?|known_as|alias|aka',
    'ethnic(ity|_group|_origin)?|religion|faith|nationality|immigration(_status)?|asylum|uasc|country_of_birth',
    'diagnos[ie]s|medical|health|disability|sdq|nhs(_number|_no)?|offen[cs]es?|youth_justice|child_protection|sexuality',
    'gender_identity|sexual_orientation',
  ].join('|')})_`,
)
