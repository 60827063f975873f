-- Where each child's plan (PEP) stands in one term: due, held, submitted, rated. Facts like any other: kept for ever,
-- the current ones derived. Null says nothing; an empty text clears.
create table plan_status_fact (
  import_number integer not null references import (number),
  row_number    integer not null,
  pupil_number  integer not null references pupil (number),
  academic_year integer not null,
  term          text not null check (term in ('autumn', 'spring', 'summer')),
  due_on        text,
  held_on       text,
  submitted_on  text,
  rating        text,
  rated_on      text,
  rated_by      text,
  primary key (import_number, row_number)
) strict, without rowid;
create index plan_status_fact_by_key on plan_status_fact (pupil_number, academic_year, term);

create table plan_status (
  pupil_number  integer not null,
  academic_year integer not null,
  term          text not null,
  due_on        text,
  held_on       text,
  submitted_on  text,
  rating        text,
  rated_on      text,
  rated_by      text,
  import_number integer not null,
  row_number    integer not null,
  primary key (pupil_number, academic_year, term)
) strict, without rowid;

-- A council's own rule for when a plan is due, from a day on; a later day's rule replaces it.
create table plan_rule (
  virtual_school_number integer not null references virtual_school (number),
  after                 text not null check (after in ('care_began', 'plan_held')),
  valid_from            text not null,
  count                 integer not null check (count between 0 and 400),
  unit                  text not null check (unit in ('weekdays', 'days', 'term_ends')),
  source                text not null,
  at                    text not null,
  by_person             integer references person (number),
  primary key (virtual_school_number, after, valid_from)
) strict, without rowid;

-- Rounds whose return is the school's section of the plan: a return that comes in closes it.
create table plan_round (
  round_number integer primary key references round (number),
  at           text not null,
  by_person    integer references person (number)
) strict;
