-- How many children of a group are counted by totals that were reported, since no marks of them are held.
alter table attendance_board_group add column by_totals integer not null default 0;
-- What is kept was counted without them: it is counted again at the next look.
update attendance_board set changes = changes + 1;
