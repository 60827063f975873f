import { uploadMutations } from '../histories/mutations.ts'

/** Changed files in a whole run. */
export const count = 10_000

/**
 * Valid returns changed at random at cell, sheet, zip and byte level, uploaded as a school would: no fault, nothing taken
 * in by half, `accepted + rejected = rows read`, and a refused file leaves nothing behind.
 */
export const prove = uploadMutations
