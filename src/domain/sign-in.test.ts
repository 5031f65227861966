import { expect, test } from 'vitest'
import { server } from '../limits.ts'
import { nameOf, refuseAttempt, type SignInSubject } from './sign-in.ts'

const { failures, addressFailures, window } = server.signIn
const account: SignInSubject = { kind: 'account', site: 'worker', email: 'a@example.com' }
const address: SignInSubject = { kind: 'address', address: '10.0.0.1' }

test.each<[SignInSubject, number, number, number | undefined]>([
  [account, failures - 1, 0, undefined],
  [account, failures, 0, window / 1000],
  [account, failures + 1, 1, window / 1000],
  [account, failures, window - 1, 1],
  [account, failures, window, undefined],
  [{ kind: 'claim', workerId: 'A1' }, failures, 0, window / 1000],
  [address, failures, 0, undefined],
  [address, addressFailures - 1, 0, undefined],
  [address, addressFailures, 0, window / 1000],
  [address, addressFailures, window, undefined],
])('%o with %i failures is refused %i ms after the first for %s s', (subject, count, passed, wait) => {
  const refusal = refuseAttempt(subject, { failures: count, since: 1000 }, 1000 + passed)
  expect(refusal).toEqual(wait && { fault: 'TooManyAttempts', retryAfterSeconds: wait })
})

test('an account is not taken for an address, nor one site for the other, whatever is typed', () => {
  const typed = (site: 'worker' | 'requester', email: string) => nameOf({ kind: 'account', site, email })
  const names = [nameOf(address), typed('worker', '10.0.0.1'), typed('requester', '10.0.0.1')]
  expect(new Set(names).size).toBe(3)
  expect(typed('worker', 'address 10.0.0.1')).not.toBe(nameOf(address))
})
