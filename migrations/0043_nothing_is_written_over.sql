-- A row that takes the place of another fires no trigger for the one it removes: here it meets an assertion that does not
-- hold, so that whoever comes second is told as by the key. A payment has one event `paid`, whatever number it is given.
create trigger movement_is_not_written_over before insert on movement when new.number > 0 and exists (select 1 from movement where number = new.number) begin insert into must (ok) values (0); end;
create trigger application_event_is_not_written_over before insert on application_event when exists (select 1 from application_event where application_number = new.application_number and sequence = new.sequence) begin insert into must (ok) values (0); end;
create trigger payment_event_is_not_written_over before insert on payment_event when exists (select 1 from payment_event where payment_number = new.payment_number and (sequence = new.sequence or (event = 'paid' and new.event = 'paid'))) begin insert into must (ok) values (0); end;
