import { describe, expect, it } from 'vitest'
import { operations } from '../model/operations.ts'
import type { HIT } from '../model/shapes.ts'
import { encode, spellTime } from './encode.ts'

describe('times in the spelling of a Java double [hits 1.1, client W3, wire 2.4]', () => {
  it.each([
    [1558393704, '1.558393704E9'],
    [1558393700, '1.5583937E9'],
    [1600000000, '1.6E9'],
    [2000000000, '2.0E9'],
    [10000000, '1.0E7'],
    [9999999, '9999999.0'],
    [86400, '86400.0'],
    [0, '0.0'],
    [-1, '-1.0'],
    [-315619200, '-3.156192E8'],
    [12345678901, '1.2345678901E10'],
  ])('%d s', (seconds, text) => {
    expect(spellTime(seconds * 1000)).toBe(text)
    expect(Number(text)).toBe(seconds)
  })

  it('drops the fraction of a second', () => expect(spellTime(1558393704999)).toBe('1.558393704E9'))
})

describe('answers [client W4, W5; wire 2.3]', () => {
  it('CreateHITType: 46 bytes, as recorded [hits 1.2]', () => {
    const text = encode(operations.CreateHITType.output, { HITTypeId: '3'.padEnd(30, 'A') })
    expect(text).toBe('{"HITTypeId":"3AAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}')
    expect(Buffer.byteLength(text)).toBe(46)
  })

  it('no output: the two bytes {}', () => expect(encode(operations.DeleteHIT.output, {})).toBe('{}'))

  it('the empty page has its list and no token [client W2]', () => {
    expect(encode(operations.ListHITs.output, { NumResults: 0, HITs: [] })).toBe('{"NumResults":0,"HITs":[]}')
  })

  it('escapes what JSON must and nothing else', () => {
    const text = encode(operations.CreateHITType.output, { HITTypeId: 'a/b"\\\n\u2028é😀' })
    expect(text).toBe('{"HITTypeId":"a/b\\"\\\\\\n\u2028é😀"}')
  })

  it('throws for a number that is none: a bug must not become an answer', () => {
    expect(() => encode(operations.ListHITs.output, { NumResults: NaN, HITs: [] })).toThrow(TypeError)
  })
})

describe('CreateHITWithHITType: 1336 bytes, as recorded [hits 1.2, 12.0]', () => {
  const xml = '<HTMLQuestion/>'
  const hit: HIT = {
    // Given in another order than the model's, with members that are not set.
    Expiration: 1558997304000,
    CreationTime: 1558393704000,
    RequesterAnnotation: undefined,
    HITId: '3'.padEnd(30, 'A'),
    HITTypeId: '3'.padEnd(30, 'B'),
    HITGroupId: '3'.padEnd(30, 'C'),
    Title: 'T'.repeat(40),
    Description: 'D'.repeat(60),
    Question: xml,
    Keywords: 'k, l',
    HITStatus: 'Assignable',
    MaxAssignments: 1,
    Reward: '0.01',
    AutoApprovalDelayInSeconds: 2592000,
    AssignmentDurationInSeconds: 3600,
    QualificationRequirements: [],
    HITReviewStatus: 'NotReviewed',
    NumberOfAssignmentsPending: 0,
    NumberOfAssignmentsAvailable: 1,
    NumberOfAssignmentsCompleted: 0,
  }
  const expected = (creation: string, expiration: string, question: string) =>
    `{"HIT":{"HITId":"${hit.HITId}","HITTypeId":"${hit.HITTypeId}","HITGroupId":"${hit.HITGroupId}",` +
    `"CreationTime":${creation},"Title":"${hit.Title}","Description":"${hit.Description}",` +
    `"Question":"${question}","Keywords":"k, l","HITStatus":"Assignable","MaxAssignments":1,"Reward":"0.01",` +
    `"AutoApprovalDelayInSeconds":2592000,"Expiration":${expiration},"AssignmentDurationInSeconds":3600,` +
    '"QualificationRequirements":[],"HITReviewStatus":"NotReviewed","NumberOfAssignmentsPending":0,' +
    '"NumberOfAssignmentsAvailable":1,"NumberOfAssignmentsCompleted":0}}'

  it('has every member of a HIT without annotation and layout, in order, and E9 times', () => {
    const bare = expected('1.558393704E9', '1.558997304E9', '').length
    const question = xml.padEnd(1336 - bare, ' ')
    const text = encode(operations.CreateHITWithHITType.output, { HIT: { ...hit, Question: question } })
    expect(text).toBe(expected('1.558393704E9', '1.558997304E9', question))
    expect(Buffer.byteLength(text)).toBe(1336)
    // The other spellings that were ruled out by the recording.
    expect(expected('1558393704', '1558997304', question).length).toBe(1330)
    expect(expected('1558393704.0', '1558997304.0', question).length).toBe(1334)
  })
})
