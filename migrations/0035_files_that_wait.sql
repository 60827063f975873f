-- A large attendance file that was sent to a page and is read after the page has answered: on Workers by a queue. The
-- file itself lies under `waiting/<id>` until it is read or refused, and no longer.
create table waiting_file (
  id                    text primary key,
  -- Who speaks: a school to some virtual schools, or one virtual school of its own.
  school_number         integer references school (number),
  virtual_school_number integer references virtual_school (number),
  virtual_schools       text not null check (json_valid(virtual_schools)),
  sent_by               integer not null references person (number),
  sent_at               text not null,
  file_name             text not null,
  sha256                text not null,
  bytes                 integer not null check (bytes > 0),
  attendance_layout_number integer references attendance_layout (number),
  state                 text not null check (state in ('waiting', 'reading', 'refused')),
  -- How often it has been begun, and when last.
  attempts              integer not null default 0,
  begun_at              text,
  -- Why it was refused: a finding of the whole file.
  code                  text,
  parameters            text,
  check ((school_number is null) <> (virtual_school_number is null)),
  check ((state = 'refused') = (code is not null))
) strict;
create index waiting_file_by_school on waiting_file (school_number);
create index waiting_file_by_virtual_school on waiting_file (virtual_school_number);
