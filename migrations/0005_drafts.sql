-- What a school types on screen before it sends: every saved wording is kept under the next version of its question, so
-- that two people saving at once meet at the key and neither is lost. '' takes the wording back. A version that went
-- with an import says so; it counts as sent for as long as that import is published.
create table draft_answer (
  round_number  integer not null references round (number),
  pupil_number  integer not null references pupil (number),
  school_number integer not null references school (number),
  item          text not null,
  version       integer not null check (version > 0),
  raw           text not null,
  saved_by      integer references person (number),
  saved_at      text not null,
  sent_in       integer references import (number),
  primary key (round_number, pupil_number, school_number, item, version)
) strict, without rowid;

-- Who asked whom at a school to carry on with the return.
create table return_handover (
  school_number integer not null references school (number),
  at            text not null,
  to_person     integer not null references person (number),
  by_person     integer not null references person (number),
  primary key (school_number, at, to_person)
) strict, without rowid;
