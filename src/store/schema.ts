import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '../domain/dates.ts'

/**
 * How far a column's content may go (reference: threats of a portal about children). C1 organisation and machinery;
 * C2 an education record or who a person is; C3 special category, including that a child is looked after. C4, where a
 * child lives and who cares for them, has no column at all.
 */
export type DataClass = 'C1' | 'C2' | 'C3'

type Column<Value> = { readonly class: DataClass; readonly value?: Value }
const column =
  <Value>() =>
  (dataClass: DataClass): Column<Value> => ({ class: dataClass })

const text = column<string>()
const maybeText = column<string | null>()
const integer = column<number>()
const maybeInteger = column<number | null>()
const day = column<PlainDate>()
const maybeDay = column<PlainDate | null>()
const moment = column<Instant>()
const maybeMoment = column<Instant | null>()
const choice = <Value extends string>(dataClass: DataClass): Column<Value> => ({ class: dataClass })

/** A small integer the store gives: a foreign key inside it, never seen outside. */
const number = column<Generated<number>>()

const fromRow = { import_number: integer('C1'), row_number: integer('C1') }

/** Every table and column of the store with its class. A column of the migrations that is not here fails the check. */
export const tables = {
  must: { ok: integer('C1') },
  store_mark: { name: text('C1'), value: text('C1') },
  virtual_school: { number: number('C1'), id: text('C1'), la_code: text('C1'), name: text('C1'), mailbox: text('C1') },
  school: { number: number('C1'), id: text('C1'), first_urn: text('C1') },
  person: { number: number('C1'), id: text('C1'), email: text('C2'), disabled_at: maybeMoment('C1') },
  pupil: {
    number: number('C3'),
    id: text('C3'),
    virtual_school_number: integer('C3'),
    child_reference: text('C3'),
  },
  delivery: {
    number: number('C1'),
    id: text('C1'),
    connector: text('C1'),
    connector_edition: text('C1'),
    file_edition: text('C1'),
    file_name: text('C2'),
    sha256: text('C1'),
    bytes: integer('C1'),
    file_key: maybeText('C1'),
    kept_sha256: maybeText('C1'),
    delete_on: maybeDay('C1'),
    school_number: maybeInteger('C1'),
    sent_by: maybeInteger('C1'),
    sent_at: moment('C1'),
    via: choice<'page' | 'command' | 'form' | 'seed'>('C1'),
    rows_read: integer('C1'),
  },
  import: {
    number: number('C1'),
    id: text('C1'),
    delivery_number: integer('C1'),
    virtual_school_number: integer('C1'),
    round_number: maybeInteger('C1'),
    school_number: maybeInteger('C1'),
    precedence: integer('C1'),
    state: choice<'staging' | 'staged' | 'published' | 'withdrawn' | 'abandoned'>('C1'),
    publish_order: maybeInteger('C1'),
    published_at: maybeMoment('C1'),
    withdrawn_at: maybeMoment('C1'),
  },
  import_event: {
    import_number: integer('C1'),
    sequence: integer('C1'),
    event: text('C1'),
    at: moment('C1'),
    by_person: maybeInteger('C1'),
    reason: text('C2'),
  },
  import_row: {
    import_number: integer('C1'),
    row_number: integer('C1'),
    state: choice<'ready' | 'held' | 'unmatched' | 'not_asked' | 'set_aside'>('C1'),
    pupil_number: maybeInteger('C3'),
    sheet: maybeText('C1'),
    reference: maybeText('C2'),
    upn_sent: maybeText('C2'),
    upn_cell: maybeText('C1'),
    surname_sent: maybeText('C2'),
    forename_sent: maybeText('C2'),
    born_sent: maybeText('C2'),
    kind: text('C1'),
    reason: maybeText('C2'),
    decided_by: maybeInteger('C1'),
    decided_at: maybeMoment('C1'),
  },
  finding: {
    ...fromRow,
    ordinal: integer('C1'),
    code: text('C1'),
    severity: choice<'error' | 'warning'>('C1'),
    item: maybeText('C1'),
    sheet: maybeText('C1'),
    cell: maybeText('C1'),
    line: maybeInteger('C1'),
    path: maybeText('C1'),
    parameters: text('C2'),
    accepted_by: maybeInteger('C1'),
  },
  answer_fact: {
    ...fromRow,
    item: text('C1'),
    round_number: integer('C1'),
    pupil_number: maybeInteger('C3'),
    school_number: integer('C1'),
    state: text('C3'),
    value: text('C3'),
    raw: text('C3'),
    sheet: maybeText('C1'),
    cell: maybeText('C1'),
    line: maybeInteger('C1'),
    mended_from: maybeText('C3'),
    mended_by: maybeInteger('C1'),
    mended_at: maybeMoment('C1'),
  },
  answer: {
    round_number: integer('C1'),
    pupil_number: integer('C3'),
    school_number: integer('C1'),
    item: text('C1'),
    state: text('C3'),
    value: text('C3'),
    ...fromRow,
  },
  school_detail_fact: {
    ...fromRow,
    school_number: integer('C1'),
    name: maybeText('C1'),
    phase: maybeText('C1'),
    la_code: maybeText('C1'),
    country: maybeText('C1'),
  },
  school_detail: {
    school_number: integer('C1'),
    name: maybeText('C1'),
    phase: maybeText('C1'),
    la_code: maybeText('C1'),
    country: maybeText('C1'),
    ...fromRow,
  },
  school_urn_fact: {
    ...fromRow,
    school_number: integer('C1'),
    urn: text('C1'),
    first_day: maybeDay('C1'),
    last_day: maybeDay('C1'),
  },
  school_urn: {
    school_number: integer('C1'),
    urn: text('C1'),
    first_day: maybeDay('C1'),
    last_day: maybeDay('C1'),
    ...fromRow,
  },
  appointment_fact: {
    ...fromRow,
    person_number: integer('C1'),
    school_number: integer('C1'),
    virtual_school_number: integer('C1'),
    role: text('C1'),
    name: maybeText('C2'),
    first_day: maybeDay('C1'),
    last_day: maybeDay('C1'),
  },
  appointment: {
    person_number: integer('C1'),
    school_number: integer('C1'),
    virtual_school_number: integer('C1'),
    role: text('C1'),
    name: maybeText('C2'),
    first_day: maybeDay('C1'),
    last_day: maybeDay('C1'),
    ...fromRow,
  },
  pupil_detail_fact: { ...fromRow, pupil_number: integer('C3'), attribute: text('C1'), value: text('C3') },
  pupil_detail: { pupil_number: integer('C3'), attribute: text('C1'), value: text('C3'), ...fromRow },
  pupil_identifier_fact: {
    ...fromRow,
    pupil_number: integer('C3'),
    kind: text('C1'),
    value: text('C2'),
    first_day: maybeDay('C2'),
    last_day: maybeDay('C2'),
  },
  pupil_identifier: {
    pupil_number: integer('C3'),
    kind: text('C1'),
    value: text('C2'),
    first_day: maybeDay('C2'),
    last_day: maybeDay('C2'),
    ...fromRow,
  },
  care_period_fact: {
    ...fromRow,
    pupil_number: integer('C3'),
    first_day: day('C3'),
    last_day: maybeDay('C3'),
    end_reason: maybeText('C3'),
  },
  care_period: {
    pupil_number: integer('C3'),
    first_day: day('C3'),
    last_day: maybeDay('C3'),
    end_reason: maybeText('C3'),
    ...fromRow,
  },
  place_fact: {
    ...fromRow,
    pupil_number: integer('C3'),
    school_number: integer('C3'),
    first_day: day('C3'),
    last_day: maybeDay('C3'),
    enrolment_status: maybeText('C2'),
    confirmed_how: maybeText('C1'),
  },
  place: {
    pupil_number: integer('C3'),
    school_number: integer('C3'),
    first_day: day('C3'),
    last_day: maybeDay('C3'),
    enrolment_status: maybeText('C2'),
    ...fromRow,
  },
  place_confirmation: {
    pupil_number: integer('C3'),
    school_number: integer('C3'),
    first_day: day('C3'),
    how: choice<'keyed_upn' | 'keyed_name' | 'call' | 'second_source'>('C1'),
    at: moment('C1'),
    by_person: maybeInteger('C1'),
  },
  pupil_guard: {
    pupil_number: integer('C3'),
    kind: choice<'sealed' | 'no_disclose'>('C3'),
    at: moment('C1'),
    by_person: maybeInteger('C1'),
    reason: text('C3'),
  },
  place_denial: {
    school_number: integer('C1'),
    virtual_school_number: integer('C1'),
    at: moment('C1'),
    by_person: integer('C1'),
  },
  blind_try: { school_number: integer('C1'), at: moment('C1'), ordinal: text('C1'), by_person: integer('C1') },
  round: {
    number: number('C1'),
    id: text('C1'),
    virtual_school_number: integer('C1'),
    academic_year: integer('C1'),
    term: choice<'autumn' | 'spring' | 'summer'>('C1'),
    as_at: day('C1'),
    cut_off: day('C1'),
    cut_off_rule: text('C1'),
    opened_at: moment('C1'),
    opened_by: maybeInteger('C1'),
    closed_at: maybeMoment('C1'),
  },
  item_overlay: {
    virtual_school_number: integer('C1'),
    item: text('C1'),
    term: choice<'' | 'autumn' | 'spring' | 'summer'>('C1'),
    setting: choice<'on' | 'off' | 'optional' | 'required'>('C1'),
  },
  round_item: {
    round_number: integer('C1'),
    item: text('C1'),
    setting: choice<'on' | 'off' | 'optional' | 'required'>('C1'),
  },
  row_reference: {
    reference: text('C2'),
    round_number: integer('C1'),
    pupil_number: integer('C3'),
    school_number: integer('C1'),
  },
  return_opened: {
    round_number: integer('C1'),
    school_number: integer('C1'),
    at: moment('C1'),
    by_person: maybeInteger('C1'),
  },
  submission: {
    round_number: integer('C1'),
    school_number: integer('C1'),
    version: integer('C1'),
    import_number: integer('C1'),
    receipt: text('C1'),
    at: moment('C1'),
    by_person: maybeInteger('C1'),
    pupils: integer('C1'),
    answers: integer('C1'),
  },
  draft_answer: {
    round_number: integer('C1'),
    pupil_number: integer('C3'),
    school_number: integer('C1'),
    item: text('C1'),
    version: integer('C1'),
    raw: text('C3'),
    saved_by: maybeInteger('C1'),
    saved_at: moment('C1'),
    sent_in: maybeInteger('C1'),
  },
  return_handover: {
    school_number: integer('C1'),
    at: moment('C1'),
    to_person: integer('C1'),
    by_person: integer('C1'),
  },
  outbox: {
    id: text('C1'),
    to_address: text('C2'),
    subject: text('C1'),
    text: text('C2'),
    created_at: moment('C1'),
    sent_at: maybeMoment('C1'),
  },
  outbox_attempt: { outbox_id: text('C1'), attempt: integer('C1'), at: moment('C1') },
  sign_in_code: {
    id: text('C1'),
    person_number: maybeInteger('C1'),
    email_hash: text('C2'),
    browser_hash: text('C1'),
    code_hash: text('C1'),
    created_at: moment('C1'),
    expires_at: moment('C1'),
    used_at: maybeMoment('C1'),
  },
  sign_in_try: { code_id: text('C1'), ordinal: integer('C1'), at: moment('C1') },
  session: {
    token_hash: text('C1'),
    id: text('C1'),
    person_number: integer('C1'),
    part: text('C1'),
    trusted: integer('C1'),
    created_at: moment('C1'),
    seen_at: moment('C1'),
    expires_at: moment('C1'),
    ended_at: maybeMoment('C1'),
  },
  audit: {
    number: number('C1'),
    at: moment('C1'),
    person_number: maybeInteger('C1'),
    part: text('C1'),
    action: text('C1'),
    pupil_number: maybeInteger('C3'),
    virtual_school_number: maybeInteger('C1'),
    subject: text('C1'),
    purpose: text('C2'),
  },
} as const

type Tables = typeof tables
type ValueOf<Kind> = Kind extends Column<infer Value> ? Value : never

/** The store's tables as Kysely sees them; rows keep their snake_case names inside `store/`. */
export type Schema = {
  [Table in keyof Tables]: { [Name in keyof Tables[Table]]: ValueOf<Tables[Table][Name]> }
}
