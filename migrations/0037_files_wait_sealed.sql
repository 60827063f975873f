-- A file that waits is sealed with a key of its own that stands here alone: with its row the file is gone for good.
alter table waiting_file add column opens_with text not null default '';
