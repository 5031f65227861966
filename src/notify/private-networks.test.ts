import type { LookupAddress } from 'node:dns'
import { expect, test } from 'vitest'
import { publicLookup } from './private-networks.ts'

const look = (hostname: string, all: boolean) =>
  new Promise<string | LookupAddress[]>((resolve, reject) => {
    publicLookup(hostname, { all }, (error, address) => (error ? reject(error) : resolve(address)))
  })

test.each([true, false])('a name of this machine is refused when it is looked up (all: %s)', async (all) => {
  await expect(look('localhost', all)).rejects.toThrow(/private network/)
})

test('a public address passes in both forms', async () => {
  expect(await look('8.8.8.8', false)).toBe('8.8.8.8')
  expect(await look('8.8.8.8', true)).toEqual([{ address: '8.8.8.8', family: 4 }])
})
