// The note that an address asks for: `?notice=<name>`, from a closed list, after a redirect.
import { doneNotices } from '../messages/en/notices.ts'
import { isNotice, type NoticeName } from '../messages/faults.ts'
import type { Visit } from '../visit.ts'
import { Banner } from './banner.tsx'

/** The note of the page's address, or the one that the page gives. */
export function Notice({ visit, name }: { visit: Visit; name?: NoticeName | undefined }) {
  const asked = name ?? visit.c.req.query('notice')
  // That work has arrived is said only by a page that has looked.
  if (!isNotice(visit.texts, asked) || (asked === 'Submitted' && name === undefined)) return null
  return <Banner kind={asked in doneNotices ? 'success' : 'danger'} {...visit.texts.notices[asked]} />
}
