// The note that an address asks for: `?notice=<name>`, from a closed list, after a redirect.
import { accountNotices } from '../messages/en/accounts.ts'
import { searchNotices } from '../messages/en/searches.ts'
import { isNotice, type NoticeName } from '../messages/faults.ts'
import type { Visit } from '../visit.ts'
import { Banner } from './banner.tsx'

const good: readonly string[] = [
  ...Object.keys(accountNotices),
  ...Object.keys(searchNotices),
  'Submitted',
  'Returned',
  'SignedOut',
  'Edited',
]

/** The note of the page's address, or the one that the page gives. */
export function Notice({ visit, name }: { visit: Visit; name?: NoticeName | undefined }) {
  const asked = name ?? visit.c.req.query('notice')
  // That work has arrived is said only by a page that has looked.
  if (!isNotice(visit.texts, asked) || (asked === 'Submitted' && name === undefined)) return null
  return <Banner kind={good.includes(asked) ? 'success' : 'danger'} {...visit.texts.notices[asked]} />
}
