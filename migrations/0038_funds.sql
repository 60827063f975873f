-- Pupil Premium Plus and the other funds of a virtual school. Decisions, movements and payments are people's: no
-- withdrawal of a file removes any of them, and none is ever changed. Money is whole pence.

-- What a council has settled about its money, from a day on: limits, gate, excluded purposes, payment model, move rule.
create table funding_rules (
  virtual_school_number integer not null references virtual_school (number),
  valid_from            text not null,
  version               integer not null check (version > 0),
  rules                 text not null check (json_valid(rules)),
  source                text not null,
  at                    text not null,
  by_person             integer references person (number),
  primary key (virtual_school_number, valid_from, version)
) strict, without rowid;

-- What a council is given for a year, as it is known: provisional, then final. Each is the whole amount.
create table allocation (
  virtual_school_number integer not null references virtual_school (number),
  fund                  text not null,
  year                  integer not null,
  sequence              integer not null check (sequence > 0),
  standing              text not null check (standing in ('provisional', 'final')),
  amount                integer not null check (amount >= 0),
  -- What the fund gives for a child or an hour, and for how many; null where it is not by head.
  rate                  integer check (rate > 0),
  heads                 integer check (heads >= 0),
  source                text not null,
  at                    text not null,
  by_person             integer references person (number),
  primary key (virtual_school_number, fund, year, sequence)
) strict, without rowid;

-- Who is paid: apart from the school, for a trust, a college or a tutor may be. No bank details have a column.
create table payee (
  number                integer primary key,
  id                    text not null unique,
  virtual_school_number integer not null references virtual_school (number),
  name                  text not null,
  route                 text not null check (route in ('journal', 'bacs', 'invoice', 'direct')),
  -- Empty until finance has set the supplier up.
  supplier_reference    text not null,
  cost_code             text not null,
  school_number         integer references school (number),
  at                    text not null,
  by_person             integer references person (number),
  unique (virtual_school_number, school_number)
) strict;

-- A request for money, for one child or for a project of several. What was typed is kept as it was typed.
create table application (
  number                integer primary key,
  id                    text not null unique,
  -- Said to people; it holds no name: council, year, a running number. Given when it is sent.
  reference             text unique,
  virtual_school_number integer not null references virtual_school (number),
  school_number         integer not null references school (number),
  fund                  text not null,
  kind                  text not null check (kind in ('child', 'project')),
  state                 text not null check (state in
    ('draft', 'waiting', 'question', 'second', 'approved', 'declined', 'withdrawn')),
  -- How many events it has: each change names the one it follows.
  events                integer not null,
  typed                 text not null check (json_valid(typed)),
  intervention          text not null,
  asked                 integer not null check (asked >= 0),
  agreed                integer check (agreed > 0),
  urgent                integer not null check (urgent in (0, 1)),
  -- The financial year it was agreed from; null before.
  year                  integer,
  sent_at               text,
  decided_at            text,
  made_at               text not null,
  made_by               integer references person (number),
  check ((state = 'approved') <= (agreed is not null and year is not null))
) strict;
create index application_by_school on application (school_number);
create index application_by_council on application (virtual_school_number, state);

create table application_pupil (
  application_number integer not null references application (number),
  pupil_number       integer not null references pupil (number),
  primary key (application_number, pupil_number)
) strict, without rowid;
create index application_pupil_by_pupil on application_pupil (pupil_number);

-- Each thing that happened to an application; the key decides who was first.
create table application_event (
  application_number integer not null references application (number),
  sequence           integer not null check (sequence > 0),
  event              text not null check (event in
    ('sent', 'asked', 'answered', 'deferred', 'seconded', 'approved', 'declined', 'withdrawn', 'review_asked',
     'undone', 'gate_passed', 'used', 'told')),
  at                 text not null,
  by_person          integer references person (number),
  -- What the school is told; and what stays among those who decide.
  said               text not null,
  note               text not null,
  amount             integer,
  day                text,
  primary key (application_number, sequence)
) strict, without rowid;
create trigger application_event_is_not_changed before update on application_event begin select raise(abort, 'events are never changed'); end;
create trigger application_event_is_not_removed before delete on application_event begin select raise(abort, 'events are never removed'); end;

-- Who may not decide on an application, by their own word.
create table application_conflict (
  application_number integer not null references application (number),
  person_number      integer not null references person (number),
  at                 text not null,
  said               text not null,
  primary key (application_number, person_number)
) strict, without rowid;

-- A panel's meeting and what is on its agenda, in order.
create table panel_meeting (
  number                integer primary key,
  id                    text not null unique,
  virtual_school_number integer not null references virtual_school (number),
  day                   text not null,
  at                    text not null,
  by_person             integer references person (number),
  unique (virtual_school_number, day)
) strict;
create table panel_item (
  meeting_number     integer not null references panel_meeting (number),
  application_number integer not null references application (number),
  at                 text not null,
  primary key (meeting_number, application_number)
) strict, without rowid;
create index panel_item_by_application on panel_item (application_number);

-- A file that approves several payments by entitlement at once: made for a term, approved by a person.
create table pay_run (
  number                integer primary key,
  id                    text not null unique,
  virtual_school_number integer not null references virtual_school (number),
  fund                  text not null,
  year                  integer not null,
  academic_year         integer not null,
  term                  text not null check (term in ('autumn', 'spring', 'summer')),
  run_on                text not null,
  state                 text not null check (state in ('proposed', 'approved', 'dropped')),
  rules_from            text not null,
  rules_version         integer not null,
  made_at               text not null,
  made_by               integer references person (number),
  settled_at            text,
  settled_by            integer references person (number)
) strict;
create index pay_run_by_council on pay_run (virtual_school_number);
create table pay_run_line (
  pay_run_number integer not null references pay_run (number),
  pupil_number   integer not null references pupil (number),
  part           text not null,
  school_number  integer references school (number),
  -- The term it is for: a plan of the term before may pay in this one.
  academic_year  integer not null,
  term           text not null check (term in ('autumn', 'spring', 'summer')),
  -- Nothing, with why, or an amount.
  amount         integer not null check (amount >= 0),
  why            text,
  primary key (pay_run_number, pupil_number, part),
  check ((amount > 0) = (why is null))
) strict, without rowid;

create table payment (
  number                integer primary key,
  id                    text not null unique,
  -- A remittance reference that a bursar can look up: it holds no name.
  reference             text not null unique,
  virtual_school_number integer not null references virtual_school (number),
  fund                  text not null,
  year                  integer not null,
  school_number         integer not null references school (number),
  payee_number          integer not null references payee (number),
  amount                integer not null check (amount > 0),
  application_number    integer references application (number),
  pay_run_number        integer references pay_run (number),
  pupil_number          integer references pupil (number),
  part                  text,
  academic_year         integer,
  term                  text,
  state                 text not null check (state in ('approved', 'with_finance', 'paid', 'cancelled')),
  events                integer not null,
  due_on                text not null,
  at                    text not null,
  by_person             integer references person (number),
  check ((application_number is null) <> (pay_run_number is null)),
  check ((pay_run_number is null) or (pupil_number is not null and part is not null and academic_year is not null))
) strict;
create index payment_by_council on payment (virtual_school_number, state);
create index payment_by_school on payment (school_number);
-- Nobody is paid twice for the same: an application once, a part of a model, once a child and term.
create unique index payment_of_application on payment (application_number)
  where application_number is not null and state <> 'cancelled';
create unique index payment_of_entitlement on payment (pupil_number, fund, part, academic_year, term)
  where pay_run_number is not null and state <> 'cancelled';

create table payment_event (
  payment_number integer not null references payment (number),
  sequence       integer not null check (sequence > 0),
  event          text not null check (event in ('sent_to_finance', 'paid', 'returned', 'cancelled')),
  at             text not null,
  by_person      integer references person (number),
  amount         integer,
  day            text,
  note           text not null,
  primary key (payment_number, sequence)
) strict, without rowid;
create unique index payment_once_paid on payment_event (payment_number) where event = 'paid';
create trigger payment_event_is_not_changed before update on payment_event begin select raise(abort, 'events are never changed'); end;
create trigger payment_event_is_not_removed before delete on payment_event begin select raise(abort, 'events are never removed'); end;

-- The ledger: every movement leaves one pot and enters another, so that it balances. It is only ever added to.
create table movement (
  number                integer primary key,
  virtual_school_number integer not null references virtual_school (number),
  fund                  text not null,
  year                  integer not null,
  pupil_number          integer references pupil (number),
  from_pot              text not null,
  to_pot                text not null,
  amount                integer not null check (amount > 0),
  cause                 text not null,
  application_number    integer references application (number),
  payment_number        integer references payment (number),
  at                    text not null,
  by_person             integer references person (number),
  check (from_pot <> to_pot)
) strict;
create index movement_by_fund on movement (virtual_school_number, fund, year);
create index movement_by_application on movement (application_number) where application_number is not null;
create index movement_by_payment on movement (payment_number) where payment_number is not null;
create trigger movement_is_not_changed before update on movement begin select raise(abort, 'movements are never changed'); end;
create trigger movement_is_not_removed before delete on movement begin select raise(abort, 'movements are never removed'); end;

-- What stands in each pot: the sum of the movements, kept as they are written and recounted by `vsx verify`.
create table pot_balance (
  virtual_school_number integer not null,
  fund                  text not null,
  year                  integer not null,
  pot                   text not null,
  amount                integer not null,
  primary key (virtual_school_number, fund, year, pot)
) strict, without rowid;
create trigger movement_moves after insert on movement begin insert into pot_balance (virtual_school_number, fund, year, pot, amount) values (new.virtual_school_number, new.fund, new.year, new.from_pot, -new.amount) on conflict do update set amount = amount + excluded.amount; insert into pot_balance (virtual_school_number, fund, year, pot, amount) values (new.virtual_school_number, new.fund, new.year, new.to_pot, new.amount) on conflict do update set amount = amount + excluded.amount; end;

-- How money was used: what the school says of one application or payment, newest last.
create table use_report (
  number             integer primary key,
  id                 text not null unique,
  application_number integer references application (number),
  payment_number     integer references payment (number),
  sequence           integer not null check (sequence > 0),
  spent              integer not null check (spent >= 0),
  hours_given        integer check (hours_given >= 0),
  outcome            text not null check (outcome in ('met', 'partly', 'not_met', 'too_early')),
  measured           text not null,
  said               text not null,
  at                 text not null,
  by_person          integer references person (number),
  check ((application_number is null) <> (payment_number is null)),
  unique (application_number, payment_number, sequence)
) strict;
create index use_report_by_payment on use_report (payment_number);

-- Finance's file of what was paid, line by line, for the close of a quarter.
create table paid_file (
  number                integer primary key,
  id                    text not null unique,
  virtual_school_number integer not null references virtual_school (number),
  file_name             text not null,
  sha256                text not null,
  at                    text not null,
  by_person             integer references person (number),
  unique (virtual_school_number, sha256)
) strict;
create table paid_file_line (
  paid_file_number integer not null references paid_file (number),
  line             integer not null,
  reference        text not null,
  amount           integer,
  day              text,
  result           text not null check (result in ('matched', 'paid_before', 'differs', 'unknown', 'not_read', 'not_sent')),
  primary key (paid_file_number, line)
) strict, without rowid;
create table funding_close (
  virtual_school_number integer not null references virtual_school (number),
  fund                  text not null,
  year                  integer not null,
  quarter               integer not null check (quarter between 1 and 4),
  sequence              integer not null check (sequence > 0),
  balances              text not null check (json_valid(balances)),
  said                  text not null,
  at                    text not null,
  by_person             integer references person (number),
  primary key (virtual_school_number, fund, year, quarter, sequence)
) strict, without rowid;
