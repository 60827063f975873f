-- Whom the first of two people agreed to pay: the second agrees to the same.
alter table application_event add column payee_number integer references payee (number);

-- What a payment is of is settled when it is approved; it comes to stand elsewhere, and no more.
create trigger payment_stays_what_it_is before update of id, reference, virtual_school_number, fund, year, school_number, payee_number, amount, application_number, pay_run_number, pupil_number, part, academic_year, term on payment begin select raise(abort, 'what a payment is of is never changed'); end;
create trigger payment_is_not_replaced before insert on payment when exists (select 1 from payment p where p.number = new.number) begin select raise(abort, 'payments are never replaced'); end;
create trigger payment_is_not_removed before delete on payment begin select raise(abort, 'payments are never removed'); end;

-- What else people have said of money: a later word stands beside an earlier one.
create trigger allocation_is_not_changed before update on allocation begin select raise(abort, 'allocations are never changed'); end;
create trigger allocation_is_not_removed before delete on allocation begin select raise(abort, 'allocations are never removed'); end;
create trigger funding_rules_is_not_changed before update on funding_rules begin select raise(abort, 'rules are never changed'); end;
create trigger funding_rules_is_not_removed before delete on funding_rules begin select raise(abort, 'rules are never removed'); end;
create trigger application_conflict_is_not_changed before update on application_conflict begin select raise(abort, 'interests are never changed'); end;
create trigger application_conflict_is_not_removed before delete on application_conflict begin select raise(abort, 'interests are never removed'); end;
create trigger use_report_is_not_changed before update on use_report begin select raise(abort, 'reports are never changed'); end;
create trigger use_report_is_not_removed before delete on use_report begin select raise(abort, 'reports are never removed'); end;
create trigger funding_close_is_not_changed before update on funding_close begin select raise(abort, 'closes are never changed'); end;
create trigger funding_close_is_not_removed before delete on funding_close begin select raise(abort, 'closes are never removed'); end;
create trigger incentive_event_is_not_changed before update on incentive_event begin select raise(abort, 'events are never changed'); end;
create trigger incentive_event_is_not_removed before delete on incentive_event begin select raise(abort, 'events are never removed'); end;
