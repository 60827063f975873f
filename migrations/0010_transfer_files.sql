-- What schools' own records say of a pupil, from Common Transfer Files: statements kept as facts, the current ones
-- derived. `school_number` is the school whose record it is, 0 where the file does not say: a school reads its own.
alter table delivery add column not_read text;
create table pupil_stated_fact (
  import_number integer not null references import (number),
  row_number    integer not null,
  pupil_number  integer not null references pupil (number),
  school_number integer not null,
  attribute text not null,
  value text,
  primary key (import_number, row_number, attribute)
) strict, without rowid;
create index pupil_stated_fact_by_key on pupil_stated_fact (pupil_number, school_number, attribute);
create table pupil_stated (
  pupil_number  integer not null,
  school_number integer not null,
  attribute text not null,
  value text,
  import_number integer not null,
  row_number    integer not null,
  primary key (pupil_number, school_number, attribute)
) strict, without rowid;

create table stage_result_fact (
  import_number integer not null references import (number),
  row_number    integer not null,
  pupil_number  integer not null references pupil (number),
  school_number integer not null,
  academic_year text not null,
  stage text not null,
  locale text not null,
  subject text not null,
  method text not null,
  component text not null,
  qualifier text not null,
  result text,
  status text,
  result_on text,
  primary key (import_number, row_number, academic_year, stage, locale, subject, method, component, qualifier)
) strict, without rowid;
create index stage_result_fact_by_key on stage_result_fact (pupil_number, school_number, academic_year, stage, locale, subject, method, component, qualifier);
create table stage_result (
  pupil_number  integer not null,
  school_number integer not null,
  academic_year text not null,
  stage text not null,
  locale text not null,
  subject text not null,
  method text not null,
  component text not null,
  qualifier text not null,
  result text,
  status text,
  result_on text,
  import_number integer not null,
  row_number    integer not null,
  primary key (pupil_number, school_number, academic_year, stage, locale, subject, method, component, qualifier)
) strict, without rowid;

create table attendance_year_fact (
  import_number integer not null references import (number),
  row_number    integer not null,
  pupil_number  integer not null references pupil (number),
  school_number integer not null,
  academic_year text not null,
  la_code text not null,
  establishment text not null,
  urn text,
  school_name text,
  possible text,
  attended text,
  authorised text,
  unauthorised text,
  marks_from text,
  marks text,
  primary key (import_number, row_number, academic_year, la_code, establishment)
) strict, without rowid;
create index attendance_year_fact_by_key on attendance_year_fact (pupil_number, school_number, academic_year, la_code, establishment);
create table attendance_year (
  pupil_number  integer not null,
  school_number integer not null,
  academic_year text not null,
  la_code text not null,
  establishment text not null,
  urn text,
  school_name text,
  possible text,
  attended text,
  authorised text,
  unauthorised text,
  marks_from text,
  marks text,
  import_number integer not null,
  row_number    integer not null,
  primary key (pupil_number, school_number, academic_year, la_code, establishment)
) strict, without rowid;

create table sen_period_fact (
  import_number integer not null references import (number),
  row_number    integer not null,
  pupil_number  integer not null references pupil (number),
  school_number integer not null,
  first_day text not null,
  provision text not null,
  last_day text,
  primary key (import_number, row_number, first_day, provision)
) strict, without rowid;
create index sen_period_fact_by_key on sen_period_fact (pupil_number, school_number, first_day, provision);
create table sen_period (
  pupil_number  integer not null,
  school_number integer not null,
  first_day text not null,
  provision text not null,
  last_day text,
  import_number integer not null,
  row_number    integer not null,
  primary key (pupil_number, school_number, first_day, provision)
) strict, without rowid;

create table sen_need_fact (
  import_number integer not null references import (number),
  row_number    integer not null,
  pupil_number  integer not null references pupil (number),
  school_number integer not null,
  need_type text not null,
  need_rank text not null,
  first_day text,
  last_day text,
  primary key (import_number, row_number, need_type, need_rank)
) strict, without rowid;
create index sen_need_fact_by_key on sen_need_fact (pupil_number, school_number, need_type, need_rank);
create table sen_need (
  pupil_number  integer not null,
  school_number integer not null,
  need_type text not null,
  need_rank text not null,
  first_day text,
  last_day text,
  import_number integer not null,
  row_number    integer not null,
  primary key (pupil_number, school_number, need_type, need_rank)
) strict, without rowid;

create table free_meals_fact (
  import_number integer not null references import (number),
  row_number    integer not null,
  pupil_number  integer not null references pupil (number),
  school_number integer not null,
  first_day text not null,
  last_day text,
  country text,
  primary key (import_number, row_number, first_day)
) strict, without rowid;
create index free_meals_fact_by_key on free_meals_fact (pupil_number, school_number, first_day);
create table free_meals (
  pupil_number  integer not null,
  school_number integer not null,
  first_day text not null,
  last_day text,
  country text,
  import_number integer not null,
  row_number    integer not null,
  primary key (pupil_number, school_number, first_day)
) strict, without rowid;

create table past_school_fact (
  import_number integer not null references import (number),
  row_number    integer not null,
  pupil_number  integer not null references pupil (number),
  school_number integer not null,
  la_code text not null,
  establishment text not null,
  entry_day text not null,
  urn text,
  school_name text,
  leaving_day text,
  leaving_reason text,
  removal_grounds text,
  last_school text,
  primary key (import_number, row_number, la_code, establishment, entry_day)
) strict, without rowid;
create index past_school_fact_by_key on past_school_fact (pupil_number, school_number, la_code, establishment, entry_day);
create table past_school (
  pupil_number  integer not null,
  school_number integer not null,
  la_code text not null,
  establishment text not null,
  entry_day text not null,
  urn text,
  school_name text,
  leaving_day text,
  leaving_reason text,
  removal_grounds text,
  last_school text,
  import_number integer not null,
  row_number    integer not null,
  primary key (pupil_number, school_number, la_code, establishment, entry_day)
) strict, without rowid;

create table named_school_fact (
  import_number integer not null references import (number),
  row_number    integer not null,
  pupil_number  integer not null references pupil (number),
  school_number integer not null,
  la_code text not null,
  establishment text not null,
  urn text not null,
  school_name text,
  named_on text,
  primary key (import_number, row_number, la_code, establishment, urn)
) strict, without rowid;
create index named_school_fact_by_key on named_school_fact (pupil_number, school_number, la_code, establishment, urn);
create table named_school (
  pupil_number  integer not null,
  school_number integer not null,
  la_code text not null,
  establishment text not null,
  urn text not null,
  school_name text,
  named_on text,
  import_number integer not null,
  row_number    integer not null,
  primary key (pupil_number, school_number, la_code, establishment, urn)
) strict, without rowid;

-- A person's word on a school that a file names and our places do not: a withdrawal never takes it back.
create table named_school_settled (
  pupil_number  integer not null references pupil (number),
  school_number integer not null,
  la_code       text not null,
  establishment text not null,
  urn           text not null,
  at            text not null,
  by_person     integer not null references person (number),
  primary key (pupil_number, school_number, la_code, establishment, urn)
) strict, without rowid;
