-- Totals of a row that fitted nobody wait with it until a person says whose they are: the fact then has no pupil yet.
create table attendance_total_said (
  import_number integer not null references import (number),
  row_number    integer not null,
  pupil_number  integer references pupil (number),
  school_number integer not null,
  kind          text not null,
  first_day     text not null,
  last_day      text not null,
  possible      text,
  attended      text,
  authorised    text,
  unauthorised  text,
  -- Sessions by code, where a file counts them so: an object as JSON.
  reasons       text,
  -- A percentage as a college reports it, with what it is a percentage of.
  percentage    text,
  basis         text,
  primary key (import_number, row_number, kind, first_day, last_day)
) strict, without rowid;
insert into attendance_total_said (import_number, row_number, pupil_number, school_number, kind, first_day, last_day,
  possible, attended, authorised, unauthorised, reasons, percentage, basis)
select import_number, row_number, pupil_number, school_number, kind, first_day, last_day, possible, attended, authorised,
  unauthorised, reasons, percentage, basis from attendance_total_fact;
drop table attendance_total_fact;
alter table attendance_total_said rename to attendance_total_fact;
create index attendance_total_fact_by_key on attendance_total_fact (pupil_number, school_number, kind, first_day, last_day);
