-- How each school's attendance comes to a virtual school. A change is a new line; the one in force on a day is the last
-- of those that have begun by then.
create table attendance_route (
  virtual_school_number integer not null references virtual_school (number),
  school_number         integer not null references school (number),
  sequence              integer not null check (sequence > 0),
  how                   text not null check (how in ('feed', 'file', 'form', 'phone')),
  since                 text not null,
  every                 text not null check (every in ('daily', 'weekly', 'termly')),
  -- Days from the end of a day, week or term until its marks usually are here.
  usual_delay           integer not null check (usual_delay between 0 and 90),
  reason                text not null,
  at                    text not null,
  by_person             integer references person (number),
  primary key (virtual_school_number, school_number, sequence)
) strict, without rowid;

-- A virtual school's own benchmark from a day on, in whole percent.
create table attendance_benchmark (
  virtual_school_number integer not null references virtual_school (number),
  valid_from            text not null,
  percent               integer not null check (percent between 1 and 100),
  source                text not null,
  at                    text not null,
  by_person             integer references person (number),
  primary key (virtual_school_number, valid_from)
) strict, without rowid;

-- The figures of a council's attendance tables, made when somebody first looks on a day and kept until something they
-- may depend on changes. Only children whom every officer may see are in it.
create table attendance_board (
  virtual_school_number integer not null references virtual_school (number),
  academic_year         integer not null,
  -- The day it was counted for.
  day                   text not null,
  -- Counts every change; `counted` is how many there were before it was counted.
  changes               integer not null,
  counted               integer not null,
  primary key (virtual_school_number, academic_year)
) strict, without rowid;
create table attendance_board_group (
  virtual_school_number integer not null,
  academic_year         integer not null,
  kind                  text not null check (kind in ('all', 'year', 'school')),
  -- A year group or the number of a school.
  key                   text not null,
  children              integer not null,
  -- Children with any possible session; those of them who are held to the benchmark; who missed a tenth, a half; who are
  -- below the benchmark; who are on few sessions.
  based                 integer not null,
  benchmarked           integer not null,
  persistent            integer not null,
  severe                integer not null,
  below                 integer not null,
  few                   integer not null,
  -- Sessions by what they count as, and the newest day of a mark.
  tally                 text not null,
  newest                text,
  primary key (virtual_school_number, academic_year, kind, key)
) strict, without rowid;
create trigger attendance_board_import after update of state on import when new.state <> old.state begin update attendance_board set changes = changes + 1 where virtual_school_number = new.virtual_school_number; end;
create trigger attendance_board_row after update of state, pupil_number on import_row begin update attendance_board set changes = changes + 1 where virtual_school_number = (select i.virtual_school_number from import i where i.number = new.import_number); end;
create trigger attendance_board_place after insert on place_confirmation begin update attendance_board set changes = changes + 1 where virtual_school_number = (select u.virtual_school_number from pupil u where u.number = new.pupil_number); end;
create trigger attendance_board_guard after insert on pupil_guard begin update attendance_board set changes = changes + 1 where virtual_school_number = (select u.virtual_school_number from pupil u where u.number = new.pupil_number); end;
create trigger attendance_board_benchmark after insert on attendance_benchmark begin update attendance_board set changes = changes + 1 where virtual_school_number = new.virtual_school_number; end;
create trigger attendance_board_benchmark_set after update on attendance_benchmark begin update attendance_board set changes = changes + 1 where virtual_school_number = new.virtual_school_number; end;
