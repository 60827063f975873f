/** What the terminal says to whoever starts the portal. */
export const startWords = {
  ready: (address: string) => `Virtual School Exchange is at ${address}`,
  demo: 'This is a demo with fictional people. To sign in, give one of these e-mail addresses; the code is shown here:',
  person: (email: string, name: string, role: string) => `  ${email}  ${name}, ${role}`,
  stop: 'Ctrl-C stops it.',
  stopping: 'Stopping: what is being answered is finished first.',
  seeding: 'The store is new: filling it with the demo region.',
  migrated: (count: number) => `The store was brought up to date (${count} ${count === 1 ? 'step' : 'steps'}).`,
  portTaken: (port: number) => `Port ${port} is used by another program. Set PORT to another one.`,
  settings: 'These settings need mending:',
  needsOrigin:
    'Outside this machine the portal needs the address people use: set VSX_ORIGIN to one that begins with https://',
  demoStaysHere:
    'This store is a demo. It can only be opened on this machine: unset HOST and VSX_ORIGIN, or choose another VSX_DATA.',
  jobStopped: 'Mail could not be sent; it is tried again in a minute.',
}
