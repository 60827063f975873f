-- What a round's board counts of each school, made when somebody first looks and kept until something changes: whatever
-- could change a count notes the school as stale in the same commit, and the next look counts that school again. Only
-- children whom every officer may see are in it.
create table board (
  round_number integer primary key references round (number),
  -- The day it was counted for: whom a round asks about moves with the date.
  day          text not null,
  -- Counts every change since, so that what was read before a change is never kept after it.
  changes      integer not null,
  places       integer not null,
  items        text not null
) strict;
create table board_school (
  round_number    integer not null references round (number),
  school_number   integer not null references school (number),
  pupils          integer not null,
  unanswered      integer not null,
  base            integer not null,
  answered        integer not null,
  given_otherwise integer not null,
  -- The phases its pupils are in, how their plans stand, and each item: lists as JSON.
  phases          text not null,
  plans           text not null,
  items           text not null,
  primary key (round_number, school_number)
) strict, without rowid;
create table board_stale (
  round_number  integer not null references round (number),
  school_number integer not null references school (number),
  primary key (round_number, school_number)
) strict, without rowid;
-- Who leads at a school, by the virtual school that says so.
create index appointment_by_virtual_school on appointment (virtual_school_number, role);
create trigger board_place_added after insert on place begin insert or ignore into board_stale (round_number, school_number) select b.round_number, p.school_number from pupil u join round r on r.virtual_school_number = u.virtual_school_number join board b on b.round_number = r.number join place p on p.pupil_number = u.number where u.number = new.pupil_number; update board set changes = changes + 1 where round_number in (select r.number from pupil u join round r on r.virtual_school_number = u.virtual_school_number where u.number = new.pupil_number); end;
create trigger board_place_removed after delete on place begin insert or ignore into board_stale (round_number, school_number) select b.round_number, p.school_number from pupil u join round r on r.virtual_school_number = u.virtual_school_number join board b on b.round_number = r.number join place p on p.pupil_number = u.number where u.number = old.pupil_number; insert or ignore into board_stale (round_number, school_number) select b.round_number, old.school_number from board b where b.round_number in (select r.number from pupil u join round r on r.virtual_school_number = u.virtual_school_number where u.number = old.pupil_number); update board set changes = changes + 1 where round_number in (select r.number from pupil u join round r on r.virtual_school_number = u.virtual_school_number where u.number = old.pupil_number); end;
create trigger board_place_confirmed after insert on place_confirmation begin insert or ignore into board_stale (round_number, school_number) select b.round_number, p.school_number from pupil u join round r on r.virtual_school_number = u.virtual_school_number join board b on b.round_number = r.number join place p on p.pupil_number = u.number where u.number = new.pupil_number; update board set changes = changes + 1 where round_number in (select r.number from pupil u join round r on r.virtual_school_number = u.virtual_school_number where u.number = new.pupil_number); end;
create trigger board_care_added after insert on care_period begin insert or ignore into board_stale (round_number, school_number) select b.round_number, p.school_number from pupil u join round r on r.virtual_school_number = u.virtual_school_number join board b on b.round_number = r.number join place p on p.pupil_number = u.number where u.number = new.pupil_number; update board set changes = changes + 1 where round_number in (select r.number from pupil u join round r on r.virtual_school_number = u.virtual_school_number where u.number = new.pupil_number); end;
create trigger board_plan_added after insert on plan_status begin insert or ignore into board_stale (round_number, school_number) select b.round_number, p.school_number from pupil u join round r on r.virtual_school_number = u.virtual_school_number join board b on b.round_number = r.number join place p on p.pupil_number = u.number where u.number = new.pupil_number; update board set changes = changes + 1 where round_number in (select r.number from pupil u join round r on r.virtual_school_number = u.virtual_school_number where u.number = new.pupil_number); end;
create trigger board_detail_added after insert on pupil_detail when new.attribute in ('year_group', 'target_1', 'target_2', 'target_3', 'plan_held_on', 'plan_next_by') begin insert or ignore into board_stale (round_number, school_number) select b.round_number, p.school_number from pupil u join round r on r.virtual_school_number = u.virtual_school_number join board b on b.round_number = r.number join place p on p.pupil_number = u.number where u.number = new.pupil_number; update board set changes = changes + 1 where round_number in (select r.number from pupil u join round r on r.virtual_school_number = u.virtual_school_number where u.number = new.pupil_number); end;
create trigger board_care_removed after delete on care_period begin insert or ignore into board_stale (round_number, school_number) select b.round_number, p.school_number from pupil u join round r on r.virtual_school_number = u.virtual_school_number join board b on b.round_number = r.number join place p on p.pupil_number = u.number where u.number = old.pupil_number; update board set changes = changes + 1 where round_number in (select r.number from pupil u join round r on r.virtual_school_number = u.virtual_school_number where u.number = old.pupil_number); end;
create trigger board_plan_removed after delete on plan_status begin insert or ignore into board_stale (round_number, school_number) select b.round_number, p.school_number from pupil u join round r on r.virtual_school_number = u.virtual_school_number join board b on b.round_number = r.number join place p on p.pupil_number = u.number where u.number = old.pupil_number; update board set changes = changes + 1 where round_number in (select r.number from pupil u join round r on r.virtual_school_number = u.virtual_school_number where u.number = old.pupil_number); end;
create trigger board_detail_removed after delete on pupil_detail when old.attribute in ('year_group', 'target_1', 'target_2', 'target_3', 'plan_held_on', 'plan_next_by') begin insert or ignore into board_stale (round_number, school_number) select b.round_number, p.school_number from pupil u join round r on r.virtual_school_number = u.virtual_school_number join board b on b.round_number = r.number join place p on p.pupil_number = u.number where u.number = old.pupil_number; update board set changes = changes + 1 where round_number in (select r.number from pupil u join round r on r.virtual_school_number = u.virtual_school_number where u.number = old.pupil_number); end;
create trigger board_guarded after insert on pupil_guard begin insert or ignore into board_stale (round_number, school_number) select b.round_number, p.school_number from pupil u join round r on r.virtual_school_number = u.virtual_school_number join board b on b.round_number = r.number join place p on p.pupil_number = u.number where u.number = new.pupil_number; update board set changes = changes + 1 where round_number in (select r.number from pupil u join round r on r.virtual_school_number = u.virtual_school_number where u.number = new.pupil_number); end;
create trigger board_plan_rule_added after insert on plan_rule begin update board set day = '', changes = changes + 1 where round_number in (select r.number from round r where r.virtual_school_number = new.virtual_school_number); end;
create trigger board_plan_rule_changed after update on plan_rule begin update board set day = '', changes = changes + 1 where round_number in (select r.number from round r where r.virtual_school_number = new.virtual_school_number); end;
create trigger board_import after update of state on import when new.state <> old.state and new.round_number is not null begin insert or ignore into board_stale (round_number, school_number) select b.round_number, new.school_number from board b where b.round_number = new.round_number and new.school_number is not null; update board set changes = changes + 1 where round_number = new.round_number; end;
create trigger board_row after update of state, pupil_number on import_row begin insert or ignore into board_stale (round_number, school_number) select b.round_number, i.school_number from import i join board b on b.round_number = i.round_number where i.number = new.import_number and i.school_number is not null; update board set changes = changes + 1 where round_number = (select i.round_number from import i where i.number = new.import_number); end;
