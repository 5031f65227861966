import { describe, expect, it } from 'vitest'
import { frameURL } from './frame-url.ts'

const accepted = {
  assignmentId: '3ASSIGNMENT',
  hitId: '3HIT',
  workerId: 'AWORKER',
  turkSubmitTo: 'http://localhost:1770/s/tok.en',
}
const query =
  'assignmentId=3ASSIGNMENT&hitId=3HIT&workerId=AWORKER&turkSubmitTo=http%3A%2F%2Flocalhost%3A1770%2Fs%2Ftok.en'
const preview = 'assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE&hitId=3HIT'

describe('the address of a task frame [questions 5.2, client-contract 5]', () => {
  it.each([
    ['no query', 'https://a.example/run', '?', ''],
    ['no path', 'https://a.example', '?', ''],
    ['a query', 'https://a.example/run?batch=9&item=204', '&', ''],
    ['a ? at the end', 'https://a.example/run?', '', ''],
    ['a fragment', 'https://a.example/run', '?', '#/first?x=1'],
    ['a query and a fragment', 'https://a.example/run?a=1', '&', '#top'],
    ['an empty fragment', 'https://a.example/run', '?', '#'],
    ['characters that need no change stay', 'https://a.example/é ü%20+', '?', ''],
  ])('%s', (_, page, separator, fragment) => {
    expect(frameURL(page + fragment, accepted)).toBe(page + separator + query + fragment)
    expect(frameURL(page + fragment, { hitId: '3HIT' })).toBe(page + separator + preview + fragment)
  })
})
