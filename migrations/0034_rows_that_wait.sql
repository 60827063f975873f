-- How many rows of an import nobody could match, kept as they come and go: what waits for one council is counted without
-- going through the rows of every other.
alter table import add column unmatched integer not null default 0;
update import set unmatched = (select count(*) from import_row r where r.import_number = import.number and r.state = 'unmatched')
  where number in (select r.import_number from import_row r where r.state in ('unmatched', 'held') and r.state = 'unmatched');
create index import_with_unmatched on import (virtual_school_number) where unmatched > 0;
create trigger import_row_waits after insert on import_row when new.state = 'unmatched' begin update import set unmatched = unmatched + 1 where number = new.import_number; end;
create trigger import_row_turns after update of state on import_row when (new.state = 'unmatched') <> (old.state = 'unmatched') begin update import set unmatched = unmatched + case when new.state = 'unmatched' then 1 else -1 end where number = new.import_number; end;
create trigger import_row_goes after delete on import_row when old.state = 'unmatched' begin update import set unmatched = unmatched - 1 where number = old.import_number; end;
