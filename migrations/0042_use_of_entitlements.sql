-- A payment by entitlement may be let pass before everything is in, and its school reports how it was used.
create table payment_event_with_use (
  payment_number integer not null references payment (number),
  sequence       integer not null check (sequence > 0),
  event          text not null check (event in
    ('sent_to_finance', 'paid', 'returned', 'cancelled', 'gate_passed', 'used')),
  at             text not null,
  by_person      integer references person (number),
  amount         integer,
  day            text,
  note           text not null,
  primary key (payment_number, sequence)
) strict, without rowid;
insert into payment_event_with_use (payment_number, sequence, event, at, by_person, amount, day, note)
  select payment_number, sequence, event, at, by_person, amount, day, note from payment_event;
drop table payment_event;
alter table payment_event_with_use rename to payment_event;
create unique index payment_once_paid on payment_event (payment_number) where event = 'paid';
create trigger payment_event_is_not_changed before update on payment_event begin select raise(abort, 'events are never changed'); end;
create trigger payment_event_is_not_removed before delete on payment_event begin select raise(abort, 'events are never removed'); end;
-- A key with a null in it is never taken twice: this one is.
create unique index use_report_once on use_report (coalesce(application_number, 0), coalesce(payment_number, 0), sequence);
create index payment_by_pupil on payment (pupil_number) where pupil_number is not null;
