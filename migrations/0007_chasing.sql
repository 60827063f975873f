-- A date for one school in one round: later than the others' (extended), or open again after the round closed (reopened,
-- to the end of that day). Each keeps its reason; the key meets two people who set one at once.
create table round_date (
  round_number  integer not null references round (number),
  school_number integer not null references school (number),
  sequence      integer not null check (sequence > 0),
  kind          text not null check (kind in ('extended', 'reopened')),
  day           text not null,
  reason        text not null,
  at            text not null,
  by_person     integer references person (number),
  primary key (round_number, school_number, sequence)
) strict, without rowid;

-- A call, visit, meeting or e-mail with a school, as one virtual school keeps it. Nothing here names a child.
create table school_contact (
  number                integer primary key,
  id                    text not null unique,
  virtual_school_number integer not null references virtual_school (number),
  school_number         integer not null references school (number),
  kind                  text not null check (kind in ('call', 'visit', 'meeting', 'email')),
  day                   text not null,
  minutes               integer check (minutes between 0 and 600),
  with_whom             text not null,
  said                  text not null,
  outcome               text not null check (outcome in
    ('spoke', 'will_send', 'needs_help', 'wrong_person', 'message', 'no_answer')),
  at                    text not null,
  by_person             integer not null references person (number)
) strict;
create index school_contact_by_school on school_contact (virtual_school_number, school_number);

-- What was agreed to be done next, by whom and by when; and, once, that it is done.
create table contact_action (
  contact_number integer primary key references school_contact (number),
  what           text not null,
  owner_person   integer not null references person (number),
  due            text not null
) strict;
create table contact_action_done (
  contact_number integer primary key references contact_action (contact_number),
  at             text not null,
  by_person      integer not null references person (number)
) strict;

-- Each reminder to a school counts up in its week: the key is what keeps two people from sending the same one.
create table reminder (
  virtual_school_number integer not null references virtual_school (number),
  school_number         integer not null references school (number),
  week                  text not null,
  ordinal               integer not null check (ordinal > 0),
  recipients            integer not null,
  at                    text not null,
  by_person             integer references person (number),
  primary key (virtual_school_number, school_number, week, ordinal)
) strict, without rowid;

-- Somebody of the virtual school found on a day that the school's contacts are right.
create table contact_check (
  virtual_school_number integer not null references virtual_school (number),
  school_number         integer not null references school (number),
  day                   text not null,
  at                    text not null,
  by_person             integer not null references person (number),
  primary key (virtual_school_number, school_number, day)
) strict, without rowid;

-- How a virtual school reminds: the newest version counts, the earlier ones say since when.
create table reminder_setting (
  virtual_school_number integer not null references virtual_school (number),
  version               integer not null check (version > 0),
  a_week                integer not null check (a_week between 0 and 5),
  days_before           integer not null check (days_before between 0 and 10),
  reason                text not null,
  at                    text not null,
  by_person             integer references person (number),
  primary key (virtual_school_number, version)
) strict, without rowid;
