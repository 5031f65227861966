// A call that must be refused and leave every table as it was, sent byte by byte to a server of its own.
import { expect } from 'vitest'
import type { OperationName } from '../../src/model/operations.ts'
import type { Laboratory } from './journey.ts'
import type { Refusal } from './market.ts'
import { rawCall } from './raw-call.ts'
import type { WireServer } from './wire-server.ts'

/** A refusal of the front end whose text does not matter here. */
export const ofType = (type: string) => ({ status: 400, type })

/** What does not validate as the XML that a parameter must be; what is wrong with it is told after the sentence. */
export const badXML = {
  status: 400,
  type: 'ParameterValidationError',
  code: 'AWS.MechanicalTurk.XMLParseError',
  message: expect.stringMatching(
    /^There was an error parsing the XML question or answer data in your request\. {2}Please make sure .* Details: ./s,
  ) as string,
}

/** Makes a call that must be refused with `expected`, and proves that no row of any table is new, gone or changed. */
export async function refusedWhole(
  { address, contents, journey }: WireServer,
  lab: Laboratory,
  operation: OperationName,
  input: object,
  expected: Refusal | Partial<Refusal>,
): Promise<void> {
  const before = await contents()
  const { status, json } = await rawCall(address, lab.key, operation, JSON.stringify(input))
  const message = String(json.Message ?? json.message ?? '').replace(/ \(\d+( s)?\)$/, '')
  const shown = { status, type: json.__type, message, code: json.TurkErrorCode }
  expect(shown, `${operation} ${JSON.stringify(input)}`).toMatchObject(expected)
  const after = await contents()
  for (const table of Object.keys(before)) expect(after[table], `the table ${table}`).toEqual(before[table])
  expect((await journey.control('ledger')).body.sum).toBe('0.00')
}
