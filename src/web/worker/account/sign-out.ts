import { endSession } from '../../session.ts'
import type { WorkerVisit } from '../../visit.ts'

/** `POST /sign-out` */
export async function signOut({ c, market, publicURL, session }: WorkerVisit): Promise<Response> {
  await endSession(c, market, publicURL, session)
  // Drafts of answers are kept on the device, which the next person may use.
  c.header('Clear-Site-Data', '"storage"')
  return c.redirect('/?notice=SignedOut', 303)
}
