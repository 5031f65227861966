// Our description of the API against the one in an installed botocore, shape by shape; and boto3 with ours.
// What this machine has no Python packages for is skipped, with the reason in the title.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { operationNames } from '../../src/model/operations.ts'
import {
  toPaginators,
  toServiceDescription,
  type ServiceDescription,
} from '../../src/model/to-service-description.ts'

const script = fileURLToPath(new URL('botocore-model.py', import.meta.url))

interface BotocoreModel {
  version: string
  boto3: string | null
  service: ServiceDescription | null
  paginators: ReturnType<typeof toPaginators> | null
}

interface Client {
  source: string
  methods: Record<string, string>
  paginators: string[]
  exceptions: string[]
  signingName: string
  endpointPrefix: string
}

function python<Answer>(arguments_: string[], environment: Record<string, string> = {}): Answer | string {
  const run = spawnSync('python3', [script, ...arguments_], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    maxBuffer: 64 * 1024 * 1024,
    timeout: 60_000,
  })
  if (run.status === 0) return JSON.parse(run.stdout) as Answer
  return run.error?.message ?? run.stderr.trim().split('\n').at(-1) ?? 'python3 failed'
}

/** Everything that is a fact: the model without its sentences. */
function withoutDocumentation(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDocumentation)
  if (typeof value !== 'object' || value === null) return value
  const facts = Object.entries(value).filter(
    ([name, of]) => name !== 'documentation' || typeof of !== 'string',
  )
  return Object.fromEntries(facts.map(([name, of]) => [name, withoutDocumentation(of)]))
}

const installed = python<BotocoreModel>([])

if (typeof installed === 'string') {
  // Anything but a missing Python or package is a fault of the script.
  if (!/ENOENT|not found|No module named/.test(installed)) throw new Error(installed)
  test(`our model is botocore's`, ({ skip }) => skip(`python3 has no botocore here (${installed})`))
} else {
  if (installed.service) describeModel(installed, installed.service)
  else
    test(`our model is botocore's`, ({ skip }) =>
      skip(`botocore ${installed.version} has dropped the service`))
  if (installed.boto3) describeClient(installed.boto3)
  else test('boto3 builds a client from our description', ({ skip }) => skip('python3 has no boto3 here'))
}

function describeModel(botocore: BotocoreModel, documented: ServiceDescription): void {
  const theirs = withoutDocumentation(documented) as ServiceDescription
  const ours = toServiceDescription('without')

  describe(`our model is that of botocore ${botocore.version} [wire 3.5]`, () => {
    // An older botocore says less about the service; what it says is the same.
    test('the service has the same constants', () => {
      expect(ours.metadata).toMatchObject(theirs.metadata)
    })

    test('there are the same operations and shapes, and no others', () => {
      expect(Object.keys(ours.operations).sort()).toEqual(Object.keys(theirs.operations).sort())
      expect(Object.keys(ours.shapes).sort()).toEqual(Object.keys(theirs.shapes).sort())
    })

    test.each(Object.keys(theirs.operations))(
      '%s has the same input, output, errors and idempotence',
      (name) => {
        expect(ours.operations[name]).toEqual(theirs.operations[name])
      },
    )

    test.each(Object.keys(theirs.shapes))(
      '%s has the same type, members in order, and constraints',
      (name) => {
        const [our, their] = [ours.shapes[name], theirs.shapes[name]]
        expect(our).toEqual(their)
        expect(Object.keys(our?.members ?? {})).toEqual(Object.keys(their?.members ?? {}))
      },
    )

    test('of our own there is one value, and no more: a transport', () => {
      const { shapes, ...rest } = toServiceDescription()
      const { NotificationTransport: transport, ...otherShapes } = shapes
      const { NotificationTransport: documentedTransport, ...documentedShapes } = ours.shapes
      expect({ ...rest, shapes: otherShapes }).toEqual({ ...ours, shapes: documentedShapes })
      expect(transport).toEqual({
        ...documentedTransport,
        enum: [...documentedTransport!.enum!, 'Webhook'],
      })
    })

    test('the same operations page, by the same members', () => {
      expect(toPaginators().pagination).toEqual(botocore.paginators?.pagination)
    })
  })
}

/** boto3 with our description: under its own name, and under one that botocore has never heard of. */
function describeClient(version: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'kempelen-model-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const expected = Object.keys(toPaginators().pagination).sort()

  test.each(['mturk', 'kempelen'])(
    `boto3 ${version} builds a client of 39 methods from our description as %s`,
    (service) => {
      const place = join(folder, service, '2017-01-17')
      mkdirSync(place, { recursive: true })
      writeFileSync(join(place, 'service-2.json'), JSON.stringify(toServiceDescription()))
      writeFileSync(join(place, 'paginators-1.json'), JSON.stringify(toPaginators()))
      const client = python<Client>(['client', service], { AWS_DATA_PATH: folder })
      if (typeof client === 'string') throw new Error(client)
      expect(client.source.startsWith(place)).toBe(true)
      expect(Object.values(client.methods).sort()).toEqual(operationNames)
      expect(client.methods['create_hit_with_hit_type']).toBe('CreateHITWithHITType')
      expect(client.paginators).toEqual(expected)
      expect(client.exceptions).toEqual(['RequestError', 'ServiceFault'])
      expect(client.signingName).toBe('mturk-requester')
      expect(client.endpointPrefix).toBe('mturk-requester')
    },
  )
}
