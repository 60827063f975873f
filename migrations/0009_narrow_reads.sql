-- What pages read by: a school's own files and receipts, and the few answers of a pupil that are filled in again.
create index import_by_school on import (school_number);
create index import_by_round on import (round_number);
create index submission_by_school on submission (school_number);
drop index answer_by_pupil;
create index answer_by_pupil on answer (pupil_number, item);
