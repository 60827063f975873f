import type { Pence } from '../../../src/domain/funding/pence.ts'

/** An amount of money as people read it: £1,234.50, and always with its pence. */
export const pounds = (amount: Pence): string =>
  `${amount < 0 ? '−' : ''}£${(Math.abs(amount) / 100).toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
