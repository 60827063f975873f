/** Words of the command line. */
export const commandWords = {
  help: `vsx: the command line of Virtual School Exchange

  vsx migrate                       bring the store to the newest shape
  vsx seed demo                     fill an empty store with the fictional demo
  vsx seed region                   the demo and ten more councils: 14 virtual schools, 12,000 pupils
  vsx seed nation                   the demo and 149 more: 153 virtual schools, 80,000 pupils, a year of session marks
  vsx seed round --pupils N         one virtual school, one school, N pupils, one open round;
                                    a filled-in workbook and CSV are written beside the store
  vsx import FILE [options]         receive, check, match and publish one file (- reads standard input)
  vsx imports [--json]              what came in
  vsx publish IMPORT                make a staged import visible
  vsx withdraw IMPORT [--reason R]  take a published import back
  vsx export returns|attendance|roll|movements --out F
                                    data out, in a stable order (- writes to standard output)
  vsx export ctf --out F|DIR        a Common Transfer File of a virtual school's pupils (vsx export --help)
  vsx workbook --school URN --out F the return of one school to fill in (F ends in .xlsx or .csv)
  vsx attendance-layout save NAME FILE.json
                                    what the columns of an attendance file are, for import --mapping
  vsx virtual-school add LA NAME --mailbox EMAIL
  vsx user add EMAIL --name NAME --role ROLE --virtual-school LA [--school URN]
  vsx user disable EMAIL
  vsx jobs run                      remind where a council set it, send what waits, clear what interrupted imports left
  vsx backup FILE                   a consistent copy while the server runs
  vsx restore FILE                  put a copy into an empty data folder
  vsx verify                        integrity, current facts, kept files

  --data DIR      the store (or VSX_DATA; ./data where neither is given)
  --by EMAIL      who does it: needed on a store with people; a demo has an operator
  vsx COMMAND --help says more. vsx --version names the version.

Exit codes: 0 all well; 1 done, but some rows were rejected, or it stopped at staged, or a check failed;
2 refused, nothing changed; 64 wrong usage.`,
  commands: {
    import: `vsx import FILE [--as CONNECTOR] [--virtual-school LA] [--school URN] [--mapping NAME] [--dry-run]
                [--census TERM-YEAR | --period FIRST..LAST] [--stage] [--accept-warnings] [--json] [--by EMAIL] [--data DIR]

FILE is a workbook, a CSV or a Common Transfer File, or one of them in .gz or .zip; - reads standard input. The content
says what it is; --as termly-return, local-roll, common-transfer-file, attendance-marks, attendance-totals or
school-register insists. A transfer file or one of attendance is a virtual school's own, or of --school URN. A return goes to every virtual school its rows name; --virtual-school keeps
to one. --mapping reads a school's own export through the layout that the school saved under that name; of a whole
school's export, rows about nobody asked about are counted as left out and not kept. A roll belongs to one virtual school: that of --by, or --virtual-school. --dry-run checks and changes nothing.
--census (spring-2026, summer-2026, autumn-2026 or autumn-second-2026) or --period (2026-09-01..2026-11-20) says which
days totals are of, where no column does.
A register of schools (the establishments or links of Get Information about Schools, or the Welsh list) may have any
length; only lines that changed are kept. --stage stops before publishing. Warnings stop at staged unless --accept-warnings. --json prints one object.`,
    export: `vsx export returns|attendance|roll|movements --out FILE
vsx export ctf --out FILE|DIR [--virtual-school LA] [--pupils REF,REF] [--to SCHOOL|LA|unknown|outside]
               [--with school-history,looked-after] [--full] [--previous]

A transfer file is partial unless --full: the leaving school owes the full one. School history and being looked after
are left out unless named. --to is a school's seven digits, an authority's three, unknown (the default) or outside the
maintained sector; in a folder the file gets the name that it must have. --previous writes the version of last year.`,
    'attendance-layout': `vsx attendance-layout save NAME FILE.json [--as attendance-totals] [--virtual-school LA] [--school URN]
                [--by EMAIL]

FILE.json says which heading each column has, and what the file calls the two sessions where it has words of its own:
{ "columns": { "reference": "Child no", "day": "When", "session": "Half", "mark": "Code" },
  "sessions": { "AM": ["First"], "PM": ["Second"] } }
Columns: upn, reference, surname, forename, born, school; day, session, mark; am, pm; week, mon_am to sun_pm.

For totals (--as attendance-totals): upn, reference, surname, forename, born, school, la; first_day, last_day; possible,
attended, authorised, unauthorised; percentage, basis. "basis" beside "columns" says what a percentage is of, where no
column does.`,
    seed: `vsx seed demo|region|nation [--seed N]\nvsx seed round --pupils N [--seed N]`,
  } as Readonly<Record<string, string>>,
  notRead: (names: readonly string[]) => `Not read, and nothing of it kept: ${names.join(', ')}.`,
  nobodyToWrite:
    'No pupil to write: a file needs a UPN, names and a date of birth, and sealed or no-disclose children are never in one.',
  leftOut: (count: number) =>
    `${count} pupils were left out: not found, not to be written, or without UPN, names or date of birth.`,
  unknown: (name: string) => `There is no command ${name}. vsx --help lists them.`,
  layoutSaved: (name: string, connector: string) =>
    `The layout “${name}” is saved. vsx import FILE --as ${connector} --mapping reads with it.`,
  layoutWrong: (where: string) =>
    `The file is no layout${where === '' ? '' : `: look at ${where}`}. vsx attendance-layout --help shows one.`,
  census: 'either --census spring-2026, summer-2026, autumn-2026 or autumn-second-2026, or --period',
  period: '--period FIRST..LAST, each day as 2026-09-01',
  needs: (what: string) => `This needs ${what}. vsx --help says how.`,
  noStore: (folder: string) => `There is no store in ${folder}. vsx migrate makes one, npm start a demo.`,
  notEmpty: 'The store is not empty. Seeding fills an empty one only.',
  migrated: (steps: number) =>
    steps === 0 ? 'The store is up to date.' : `The store was brought up to date (${steps} steps).`,
  whoDoesIt: 'Say who does it: --by EMAIL, somebody with a part in this store.',
  notTheirs: 'This person may not do that here.',
  nothingDue: 'This school is asked nothing in a round that is open to you.',
  noSchool: 'Say which school it is of: --school URN.',
  noVirtualSchool: 'Say for which virtual school: --virtual-school LA.',
  noImport: 'There is no such import.',
  changed: 'It changed meanwhile. Look at it again.',
  refused: 'Not read. Nothing was changed.',
  outcome: {
    published: 'Published.',
    staged: 'Staged, not published.',
    checked: 'Checked. Nothing was changed.',
    'already-published': 'This file is published already. Nothing was changed.',
    refused: 'Not read. Nothing was changed.',
  },
  rows: (rows: {
    readonly read: number
    readonly accepted: number
    readonly rejected: number
    readonly unmatched: number
    readonly leftOut: number
  }) =>
    [
      `${rows.read} rows read: ${rows.accepted} accepted (${rows.unmatched} of them not matched to a pupil), ${rows.rejected - rows.leftOut} held back`,
      ...(rows.leftOut > 0 ? [`${rows.leftOut} left out: about nobody asked about`] : []),
    ]
      .join(', ')
      .concat('.'),
  readWith: (name: string, version: number) => `Read with the layout ${name}, version ${version}.`,
  noLayout: 'No school that you may send for has a layout in use under that name.',
  layoutOfSeveral: 'Several schools have a layout under that name. Name the school with --school URN.',
  receipt: (receipt: string) => `Receipt ${receipt}`,
  importIs: (id: string) => `Import ${id}`,
  progress: (what: string, done: number, of: number, seconds: number, left: number | null) =>
    [
      `${Math.round((done / of) * 100)}%`,
      `${done} of ${of} ${what}`,
      ...(seconds > 0 ? [`${(done / seconds).toFixed(done / seconds < 10 ? 1 : 0)} a second`] : []),
      ...(left === null || done === of ? [] : [`about ${Math.ceil(left)} s left`]),
    ].join(', '),
  counted: {
    rows: 'rows kept',
    bytes: 'kilobytes read',
    tables: 'tables compared',
    files: 'kept files read',
    pages: 'pages copied',
    megabytes: 'megabytes read',
    councils: 'councils brought in',
    returns: 'returns sent',
  },
  reading: 'Reading the file.',
  rate: (rows: number, seconds: number) => `${rows} rows in ${seconds.toFixed(1)} s`,
  withdrawn: 'Withdrawn. What it had replaced stands again.',
  published: 'Published.',
  schoolsToSettle: (questions: number) =>
    `Schools that closed, merged or were split, for a person to settle on the page Schools: ${questions}.`,
  written: (path: string) => `Written to ${path}`,
  added: 'Added.',
  disabled: 'They can no longer sign in. Their sessions have ended.',
  reminded: (schools: number) =>
    `${schools} schools reminded of a return (only councils that set it remind by themselves).`,
  sent: (sent: number, waiting: number) => `${sent} e-mails sent, ${waiting} waiting.`,
  swept: (files: number, imports: number) => `${files} files and ${imports} unfinished imports cleared.`,
  backedUp: (path: string) => `Copied to ${path}`,
  restored: 'Put back. vsx verify checks it.',
  folderNotEmpty: 'The data folder holds a store already. Give an empty one with --data.',
  notABackup: 'This file is no copy made by vsx backup.',
  verify: {
    integrity: (found: string) => `Integrity: ${found}`,
    foreignKeys: (count: number) => `Foreign keys: ${count} broken`,
    current: (table: string, wrong: number) => `Current ${table}: ${wrong} rows differ from what the facts say`,
    boards: (wrong: number) => `Boards: ${wrong} counts differ from what is counted anew`,
    missing: (count: number) => `Kept files: ${count} missing or changed`,
    orphans: (count: number) => `Kept files: ${count} left by interrupted imports (vsx jobs run clears them)`,
    good: 'Everything agrees.',
  },
} as const
