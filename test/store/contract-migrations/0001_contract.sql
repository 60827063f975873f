-- Tables of the store contract only: none of them is the product's.
create table must (ok integer not null check (ok = 1)) strict;
create trigger must_is_empty after insert on must begin delete from must; end;
create table book (id text primary key, title text not null, pages integer, cover blob) strict;
create table book_version (
  book_id text not null references book (id),
  version integer not null,
  title   text not null,
  primary key (book_id, version)
) strict, without rowid;
create table diary (number integer primary key, line text not null, weight real) strict;
create trigger diary_is_not_changed before update on diary begin select raise(abort, 'a diary is not changed'); end;
create trigger diary_is_not_removed before delete on diary begin select raise(abort, 'a diary is not removed'); end;
