// Who may import whom (DESIGN, "The path of a mark"). Each rule names what a folder may see; the rest is forbidden.

const ours = '^(src|connectors|templates|migrations|test|scripts)/'
const capabilities =
  'intake|returns|plans|exports|attendance|funding|requests|exchange|insight|administration|sign-in|seed'

/** A folder of ours sees only itself and what is listed; packages are another rule's matter. */
const sees = (name, from, may, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: ours, pathNot: may },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['[.]d[.](ts|mts)$', '^scripts/', '^test/', '^(vitest.*|[.].*)[.](ts|cjs|mjs)$', '^templates/assets/'],
      },
      to: {},
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^cloudflare:' } },
    sees('domain', '^src/domain/', '^src/domain/', 'The words and rules of the field import nothing of ours.'),
    sees(
      'connector-format',
      '^connectors/format/',
      '^(connectors/format/|src/domain/)',
      'The parser packages and their limits know no connector.',
    ),
    {
      ...sees(
        'connectors',
        '^connectors/([^/]+)/',
        '^(connectors/$1/|connectors/format/|connectors/connector[.]ts$|src/domain/|templates/words/)',
        'Bytes in, records and findings out. The words of drop-downs and headers are pure data.',
      ),
      from: { path: '^connectors/([^/]+)/', pathNot: '^connectors/school-layout/' },
    },
    sees(
      'school-layout',
      '^connectors/school-layout/',
      '^(connectors/(school-layout|format)/|connectors/connector[.]ts$|connectors/termly-return/(rows|read-cell|layout)[.]ts$|src/domain/|templates/words/)',
      "A school's own layout is a termly return in other columns: its cells are read as one's.",
    ),
    sees(
      'connector-contract',
      '^connectors/(connector|registry)[.]ts$',
      '^(connectors/|src/domain/)',
      'The contract and the list of connectors.',
    ),
    sees('store', '^src/store/', '^src/(store|domain)/', 'Reads and statements; it decides nothing.'),
    sees('access', '^src/access/', '^src/(access|store|domain)/', 'Makes the scope that every read needs.'),
    sees(
      'runtime-shape',
      '^src/(runtime|config)[.]ts$',
      '^src/((runtime|config)[.]ts$|domain/|store/|background/job[.]ts$)',
      'What the application asks of the machine.',
    ),
    sees(
      'jobs',
      '^src/background/job[.]ts$',
      '^(src/domain/|connectors/connector[.]ts$|connectors/[^/]+/rows[.]ts$)',
      'The list of jobs as values.',
    ),
    {
      ...sees(
        'capabilities',
        `^src/(${capabilities})/`,
        '^(src/$1/|src/(domain|store|access)/|src/(runtime|config)[.]ts$|src/background/job[.]ts$|connectors/(registry|connector)[.]ts$|connectors/[^/]+/rows[.]ts$|templates/)',
        "A capability sees no other capability's inside.",
      ),
      from: { path: `^src/(${capabilities})/`, pathNot: '^src/seed/' },
    },
    sees(
      'seed',
      '^src/seed/',
      `^(src/(seed|domain|store|access|background|${capabilities})/|src/(runtime|config)[.]ts$|connectors/|templates/)`,
      'Fills a store by the same path as everybody: it may use every capability.',
    ),
    sees('templates', '^templates/', '^(templates|src/domain)/', 'Values in, no database.'),
    sees(
      'web',
      '^src/web/',
      `^(src/(web|background|domain|store|access|${capabilities})/|src/(runtime|config)[.]ts$|connectors/|templates/)`,
      'Pages know no runtime by name.',
    ),
    sees(
      'background',
      '^src/background/',
      `^(src/(background|domain|store|access|${capabilities})/|src/(runtime|config)[.]ts$|connectors/|templates/)`,
      'Jobs know no runtime by name.',
    ),
    sees(
      'runtimes',
      '^src/runtime/',
      '^(src/(runtime|background|store|domain)/|src/(runtime|config)[.]ts$|connectors/connector[.]ts$|templates/words/)',
      'A runtime serves the application and knows none of its pages.',
    ),
    {
      name: 'runtimes-apart',
      severity: 'error',
      from: { path: '^src/runtime/(node|worker)/' },
      to: { path: '^src/runtime/(node|worker)/', pathNot: '^src/runtime/$1/' },
    },
    {
      name: 'only-mains-open-a-runtime',
      severity: 'error',
      from: { path: '^(src|connectors|templates)/', pathNot: '^src/(runtime/|main[.]|cli[.]ts$|cli/)' },
      to: { path: '^src/runtime/' },
    },
    {
      name: 'worker-never-node',
      comment: 'What runs in workerd reaches nothing of the Node runtime, by no path.',
      severity: 'error',
      from: { path: '^src/main[.]worker[.]ts$' },
      to: { path: '^src/runtime/node/', reachable: true },
    },
    {
      name: 'node-only-in-its-runtime',
      severity: 'error',
      from: { path: '^(src|connectors|templates)/', pathNot: '^src/(runtime/node/|main[.]node[.]ts$|cli[.]ts$|cli/)' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'parsers-behind-format',
      severity: 'error',
      from: { path: '^(src|connectors|templates)/', pathNot: '^connectors/format/' },
      to: { path: 'node_modules/(xlsx|@e965/xlsx|hucre|csv-parse|fflate|saxes|fast-xml-parser)/' },
    },
    {
      name: 'sqlite-behind-its-runtime',
      severity: 'error',
      from: { path: '^(src|connectors|templates)/', pathNot: '^src/(runtime/node/|cli[.]ts$|cli/)' },
      to: { path: 'node_modules/better-sqlite3/' },
    },
    {
      name: 'nothing-of-the-tests',
      severity: 'error',
      from: { path: '^(src|connectors|templates)/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'packages-that-are-declared',
      severity: 'error',
      from: { path: '^(src|connectors|templates)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
