import { server } from '../../limits.ts'
import * as requesters from '../../store/requesters.ts'
import * as sessions from '../../store/sessions.ts'
import * as workers from '../../store/workers.ts'
import { write, type OperatorCaller } from '../operation.ts'

/** Makes a one-time address that signs a browser in. `hash` is the SHA-256 of its token. WorkerDoesNotExist, RequesterDoesNotExist. */
export const CreateSignInLink = write<
  OperatorCaller,
  { hash: string; site: sessions.Site; personId: string; wallNow: number },
  object
>(
  'CreateSignInLink',
  (_, input) => input.personId,
  async (tx, _, { hash, site, personId, wallNow }) => {
    const person = await (site === 'worker' ? workers : requesters).find(tx, personId)
    if (person === undefined || ('closedAt' in person && person.closedAt !== undefined)) {
      return site === 'worker'
        ? { fault: 'WorkerDoesNotExist', workerId: personId }
        : { fault: 'RequesterDoesNotExist', requesterId: personId }
    }
    const expiresAt = wallNow + server.signInLinkLifetime
    await sessions.addLink(tx, { hash, site, personId, expiresAt })
    return {}
  },
)
