// Searches that a worker keeps, and what he is mailed about new groups that match them. Texts are in English, as the
// worker site's own.
import { cents, formatDollars, type Cents } from './money.ts'
import type { MessageText } from './worker-messages.ts'

/** Filters of the list of groups; what does not narrow it is empty, zero or false. */
export interface SavedFilters {
  search: string
  minReward: Cents
  qualified: boolean
  masters: boolean
  /** Only groups that he marked, and those of requesters whom he marked. */
  favourites: boolean
  requesterId: string | undefined
  /** The order in which the list is shown. */
  sort: string
}

export interface SavedSearch extends SavedFilters {
  /** In order of time. */
  id: string
  workerId: string
  name: string
  /** Groups that are newer are told by mail; undefined when none are. Epoch milliseconds. */
  alertsSince: number | undefined
  createdAt: number
}

/** A name as it is kept: one line, without spaces at its ends. */
export function tidyName(name: string): string {
  return name.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
}

/** A new group, as the mail tells it. */
export interface NewGroup {
  title: string
  requesterName: string
  reward: Cents
  /** Median seconds that others needed; undefined when nobody has finished one. */
  medianSeconds: number | undefined
  url: string
}

/** What the mail tells; `more` is how many groups it does not list. */
export interface Alert {
  groups: readonly NewGroup[]
  more: number
  /** Addresses of the list of all groups, of the saved searches, and of the page that ends all alerts. */
  list: string
  searches: string
  stop: string
}

/** The mail about new groups. */
export function alertMessage({ groups, more, list, searches, stop }: Alert): MessageText {
  const count = groups.length + more
  const lines = groups.map(({ title, requesterName, reward, medianSeconds, url }) => {
    const hourly = hourlyPay(reward, medianSeconds)
    const pay = `$${formatDollars(reward)}${hourly === undefined ? '' : `, about $${formatDollars(hourly)} an hour`}`
    return `${tidyName(title)}\n${pay}, by ${tidyName(requesterName)}\n${url}`
  })
  const others = more === 0 ? [] : [`${more} more:\n${list}`]
  return {
    subject: count === 1 ? 'A new group of HITs for you' : `${count} new groups of HITs for you`,
    text: [
      count === 1
        ? 'This group of HITs is new and matches what you asked to be told of.'
        : 'These groups of HITs are new and match what you asked to be told of.',
      ...lines,
      ...others,
      `Change what you are told of:\n${searches}`,
      `End this mail, without signing in:\n${stop}`,
    ].join('\n\n'),
  }
}

/** What an hour comes to, to the nearest cent. */
function hourlyPay(reward: Cents, medianSeconds: number | undefined): Cents | undefined {
  const seconds = BigInt(Math.floor(medianSeconds ?? 0))
  return seconds > 0n ? cents((reward * 3600n + seconds / 2n) / seconds) : undefined
}

/** What a token is signed for that ends a worker's alerts without signing in. */
export function stopSubject(workerId: string): string {
  return `end alerts of ${workerId}`
}
