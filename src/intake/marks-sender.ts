/** Marks come from a school, for every virtual school that it speaks to; or from a virtual school's officer or contractor. */
export type MarksSender = {
  readonly from:
    | { readonly kind: 'school'; readonly school: number; readonly virtualSchools: readonly number[] }
    | { readonly kind: 'council'; readonly virtualSchool: number }
  readonly by: number | null
  readonly via: 'page' | 'command' | 'form' | 'seed'
}
