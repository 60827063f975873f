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
