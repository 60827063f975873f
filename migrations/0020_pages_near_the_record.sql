-- The rows of files about one pupil, for who opens that pupil's page.
create index import_row_by_pupil on import_row (pupil_number) where pupil_number is not null;
