import { expect, test } from 'vitest'
import { isPrivateAddress, isPrivateHost } from './private-address.ts'

test.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.16.0.1', true],
  ['172.15.0.1', false],
  ['172.32.0.1', false],
  ['192.168.1.1', true],
  ['169.254.169.254', true],
  ['100.64.0.1', true],
  ['100.128.0.1', false],
  ['0.0.0.0', true],
  ['224.0.0.1', true],
  ['8.8.8.8', false],
  ['::1', true],
  ['::', true],
  ['::ffff:10.0.0.1', true],
  ['::ffff:a00:1', true],
  ['::ffff:808:808', false],
  ['64:ff9b::a00:1', true],
  ['fe80::1', true],
  ['fd12::1', true],
  ['ff02::1', true],
  ['fe80::1%eth0', true],
  ['fe80::8.8.8.8', true],
  ['::127.0.0.1', true],
  ['::ffff:8.8.8.8', false],
  ['64:ff9b::1', true],
  ['64:ff9b::8.8.8.8', false],
  ['64:ff9b:1::808:808', true],
  ['2002:7f00:1::', true],
  ['2002:808:808::1', false],
  ['2001:0:808:808::1', true],
  ['2001:4860:4860::8888', false],
  ['2606:4700::', false],
])('the address %s is private: %s', (address, isPrivate) => {
  expect(isPrivateAddress(address)).toBe(isPrivate)
})

test.each([
  ['localhost', true],
  ['LOCALHOST.', true],
  ['tasks.localhost', true],
  ['db.internal', true],
  ['[::1]', true],
  ['[2001:db8::1]', false],
  ['10.example.org', false],
  ['fd.example.org', false],
  ['example.org', false],
])('the host %s is private: %s', (host, isPrivate) => {
  expect(isPrivateHost(host)).toBe(isPrivate)
})
