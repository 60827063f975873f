-- A school's own layout: what the columns and words of its export are in the return. A change is a new version; each
-- delivery names the version it was read with.
create table layout (
  number        integer primary key,
  id            text not null unique,
  school_number integer not null references school (number),
  name          text not null,
  retired_at    text,
  retired_by    integer references person (number)
) strict;
-- Two layouts in use at one school never share a name.
create unique index layout_by_name on layout (school_number, name) where retired_at is null;

create table layout_version (
  number        integer primary key,
  layout_number integer not null references layout (number),
  version       integer not null check (version > 0),
  mapping       text not null,
  made_by       integer references person (number),
  made_at       text not null,
  unique (layout_number, version)
) strict;

alter table delivery add column layout_version_number integer references layout_version (number);
-- Rows of a whole school's export about pupils no council asks about: counted, and nothing else of them is kept.
alter table delivery add column rows_left_out integer not null default 0;

-- A school's own scale: which of its words mean below, at or above what is expected for age.
create table grade_scale (
  number        integer primary key,
  id            text not null unique,
  school_number integer not null references school (number),
  -- The scale as the return names it ('own', 'teacher_assessment', ...), and the school's own name for it.
  code          text not null,
  name          text not null,
  retired_at    text,
  retired_by    integer references person (number)
) strict;
create unique index grade_scale_by_name on grade_scale (school_number, name) where retired_at is null;

create table grade_scale_version (
  number       integer primary key,
  scale_number integer not null references grade_scale (number),
  version      integer not null check (version > 0),
  -- For one year group and term, or for all ('').
  words        text not null,
  made_by      integer references person (number),
  made_at      text not null,
  unique (scale_number, version)
) strict;

-- An answer that the portal worked out from the school's own grade says by which version of which scale.
alter table answer_fact add column scale_version integer references grade_scale_version (number);
