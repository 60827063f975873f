/** As much of a file as is read in one step, where nothing else is asked. */
const usualStep = 65_536

/** Bytes after which whoever else waits has a turn: at the speed of a parser, some hundredths of a second. */
const turnBytes = 524_288

/** A file's bytes in steps, with a turn for the pages of others every so often: reading it is work of one thread. */
export async function* inSteps(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  stepBytes: number = usualStep,
) {
  let since = 0
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += stepBytes) {
      yield chunk.subarray(at, at + stepBytes)
      since += stepBytes
      if (since < turnBytes) continue
      since = 0
      await new Promise((resolve) => setTimeout(resolve))
    }
}
