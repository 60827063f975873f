/** What a person reads about one item of the return. Plain words: templates/words are data and import nothing. */
export type ItemWords = {
  /** The question as a heading or field label. */
  readonly label: string
  /** Short enough for a column head (about 30 characters); the label where it is not given. */
  readonly head?: string
  /** One sentence that says how to answer; shown at the field, in the help sheet and in a finding's "how to mend". */
  readonly help: string
  /** For a choice: what each code is called in a drop-down. Read back without regard to capitals. */
  readonly options?: Readonly<Record<string, string>>
}

/** The parameters of a finding, as src/domain/finding.ts carries them: never a name, a birthday or a whole UPN. */
export type FindingParameters = Readonly<Record<string, string | number>>

/** What a person reads about one kind of finding: whole sentences, each ending in a full stop but for the title. */
export type FindingWord = {
  /** A few words for a list or a log, no full stop: 'Not a day that exists'. */
  readonly title: (parameters: FindingParameters) => string
  /** What is expected here, as a sentence. */
  readonly rule: (parameters: FindingParameters) => string
  /** What to do, as a sentence or two; the verb first. */
  readonly mend: (parameters: FindingParameters) => string
}

/** Words by finding code: findings.ts joins those of the connectors and those of intake. */
export type FindingWords = Readonly<Record<string, FindingWord>>
