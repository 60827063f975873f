import { attendedOf, possibleOf } from '../domain/attendance/tally.ts'
import type { RegisterSums } from '../returns/register-sums.ts'

/** A register's sums as pages say them. */
export const registerShown = ({ tally, from, to }: RegisterSums) => ({
  attended: attendedOf(tally),
  possible: possibleOf(tally),
  authorised: tally.authorised,
  unauthorised: tally.unauthorised,
  from,
  to,
})
