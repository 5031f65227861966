// The control API: a test in any language plays everyone but the requester [design 7]. The calls are in the files
// beside this one, which says what all have in common; every refusal is 4xx with the fault's name.
import { Hono, type Context } from 'hono'
import { isFault, type Fault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import type { Market } from '../../market.ts'
import { readBytes } from '../body.ts'
import { addAccounts } from './accounts.ts'
import type { AddCalls, Answer, Control } from './call.ts'
import { refuseAccess, type ControlAccess } from './guard.ts'
import { BadInput, readObject } from './input.ts'
import { addExports } from './exports.ts'
import { addImportChanges } from './import-changes.ts'
import { addImportCodes } from './import-codes.ts'
import { addImports } from './imports.ts'
import { addLayouts } from './layouts.ts'
import { addLedger } from './ledger.ts'
import { addMail } from './mail.ts'
import { addOutbox } from './outbox.ts'
import { addPayouts } from './payouts.ts'
import { addPeople } from './people.ts'
import { addQualifications } from './qualifications.ts'
import { refusal } from './refusals.ts'
import { addTesting } from './testing.ts'
import { addWork } from './work.ts'

export interface OperatorRoutesDependencies {
  /** The market of the given name; undefined when this server has none. Without a name the first. */
  marketNamed(environment: string | undefined): Market | undefined
  publicURL(market: Market): string
  /** Whether mail about accounts is kept instead of sent, and may be read: demo mode. */
  keepsMail?: boolean
  /** Told of every unexpected error behind a call. */
  failed(error: unknown): void
}

export interface ControlDependencies extends OperatorRoutesDependencies, ControlAccess {
  /** Brings every market back to its state after start. */
  reset(): Promise<void>
}

/** The calls that commands of the operator need as well. */
const operatorCalls: readonly AddCalls[] = [
  addOutbox,
  addPeople,
  addAccounts,
  addExports,
  addImports,
  addImportChanges,
  addImportCodes,
  addLayouts,
  addMail,
  addPayouts,
]

/** Builds the control API as an application of its own, to be mounted at the root. */
export function createControl(dependencies: ControlDependencies): Hono {
  return build(dependencies, (c) => refuseAccess(c, dependencies), [
    (app, control) => addTesting(app, control, () => dependencies.reset()),
    addLedger,
    addWork,
    addQualifications,
    ...operatorCalls,
  ])
}

/** Builds the part of it that commands of the operator call, for where nobody else can. */
export function createOperatorRoutes(dependencies: OperatorRoutesDependencies): Hono {
  return build(dependencies, () => undefined, operatorCalls)
}

function build(
  dependencies: OperatorRoutesDependencies,
  refuse: (c: Context) => string | undefined,
  calls: readonly AddCalls[],
): Hono {
  const handleStream: Control['handleStream'] = (handler) => async (c) => {
    const refused = refuse(c)
    if (refused !== undefined) return c.json({ error: 'AccessDenied', message: refused }, 403)
    const market = dependencies.marketNamed(c.req.query('environment'))
    if (market === undefined) return answer(c, badEnvironment)
    try {
      const value = await handler(market, c)
      return value instanceof Response ? value : answer(c, value)
    } catch (error) {
      if (error instanceof BadInput) return answer(c, error.fault)
      throw error
    }
  }
  const control: Control = {
    publicURL: (market) => dependencies.publicURL(market),
    keepsMail: dependencies.keepsMail ?? false,
    handle: (handler) =>
      handleStream(async (market, c) => {
        const bytes = await readBytes(c, server.controlBodyBytes)
        if (typeof bytes === 'string') throw new BadInput('body', 'It is too large.')
        const body = c.req.method === 'POST' ? readObject(new TextDecoder().decode(bytes)) : {}
        return handler(market, body, c)
      }),
    handleStream,
  }
  const app = new Hono()
  app.onError((error, c) => {
    dependencies.failed(error)
    return c.json({ error: 'ServiceFault', message: 'Something went wrong here. It has been logged.' }, 500)
  })
  for (const add of calls) add(app, control)
  app.all(
    '/_control/*',
    control.handle((_, __, c) => unknownCall(c)),
  )
  return app
}

const badEnvironment: Fault = {
  fault: 'InvalidInput',
  member: 'environment',
  explanation: 'This server does not have that environment.',
}

function unknownCall(c: Context): Fault {
  return {
    fault: 'InvalidInput',
    member: 'address',
    explanation: `There is no call ${c.req.method} ${c.req.path}.`,
  }
}

function answer(c: Context, value: Answer): Response {
  if (!isFault(value)) return c.json(value)
  const { status, body } = refusal(value)
  return c.json(body, status)
}
