-- The national registers of schools as they were published: a reference beside the schools that anybody here works
-- with. An establishment becomes a school of ours when a child, a person or an officer needs it.
create table register_establishment_fact (
  import_number        integer not null references import (number),
  row_number           integer not null,
  urn                  text not null,
  name                 text not null,
  la_code              text not null,
  la_name              text not null,
  establishment_number text not null,
  type                 text not null,
  phase                text not null,
  status               text not null check (status in ('open', 'closing', 'closed', 'proposed')),
  opened               text,
  closed               text,
  town                 text not null,
  ukprn                text not null,
  country              text not null,
  primary key (import_number, row_number)
) strict, without rowid;
create index register_establishment_fact_by_key on register_establishment_fact (urn);
create table register_establishment (
  urn                  text primary key,
  name                 text,
  la_code              text,
  la_name              text,
  establishment_number text,
  type                 text,
  phase                text,
  status               text,
  opened               text,
  closed               text,
  town                 text,
  ukprn                text,
  country              text,
  import_number        integer not null,
  row_number           integer not null
) strict, without rowid;

-- How one establishment follows another. `established` is '' where the register gives no day.
create table register_link_fact (
  import_number integer not null references import (number),
  row_number    integer not null,
  urn           text not null,
  link_urn      text not null,
  link_type     text not null,
  established   text not null,
  primary key (import_number, row_number)
) strict, without rowid;
create index register_link_fact_by_key on register_link_fact (urn, link_urn, link_type);
create table register_link (
  urn           text not null,
  link_urn      text not null,
  link_type     text not null,
  established   text,
  import_number integer not null,
  row_number    integer not null,
  primary key (urn, link_urn, link_type)
) strict, without rowid;
create index register_link_by_link on register_link (link_urn);

-- Lines of a register that say what was known already: counted, not kept again.
alter table delivery add column rows_unchanged integer not null default 0;

-- What a person settled of what a register leaves open: a merger, a split, a closure, a successor we know already.
create table register_answer (
  school_number         integer not null references school (number),
  kind                  text not null check (kind in ('merger', 'split', 'closure', 'two_places')),
  urn                   text not null,
  link_urn              text not null,
  answer                text not null check (answer in ('carries_on', 'new_place', 'seen')),
  at                    text not null,
  by_person             integer references person (number),
  virtual_school_number integer not null references virtual_school (number),
  primary key (school_number, kind, urn, link_urn)
) strict, without rowid;

-- A setting that no register lists, and who made sure of it: every check is a row.
create table setting_check (
  school_number         integer not null references school (number),
  at                    text not null,
  virtual_school_number integer not null references virtual_school (number),
  kind                  text not null check (kind in ('early_years', 'further_education', 'training_provider',
    'unregistered', 'tutor', 'eotas', 'custody', 'other')),
  registered            text not null check (registered in ('Y', 'N', 'not_known')),
  checked_on            text not null,
  checked_by            integer references person (number),
  how                   text not null,
  primary key (school_number, at, virtual_school_number)
) strict, without rowid;
