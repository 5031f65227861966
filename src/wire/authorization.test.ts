import { describe, expect, it } from 'vitest'
import { parseAuthorization, parseCredential } from './authorization.ts'

const scope = 'AKID/20260101/us-east-1/mturk-requester/aws4_request'
const whole = {
  algorithm: 'AWS4-HMAC-SHA256',
  credential: scope,
  signedHeaders: 'host;x-amz-date',
  signature: 'abc',
}

describe('the Authorization header in every layout seen [wire 4.1, client 2]', () => {
  it.each([
    ['comma and space', `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=abc`],
    ['comma alone (PHP)', `AWS4-HMAC-SHA256 Credential=${scope},SignedHeaders=host;x-amz-date,Signature=abc`],
    ['space alone', `AWS4-HMAC-SHA256 Credential=${scope} SignedHeaders=host;x-amz-date Signature=abc`],
    ['another order', `AWS4-HMAC-SHA256 Signature=abc, SignedHeaders=host;x-amz-date, Credential=${scope}`],
    [
      'a comma at the end',
      `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=abc,`,
    ],
  ])('%s', (_, header) => {
    expect(parseAuthorization(header)).toEqual(whole)
  })

  it('keeps blanks and commas inside a key id', () => {
    const header = `AWS4-HMAC-SHA256 Credential=my key, no 1/a/b/c/d, SignedHeaders=h, Signature=s`
    expect(parseAuthorization(header)?.credential).toBe('my key, no 1/a/b/c/d')
  })

  it('leaves missing and empty parameters undefined', () => {
    expect(parseAuthorization('AWS4-HMAC-SHA256 Credential=a, Signature=')).toEqual({
      algorithm: 'AWS4-HMAC-SHA256',
      credential: 'a',
      signedHeaders: undefined,
      signature: undefined,
    })
    expect(parseAuthorization('AWS4-X')).toMatchObject({ algorithm: 'AWS4-X', credential: undefined })
  })

  it.each(['Basic x', '', 'aws4-hmac-sha256 Credential=a'])('knows no other scheme: %j', (header) => {
    expect(parseAuthorization(header)).toBeUndefined()
  })
})

describe('the Credential is split from the right [wire 4.1]', () => {
  it.each([
    ['AK/1/r/s/t', 'AK'],
    ['a/b c/1/r/s/t', 'a/b c'],
    ['/1/r/s/t', ''],
  ])('%j', (credential, accessKeyId) => {
    expect(parseCredential(credential)).toEqual({
      accessKeyId,
      date: '1',
      region: 'r',
      service: 's',
      terminator: 't',
    })
  })

  it('refuses four parts', () => expect(parseCredential('a/b/c/d')).toBeUndefined())
})
