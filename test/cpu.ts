import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** The milliseconds of processor that this process has had: what work costs, however busy the machine is beside it. */
export const processorTime = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** What the work below takes where the limits of tests were set, in milliseconds of processor. */
const usual = 70

/** How many times slower this machine is now than where the limits were set, at least 1: by a fixed piece of like work. */
const slowness = (): number => {
  const packed = deflateRawSync(Buffer.from('<row r="1"><c r="A1" t="s"><v>1</v></c></row>'.repeat(400_000)))
  const started = processorTime()
  const rows = inflateRawSync(packed)
    .toString('latin1')
    .match(/<row r="\d+">/g)
  if (rows?.length !== 400_000) throw new Error('the measure itself is wrong')
  return Math.max(1, (processorTime() - started) / usual)
}

/** A limit against hanging for what took some milliseconds of processor: on a machine that is slow just now, more. */
export const hangLimit = (took: number, limit: number): number => (took < limit ? limit : limit * slowness())
