/** Says what is being done on standard error: standard output belongs to what a command gives. */
export const say = (line) => void process.stderr.write(`${line}\n`)
