// Names whose servers are silent: whoever may name a destination may have as many of them as he likes, and they keep no
// other destination waiting [design 4].
import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { once } from 'node:events'
import type { LookupAddress } from 'node:dns'
import { expect, onTestFinished, test } from 'vitest'
import { lookupBy } from './private-networks.ts'

const typeA = 1

/** The name and the type that a query asks for. */
function questionOf(query: Buffer): { name: string; type: number; bytes: Buffer } {
  const labels: string[] = []
  let at = 12
  for (; query[at] !== 0; at += query[at]! + 1)
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!))
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), bytes: query.subarray(12, at + 5) }
}

/** Starts a name server that knows one address of every name, but says nothing of names that begin with `silent`. */
async function startNameServer(): Promise<{ port: number; asked: Set<string> }> {
  const asked = new Set<string>()
  const server = createSocket('udp4')
  server.on('message', (query, { port, address }) => {
    const { name, type, bytes } = questionOf(query)
    asked.add(name)
    if (name.startsWith('silent')) return
    const answers = type === typeA ? 1 : 0
    const head = Buffer.from([query[0]!, query[1]!, 0x81, 0x80, 0, 1, 0, answers, 0, 0, 0, 0])
    const record = Buffer.from([0xc0, 12, 0, typeA, 0, 1, 0, 0, 0, 60, 0, 4, 93, 184, 216, 34])
    server.send(Buffer.concat([head, bytes, ...(answers > 0 ? [record] : [])]), port, address)
  })
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { port: server.address().port, asked }
}

test('a hundred of them do not keep another name waiting', async () => {
  const { port, asked } = await startNameServer()
  const resolver = new Resolver({ timeout: 10_000, tries: 1 })
  resolver.setServers([`127.0.0.1:${port}`])
  onTestFinished(() => resolver.cancel())
  const lookup = lookupBy(resolver)
  const look = (name: string) =>
    new Promise<string | LookupAddress[]>((resolve, reject) => {
      lookup(name, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
    })
  const answered: string[] = []
  const silent = Array.from({ length: 100 }, (_, i) => `silent${i}.example.org`)
  for (const name of silent) look(name).then(() => answered.push(name), () => answered.push(name)) // prettier-ignore
  await expect.poll(() => asked.size).toBe(100)
  expect(await look('hooks.example.org')).toEqual([{ address: '93.184.216.34', family: 4 }])
  expect(answered).toEqual([])
})
