-- What a plan (PEP) asks for, where a council pays on plans: typed by who puts a pay run together. The newest counts.
create table plan_request (
  pupil_number  integer not null references pupil (number),
  academic_year integer not null,
  term          text not null check (term in ('autumn', 'spring', 'summer')),
  sequence      integer not null check (sequence > 0),
  -- In pence; null where the plan asks for nothing.
  amount        integer check (amount >= 0),
  -- The use of the last payment has been signed off against its outcomes.
  signed_off    integer not null check (signed_off in (0, 1)),
  at            text not null,
  by_person     integer references person (number),
  primary key (pupil_number, academic_year, term, sequence)
) strict, without rowid;

-- What became of a payment whose child has left the school or care: it stays, with why.
create table settlement (
  payment_number integer not null references payment (number),
  sequence       integer not null check (sequence > 0),
  said           text not null,
  at             text not null,
  by_person      integer references person (number),
  primary key (payment_number, sequence)
) strict, without rowid;
