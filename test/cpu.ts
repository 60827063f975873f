/** The milliseconds of processor that this process has had: what work costs, however busy the machine is beside it. */
export const processorTime = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
