// Logs: JSON lines on standard error, one function per kind of event, so that what is logged can be read here.
// Bodies, secrets and submit tokens never are.
import { pino } from 'pino'
import { server } from './limits.ts'

export interface Log {
  /** A bug, or trouble with the database. */
  error(error: unknown, message: string): void
  /** A sentence about the server itself. */
  info(message: string): void
  /** An answered API call. */
  call(event: CallEvent): void
}

/**
 * What is told of an API call: no secret, and no text of the caller's body but the names of what was ignored; whatever
 * else it had stays untold.
 */
export interface CallEvent {
  requestId?: string
  operation?: string
  accessKeyId?: string
  requesterId?: string
  status: number | 'dropped'
  /** `__type` of the error that was answered. */
  errorType?: string
  milliseconds?: number
  /** Names in the body that mean nothing, and were passed over: a misspelled one may have meant much. */
  ignored?: readonly string[]
  /** What was thrown: a bug of ours. */
  error?: unknown
}

/** A log that writes from `level` on (`silent` writes nothing). */
export function createLog(level: 'debug' | 'info' | 'error' | 'silent'): Log {
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: shown } },
    pino.destination({ fd: 2, sync: true }),
  )
  return {
    error: (error, message) => logger.error({ err: error }, message),
    info: (message) => logger.info(message),
    call({
      requestId,
      operation,
      accessKeyId,
      requesterId,
      status,
      errorType,
      milliseconds,
      ignored,
      error,
    }) {
      const told = { requestId, operation, accessKeyId, requesterId, status, errorType, milliseconds }
      if (error !== undefined) logger.error({ err: error, ...told }, 'call failed')
      else if (ignored !== undefined)
        logger.info({ ...told, ignored: few(ignored) }, 'call with ignored parameters')
      else logger.debug(told, 'call')
    },
  }
}

/** The first names, as far as a line should go: callers make them as many and as long as they like. */
function few(names: readonly string[]): string[] {
  return names.slice(0, server.toldNames).map((name) => name.slice(0, server.toldNameLength))
}

/** The parts of an error that are ours to tell: a database adds the values of the row that it refused. */
function shown(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  return {
    type: error.constructor.name,
    message: error.message,
    stack: error.stack,
    code,
    errcode,
    ...(error.cause === undefined ? {} : { cause: shown(error.cause) }),
  }
}
