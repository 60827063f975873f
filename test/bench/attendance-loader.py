"""A plain loader of session marks: csv and sqlite3 of the standard library, with the checks that ours makes.

Used by the benchmark only: attendance-loader.py FILE STORE PUPILS, where PUPILS is a CSV of upn,pupil,school.
"""

import csv
import datetime
import sqlite3
import sys

CODES = set("/ \\ L B D J J1 K P V W C C1 C2 E I M R S T G N O U Q X Y Z # - *".split()) | {f"Y{n}" for n in range(1, 8)}


def main(path, store, pupils_path):
    with open(pupils_path, newline="") as file:
        pupils = {upn: (int(pupil), school) for upn, pupil, school in csv.reader(file)}
    today = datetime.date(2027, 1, 1)
    oldest = today - datetime.timedelta(days=15 * 366)
    connection = sqlite3.connect(store, isolation_level=None)
    connection.execute("pragma journal_mode = wal")
    connection.execute("create table if not exists staged (pupil integer, day text, session text, school text, code text, line integer)")
    connection.execute(
        "create table if not exists mark (pupil integer, day text, session text, school text, code text, line integer,"
        " primary key (pupil, day, session)) without rowid"
    )
    findings, unmatched, batch, read = [], 0, [], 0
    connection.execute("begin immediate")
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            read += 1
            known = pupils.get(row["UPN"].strip())
            if known is None:
                unmatched += 1
                continue
            try:
                day = datetime.datetime.strptime(row["Date"].strip(), "%d/%m/%Y").date()
            except ValueError:
                findings.append((read, "day"))
                continue
            session, code = row["Session"].strip(), row["Mark"].strip().upper()
            if session not in ("AM", "PM"):
                findings.append((read, "session"))
                continue
            if len(code) > 3 or day < oldest or day > today:
                findings.append((read, "mark"))
                continue
            if code not in CODES:
                findings.append((read, "code"))
            pupil, school = known
            if row["School"].strip() != school:
                findings.append((read, "school"))
            batch.append((pupil, day.isoformat(), session, school, code, read + 1))
            if len(batch) == 10000:
                connection.executemany("insert into staged values (?, ?, ?, ?, ?, ?)", batch)
                batch.clear()
    connection.executemany("insert into staged values (?, ?, ?, ?, ?, ?)", batch)
    connection.execute("commit")
    connection.execute("begin immediate")
    connection.execute("insert or replace into mark select * from staged order by line")
    connection.execute("delete from staged")
    connection.execute("commit")
    (marks,) = connection.execute("select count(*) from mark").fetchone()
    print(read, marks, unmatched, len(findings))


main(*sys.argv[1:])
