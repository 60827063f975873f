-- Session marks, a child's week at a school to a row: three characters for each of its fourteen sessions (Monday
-- morning first), blank where a file says nothing. What files said is kept as facts; `mark_week` holds the marks that
-- stand now, each taken whole from one fact, so that a child has one mark at most for a session.
create table mark_week_fact (
  import_number integer not null references import (number),
  -- The file's row for this child and school.
  row_number    integer not null,
  -- Weeks since Monday 5 January 1970.
  week          integer not null,
  -- Counts the pieces in which one file speaks of the same week: the later stands.
  ordinal       integer not null,
  pupil_number  integer references pupil (number),
  school_number integer not null,
  marks         text not null,
  -- Which of the fourteen sessions it speaks of, as bits: Monday morning is 1.
  said          integer not null,
  -- The line each mark came from, as the number of lines after `row_number`, by session.
  lines         text not null,
  primary key (import_number, row_number, week, ordinal)
) strict, without rowid;
create index mark_week_fact_by_key on mark_week_fact (pupil_number, week);
create table mark_week (
  pupil_number  integer not null,
  week          integer not null,
  import_number integer not null,
  row_number    integer not null,
  ordinal       integer not null,
  school_number integer not null,
  marks         text not null,
  primary key (pupil_number, week, import_number, row_number, ordinal)
) strict, without rowid;
create index mark_week_by_school on mark_week (school_number, week);

-- Totals that came as totals: of a census, a contractor or a college. Never turned into marks, never added to them.
create table attendance_total_fact (
  import_number integer not null references import (number),
  row_number    integer not null,
  pupil_number  integer not null references pupil (number),
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
create index attendance_total_fact_by_key on attendance_total_fact (pupil_number, school_number, kind, first_day, last_day);
create table attendance_total (
  pupil_number  integer not null,
  school_number integer not null,
  kind          text not null,
  first_day     text not null,
  last_day      text not null,
  possible      text,
  attended      text,
  authorised    text,
  unauthorised  text,
  reasons       text,
  percentage    text,
  basis         text,
  import_number integer not null,
  row_number    integer not null,
  primary key (pupil_number, school_number, kind, first_day, last_day)
) strict, without rowid;

-- One row of an import may stand for many lines of its file: a child's marks come one a line.
alter table import_row add column lines integer not null default 1;

-- What a contractor's or a school's columns are, said once and used again; a change is a new version.
create table attendance_layout (
  number                integer primary key,
  id                    text not null unique,
  virtual_school_number integer references virtual_school (number),
  school_number         integer references school (number),
  connector             text not null check (connector in ('attendance-marks', 'attendance-totals')),
  name                  text not null,
  version               integer not null check (version > 0),
  mapping               text not null,
  made_by               integer references person (number),
  made_at               text not null,
  check ((virtual_school_number is null) <> (school_number is null))
) strict;
create unique index attendance_layout_by_name
  on attendance_layout (coalesce(virtual_school_number, 0), coalesce(school_number, 0), name, version);
alter table delivery add column attendance_layout_number integer references attendance_layout (number);
