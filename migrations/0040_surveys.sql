-- The survey of what pupil premium plus did (Wolverhampton, April 2016) as an instrument: opened by a council for a
-- financial year, asked of every school that was paid in it. Each answer may be blank; the newest of a school counts.
create table survey (
  number                integer primary key,
  id                    text not null unique,
  virtual_school_number integer not null references virtual_school (number),
  year                  integer not null,
  opened_at             text not null,
  opened_by             integer references person (number),
  closed_at             text,
  unique (virtual_school_number, year)
) strict;
create table survey_answer (
  survey_number integer not null references survey (number),
  school_number integer not null references school (number),
  sequence      integer not null check (sequence > 0),
  -- Question 1, of five answers; empty where it is left blank.
  attainment    text not null check (attainment in ('', 'large', 'noticeable', 'slight', 'none', 'negative')),
  -- Question 2: interventions in order, the most effective first.
  ranked        text not null check (json_valid(ranked)),
  -- Question 3: how many children, below, at, above and not assessed, before and after; null where it is left blank.
  before        text check (json_valid(before)),
  after         text check (json_valid(after)),
  named         integer not null check (named in (0, 1)),
  at            text not null,
  by_person     integer references person (number),
  primary key (survey_number, school_number, sequence)
) strict, without rowid;
