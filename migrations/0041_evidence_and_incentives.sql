-- Files that a school adds to an application as evidence: pictures and PDF alone, kept under `evidence/<id>`.
create table evidence (
  number             integer primary key,
  id                 text not null unique,
  application_number integer not null references application (number),
  file_name          text not null,
  kind               text not null check (kind in ('pdf', 'png', 'jpeg')),
  bytes              integer not null check (bytes > 0),
  sha256             text not null,
  file_key           text not null unique,
  at                 text not null,
  by_person          integer references person (number),
  unique (application_number, sha256)
) strict;

-- A council's incentive for GCSE entries and results in an academic year; amounts are whole pence.
create table incentive_scheme (
  number                integer primary key,
  id                    text not null unique,
  virtual_school_number integer not null references virtual_school (number),
  academic_year         integer not null,
  an_entry              integer not null check (an_entry >= 0),
  a_pass                integer not null check (a_pass >= 0),
  a_high                integer not null check (a_high >= 0),
  most                  integer not null check (most >= 0),
  source                text not null,
  at                    text not null,
  by_person             integer references person (number),
  unique (virtual_school_number, academic_year)
) strict;

-- What happened for one child: told, entered, results, approved. The newest of each counts; nothing is changed.
create table incentive_event (
  scheme_number integer not null references incentive_scheme (number),
  pupil_number  integer not null references pupil (number),
  sequence      integer not null check (sequence > 0),
  event         text not null check (event in ('told', 'entries', 'results', 'approved')),
  school_number integer not null references school (number),
  entries       integer check (entries between 0 and 30),
  passes        integer check (passes between 0 and 30),
  highs         integer check (highs between 0 and 30),
  amount        integer check (amount >= 0),
  -- Said to finance; it holds no name. Given when it is approved.
  reference     text unique,
  at            text not null,
  by_person     integer references person (number),
  primary key (scheme_number, pupil_number, sequence)
) strict, without rowid;
create unique index incentive_approved_once on incentive_event (scheme_number, pupil_number) where event = 'approved';
