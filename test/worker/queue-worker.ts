import application from '../../src/main.worker.ts'

/** The tests call what they test themselves; what the queue brings goes to the application, as on Workers. */
const handler = { queue: application.queue }

export default handler
