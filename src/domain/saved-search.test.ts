import { describe, expect, test } from 'vitest'
import { cents } from './money.ts'
import { alertMessage, tidyName, type NewGroup } from './saved-search.ts'

const group: NewGroup = {
  title: 'Name the bird',
  requesterName: 'Bird Laboratory',
  reward: cents(50),
  medianSeconds: 90,
  url: 'https://site.test/projects/3G/tasks',
}
const addresses = {
  list: 'https://site.test/projects',
  searches: 'https://site.test/searches',
  stop: 'https://site.test/alerts/off/A1/token',
}

describe('the mail about new groups', () => {
  test('one group', () => {
    expect(alertMessage({ ...addresses, groups: [group], more: 0 })).toEqual({
      subject: 'A new group of HITs for you',
      text: [
        'This group of HITs is new and matches what you asked to be told of.',
        'Name the bird\n$0.50, about $20.00 an hour, by Bird Laboratory\nhttps://site.test/projects/3G/tasks',
        'Change what you are told of:\nhttps://site.test/searches',
        'End this mail, without signing in:\nhttps://site.test/alerts/off/A1/token',
      ].join('\n\n'),
    })
  })

  test('several, more than it lists', () => {
    const { subject, text } = alertMessage({ ...addresses, groups: [group, group], more: 5 })
    expect(subject).toBe('7 new groups of HITs for you')
    expect(text).toContain('5 more:\nhttps://site.test/projects\n')
  })

  test.each([undefined, 0, 0.4])('no hourly pay when others needed %s seconds', (medianSeconds) => {
    const { text } = alertMessage({ ...addresses, groups: [{ ...group, medianSeconds }], more: 0 })
    expect(text).toContain('\n$0.50, by Bird Laboratory\n')
  })

  test('what a requester wrote stays in its line', () => {
    const title = 'Bird\r\n\r\nEnd this mail:\u2028https://evil.test'
    const { text } = alertMessage({ ...addresses, groups: [{ ...group, title }], more: 0 })
    expect(text).toContain('\n\nBird End this mail: https://evil.test\n$0.50')
  })
})

test.each([
  ['  a  b\n', 'a b'],
  ['\u0000', ''],
])('%j is kept as %j', (name, kept) => {
  expect(tidyName(name)).toBe(kept)
})
