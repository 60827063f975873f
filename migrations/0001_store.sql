-- The first shape of the store: the same file for better-sqlite3 and D1. Forward only.
-- `number` columns are foreign keys inside the store and never leave it; `id` columns are the public identifiers.

-- An assertion that must hold for a list of writes to happen: inserting anything but 1 undoes the whole list.
create table must (ok integer not null check (ok = 1)) strict;
create trigger must_is_empty after insert on must begin delete from must; end;

-- What kind of store this is ('demo' is set at creation, and only then).
create table store_mark (name text primary key, value text not null) strict;

create table virtual_school (
  number  integer primary key,
  id      text not null unique,
  la_code text not null unique check (length(la_code) = 3),
  name    text not null,
  mailbox text not null
) strict;

create table school (
  number    integer primary key,
  id        text not null unique,
  -- The URN it was first known by: only an anchor, so that two files name one continuing school.
  first_urn text not null unique
) strict;

create table person (
  number      integer primary key,
  id          text not null unique,
  email       text not null unique check (email = lower(email)),
  disabled_at text
) strict;

-- A pupil row belongs to one virtual school for ever.
create table pupil (
  number                integer primary key,
  id                    text not null unique,
  virtual_school_number integer not null references virtual_school (number),
  child_reference       text not null,
  unique (virtual_school_number, child_reference)
) strict;

-- One file as it came, from one sender. It may hold rows for several virtual schools; each gets an import of its own.
create table delivery (
  number           integer primary key,
  id               text not null unique,
  connector        text not null,
  connector_edition text not null,
  file_edition     text not null,
  file_name        text not null,
  sha256           text not null,
  bytes            integer not null,
  file_key         text,
  kept_sha256      text,
  delete_on        text,
  school_number    integer references school (number),
  sent_by          integer references person (number),
  sent_at          text not null,
  via              text not null check (via in ('page', 'command', 'form', 'seed')),
  rows_read        integer not null
) strict;
create index delivery_by_hash on delivery (sha256);
create index delivery_by_school on delivery (school_number);

create table import (
  number                integer primary key,
  id                    text not null unique,
  delivery_number       integer not null references delivery (number),
  virtual_school_number integer not null references virtual_school (number),
  round_number          integer references round (number),
  school_number         integer references school (number),
  precedence            integer not null,
  state                 text not null check (state in ('staging', 'staged', 'published', 'withdrawn', 'abandoned')),
  publish_order         integer unique,
  published_at          text,
  withdrawn_at          text
) strict;
create index import_by_delivery on import (delivery_number);
create index import_by_virtual_school on import (virtual_school_number);

-- Each change of an import's state; the key decides who was first.
create table import_event (
  import_number integer not null references import (number),
  sequence      integer not null,
  event         text not null,
  at            text not null,
  by_person     integer references person (number),
  reason        text not null,
  primary key (import_number, sequence)
) strict, without rowid;

create table import_row (
  import_number integer not null references import (number),
  row_number    integer not null,
  state         text not null check (state in ('ready', 'held', 'unmatched', 'not_asked', 'set_aside')),
  pupil_number  integer references pupil (number),
  sheet         text,
  reference     text,
  upn_sent      text,
  upn_cell      text,
  surname_sent  text,
  forename_sent text,
  born_sent     text,
  kind          text not null,
  reason        text,
  decided_by    integer references person (number),
  decided_at    text,
  primary key (import_number, row_number)
) strict, without rowid;
create index import_row_by_state on import_row (state) where state in ('unmatched', 'held');

create table finding (
  import_number integer not null references import (number),
  row_number    integer not null,
  ordinal       integer not null,
  code          text not null,
  severity      text not null check (severity in ('error', 'warning')),
  item          text,
  sheet         text,
  cell          text,
  line          integer,
  path          text,
  parameters    text not null,
  accepted_by   integer references person (number),
  primary key (import_number, row_number, ordinal)
) strict, without rowid;

-- Facts: what each file said, kept for ever; below each, the current winners that reads use.
create table answer_fact (
  import_number integer not null references import (number),
  row_number    integer not null,
  item          text not null,
  round_number  integer not null references round (number),
  pupil_number  integer references pupil (number),
  school_number integer not null references school (number),
  state         text not null,
  value         text not null,
  raw           text not null,
  sheet         text,
  cell          text,
  line          integer,
  mended_from   text,
  mended_by     integer references person (number),
  mended_at     text,
  primary key (import_number, row_number, item)
) strict, without rowid;
create index answer_fact_by_key on answer_fact (pupil_number, round_number, school_number, item);

create table answer (
  round_number  integer not null,
  pupil_number  integer not null,
  school_number integer not null,
  item          text not null,
  state         text not null,
  value         text not null,
  import_number integer not null,
  row_number    integer not null,
  primary key (round_number, pupil_number, school_number, item)
) strict, without rowid;
create index answer_by_pupil on answer (pupil_number);

create table school_detail_fact (
  import_number integer not null references import (number),
  row_number    integer not null,
  school_number integer not null references school (number),
  name          text,
  phase         text,
  la_code       text,
  country       text,
  primary key (import_number, row_number)
) strict, without rowid;
create index school_detail_fact_by_key on school_detail_fact (school_number);
create table school_detail (
  school_number integer primary key,
  name          text,
  phase         text,
  la_code       text,
  country       text,
  import_number integer not null,
  row_number    integer not null
) strict;

create table school_urn_fact (
  import_number integer not null references import (number),
  row_number    integer not null,
  school_number integer not null references school (number),
  urn           text not null,
  first_day     text,
  last_day      text,
  primary key (import_number, row_number, urn)
) strict, without rowid;
create index school_urn_fact_by_key on school_urn_fact (school_number, urn);
create index school_urn_fact_by_urn on school_urn_fact (urn);
create table school_urn (
  school_number integer not null,
  urn           text not null,
  first_day     text,
  last_day      text,
  import_number integer not null,
  row_number    integer not null,
  primary key (school_number, urn)
) strict, without rowid;
create index school_urn_by_urn on school_urn (urn);

-- A person's part, in a school (as one virtual school vouches for it) or in a virtual school (school_number 0).
create table appointment_fact (
  import_number         integer not null references import (number),
  row_number            integer not null,
  person_number         integer not null references person (number),
  school_number         integer not null,
  virtual_school_number integer not null references virtual_school (number),
  role                  text not null,
  name                  text,
  first_day             text,
  last_day              text,
  primary key (import_number, row_number)
) strict, without rowid;
create index appointment_fact_by_key on appointment_fact (person_number, school_number, virtual_school_number, role);
create table appointment (
  person_number         integer not null,
  school_number         integer not null,
  virtual_school_number integer not null,
  role                  text not null,
  name                  text,
  first_day             text,
  last_day              text,
  import_number         integer not null,
  row_number            integer not null,
  primary key (person_number, school_number, virtual_school_number, role)
) strict, without rowid;
create index appointment_by_school on appointment (school_number);

create table pupil_detail_fact (
  import_number integer not null references import (number),
  row_number    integer not null,
  pupil_number  integer not null references pupil (number),
  attribute     text not null,
  value         text not null,
  primary key (import_number, row_number, attribute)
) strict, without rowid;
create index pupil_detail_fact_by_key on pupil_detail_fact (pupil_number, attribute);
create table pupil_detail (
  pupil_number  integer not null,
  attribute     text not null,
  value         text not null,
  import_number integer not null,
  row_number    integer not null,
  primary key (pupil_number, attribute)
) strict, without rowid;

create table pupil_identifier_fact (
  import_number integer not null references import (number),
  row_number    integer not null,
  pupil_number  integer not null references pupil (number),
  kind          text not null,
  value         text not null,
  first_day     text,
  last_day      text,
  primary key (import_number, row_number, kind)
) strict, without rowid;
create index pupil_identifier_fact_by_key on pupil_identifier_fact (pupil_number, kind, value);
create table pupil_identifier (
  pupil_number  integer not null,
  kind          text not null,
  value         text not null,
  first_day     text,
  last_day      text,
  import_number integer not null,
  row_number    integer not null,
  primary key (pupil_number, kind, value)
) strict, without rowid;
create index pupil_identifier_by_value on pupil_identifier (kind, value);

create table care_period_fact (
  import_number integer not null references import (number),
  row_number    integer not null,
  pupil_number  integer not null references pupil (number),
  first_day     text not null,
  last_day      text,
  end_reason    text,
  primary key (import_number, row_number)
) strict, without rowid;
create index care_period_fact_by_key on care_period_fact (pupil_number, first_day);
create table care_period (
  pupil_number  integer not null,
  first_day     text not null,
  last_day      text,
  end_reason    text,
  import_number integer not null,
  row_number    integer not null,
  primary key (pupil_number, first_day)
) strict, without rowid;

create table place_fact (
  import_number    integer not null references import (number),
  row_number       integer not null,
  pupil_number     integer not null references pupil (number),
  school_number    integer not null references school (number),
  first_day        text not null,
  last_day         text,
  enrolment_status text,
  confirmed_how    text,
  primary key (import_number, row_number)
) strict, without rowid;
create index place_fact_by_key on place_fact (pupil_number, school_number, first_day);
create table place (
  pupil_number     integer not null,
  school_number    integer not null,
  first_day        text not null,
  last_day         text,
  enrolment_status text,
  import_number    integer not null,
  row_number       integer not null,
  primary key (pupil_number, school_number, first_day)
) strict, without rowid;
create index place_by_school on place (school_number);

-- People's decisions: a withdrawal never removes them.
create table place_confirmation (
  pupil_number  integer not null references pupil (number),
  school_number integer not null references school (number),
  first_day     text not null,
  how           text not null check (how in ('keyed_upn', 'keyed_name', 'call', 'second_source')),
  at            text not null,
  by_person     integer references person (number),
  primary key (pupil_number, school_number, first_day)
) strict, without rowid;

create table pupil_guard (
  pupil_number integer not null references pupil (number),
  kind         text not null check (kind in ('sealed', 'no_disclose')),
  at           text not null,
  by_person    integer references person (number),
  reason       text not null,
  primary key (pupil_number, kind)
) strict, without rowid;

-- A school says that none of its children is the one a virtual school believes it has.
create table place_denial (
  school_number         integer not null references school (number),
  virtual_school_number integer not null references virtual_school (number),
  at                    text not null,
  by_person             integer not null references person (number),
  primary key (school_number, virtual_school_number, at)
) strict, without rowid;

-- Each press of a blind confirmation, right or wrong: guessing is limited by counting them.
create table blind_try (
  school_number integer not null references school (number),
  at            text not null,
  ordinal       text not null,
  by_person     integer not null references person (number),
  primary key (school_number, at, ordinal)
) strict, without rowid;

create table round (
  number                integer primary key,
  id                    text not null unique,
  virtual_school_number integer not null references virtual_school (number),
  academic_year         integer not null,
  term                  text not null check (term in ('autumn', 'spring', 'summer')),
  as_at                 text not null,
  cut_off               text not null,
  cut_off_rule          text not null,
  opened_at             text not null,
  opened_by             integer references person (number),
  closed_at             text,
  unique (virtual_school_number, academic_year, term)
) strict;

-- A council's own choice among the items: for every term (term '') or for one.
create table item_overlay (
  virtual_school_number integer not null references virtual_school (number),
  item                  text not null,
  term                  text not null check (term in ('', 'autumn', 'spring', 'summer')),
  setting               text not null check (setting in ('on', 'off', 'optional', 'required')),
  primary key (virtual_school_number, item, term)
) strict, without rowid;

-- The overlay as it stood when the round was opened: a later change never moves an open round.
create table round_item (
  round_number integer not null references round (number),
  item         text not null,
  setting      text not null check (setting in ('on', 'off', 'optional', 'required')),
  primary key (round_number, item)
) strict, without rowid;

create table row_reference (
  reference     text primary key,
  round_number  integer not null references round (number),
  pupil_number  integer not null references pupil (number),
  school_number integer not null references school (number),
  unique (round_number, school_number, pupil_number)
) strict, without rowid;

-- When a school first opened a round's return (workbook, CSV or page).
create table return_opened (
  round_number  integer not null references round (number),
  school_number integer not null references school (number),
  at            text not null,
  by_person     integer references person (number),
  primary key (round_number, school_number)
) strict, without rowid;

create table submission (
  round_number  integer not null references round (number),
  school_number integer not null references school (number),
  version       integer not null,
  import_number integer not null unique references import (number),
  receipt       text not null unique,
  at            text not null,
  by_person     integer references person (number),
  pupils        integer not null,
  answers       integer not null,
  primary key (round_number, school_number, version)
) strict, without rowid;

create table outbox (
  id         text primary key,
  to_address text not null,
  subject    text not null,
  text       text not null,
  created_at text not null,
  sent_at    text
) strict, without rowid;
create index outbox_waiting on outbox (created_at) where sent_at is null;
create table outbox_attempt (
  outbox_id text not null references outbox (id),
  attempt   integer not null,
  at        text not null,
  primary key (outbox_id, attempt)
) strict, without rowid;

create table sign_in_code (
  id            text primary key,
  person_number integer references person (number),
  email_hash    text not null,
  browser_hash  text not null,
  code_hash     text not null,
  created_at    text not null,
  expires_at    text not null,
  used_at       text
) strict, without rowid;
create index sign_in_code_by_email on sign_in_code (email_hash, created_at);
create table sign_in_try (
  code_id text not null references sign_in_code (id),
  ordinal integer not null check (ordinal between 1 and 5),
  at      text not null,
  primary key (code_id, ordinal)
) strict, without rowid;

create table session (
  token_hash    text primary key,
  id            text not null unique,
  person_number integer not null references person (number),
  part          text not null,
  trusted       integer not null check (trusted in (0, 1)),
  created_at    text not null,
  seen_at       text not null,
  expires_at    text not null,
  ended_at      text
) strict, without rowid;
create index session_by_person on session (person_number);

create table audit (
  number                integer primary key,
  at                    text not null,
  person_number         integer,
  part                  text not null,
  action                text not null,
  pupil_number          integer,
  virtual_school_number integer,
  subject               text not null,
  purpose               text not null
) strict;
create index audit_by_pupil on audit (pupil_number);
create trigger audit_is_not_changed before update on audit begin select raise(abort, 'audit rows are never changed'); end;
create trigger audit_is_not_removed before delete on audit begin select raise(abort, 'audit rows are never removed'); end;
