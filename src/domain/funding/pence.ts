/** An amount of money in whole pence; never a fraction of one. */
export type Pence = number & { readonly __brand: 'Pence' }

/** An amount that the code itself knows to be whole pence; throws when it is not. */
export const pence = (amount: number): Pence => {
  if (!Number.isSafeInteger(amount)) throw new Error('not whole pence')
  return amount as Pence
}

/** The sum of some amounts. */
export const sumOf = (amounts: Iterable<Pence>): Pence => {
  let sum = 0
  for (const amount of amounts) sum += amount
  return pence(sum)
}

/**
 * Divides an amount in proportion to some whole weights. Every part is whole pence and the parts add up to the amount:
 * what rounding leaves goes to the largest remainders, the first of equals first. Throws where there is nothing to weigh.
 */
export const dividePence = (amount: Pence, weights: readonly number[]): readonly Pence[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total <= 0 || weights.some((weight) => weight < 0 || !Number.isSafeInteger(weight)))
    throw new Error('nothing to divide by')
  const exact = weights.map((weight) => (BigInt(amount) * BigInt(weight)) / BigInt(total))
  const rest = weights.map((weight, at) => BigInt(amount) * BigInt(weight) - (exact[at] ?? 0n) * BigInt(total))
  let left = BigInt(amount) - exact.reduce((sum, part) => sum + part, 0n)
  const step = left < 0n ? -1n : 1n
  const byRest = weights
    .map((_, at) => at)
    .sort((one, other) => {
      const [first, second] = [(rest[one] ?? 0n) * step, (rest[other] ?? 0n) * step]
      return first === second ? one - other : first > second ? -1 : 1
    })
  for (const at of byRest) {
    if (left === 0n) break
    exact[at] = (exact[at] ?? 0n) + step
    left -= step
  }
  return exact.map((part) => pence(Number(part)))
}

/** An amount times a number of hundredths of an hour, rounded half up to a penny: an hourly rate for hours like 12.5. */
export const forHours = (hourly: Pence, hundredths: number): Pence =>
  pence(Number((BigInt(hourly) * BigInt(hundredths) + 50n) / 100n))

/** The most that anybody types or that an allocation comes to: ten million pounds. */
export const mostPence = pence(10_000_000_00)

/** Reads an amount of pounds as somebody types it: `£1,234.50`, `1234.5`, `38`; undefined where it is none, or beyond ten million. */
export const parsePounds = (text: string): Pence | undefined => {
  const tidy = text.trim().replace(/^£\s*/, '')
  const found = /^(\d{1,3}(?:,\d{3})+|\d{1,8})(?:\.(\d{1,2}))?$/.exec(tidy)
  if (!found) return undefined
  const amount = Number((found[1] ?? '').replaceAll(',', '')) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
  return amount <= mostPence ? pence(amount) : undefined
}

/** An amount as somebody types it in pounds, for a field that holds it: `550`, `480.50`. */
export const typedPounds = (amount: Pence): string => (amount / 100).toFixed(amount % 100 === 0 ? 0 : 2)

/** Reads a quantity such as hours, `12`, `12.5` or `0.25`, in hundredths; undefined where it is none, or beyond 100,000. */
export const parseHundredths = (text: string): number | undefined => {
  const found = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text.trim())
  if (!found) return undefined
  const amount = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
  return amount <= 100_000_00 ? amount : undefined
}
