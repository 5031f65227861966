import { endSession } from '../session.ts'
import type { WorkerVisit } from '../visit.ts'

/** `POST /sign-out` */
export async function signOut({ c, market, publicURL, session }: WorkerVisit): Promise<Response> {
  await endSession(c, market, publicURL, session)
  return c.redirect('/?notice=SignedOut', 303)
}
