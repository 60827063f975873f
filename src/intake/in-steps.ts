/** As much of a file as is read in one step. */
const stepBytes = 65_536

/** Steps after which whoever else waits has a turn: at the speed of the parser, some hundredths of a second. */
const stepsATurn = 8

/** A file's bytes in steps, with a turn for the pages of others every so often: reading it is work of one thread. */
export async function* inSteps(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
  let steps = 0
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += stepBytes) {
      yield chunk.subarray(at, at + stepBytes)
      steps += 1
      if (steps % stepsATurn === 0) await new Promise((resolve) => setTimeout(resolve))
    }
}
