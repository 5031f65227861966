// Logs: JSON lines on standard error, one function per kind of event, so that what is logged can be read here.
// Bodies, secrets and submit tokens never are.
import { pino } from 'pino'

export interface Log {
  /** A bug, or trouble with the database. */
  error(error: unknown, message: string): void
  /** A sentence about the server itself. */
  info(message: string): void
  /** An answered API call. */
  call(event: { operation?: string; status: number | 'dropped'; error?: unknown }): void
}

/** A log that writes from `level` on (`silent` writes nothing). */
export function createLog(level: 'debug' | 'info' | 'error' | 'silent'): Log {
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  )
  return {
    error: (error, message) => logger.error({ err: error }, message),
    info: (message) => logger.info(message),
    call: ({ error, ...event }) => {
      if (error !== undefined) logger.error({ err: error, ...event }, 'call failed')
      else logger.debug(event, 'call')
    },
  }
}
