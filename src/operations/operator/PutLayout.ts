import type { Fault } from '../../domain/fault.ts'
import { pageOfTemplate } from '../../domain/question/layout.ts'
import { market } from '../../limits.ts'
import * as layouts from '../../store/layouts.ts'
import * as requesters from '../../store/requesters.ts'
import type { OperatorCaller, WriteOperation } from '../operation.ts'

export interface LayoutInput {
  requesterId: string
  /** The layout of which this is the next version; without it a new one is made. */
  layoutId?: string | undefined
  name: string
  html: string
}

// No XML document may hold these, so no HIT could be made of a template with one.
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

/**
 * Keeps a template as a layout of the requester, or as the next version of one; HITs keep the version that they were
 * made of [questions 8]. InvalidInput, RequesterDoesNotExist, HITLayoutDoesNotExist, PermissionDenied.
 */
export const PutLayout: WriteOperation<
  OperatorCaller,
  LayoutInput,
  { layoutId: string; version: number },
  LayoutInput & { page: string }
> = {
  mode: 'write',
  name: 'PutLayout',
  subject: (_, __, { layoutId }) => layoutId,
  async check(input) {
    return refuseTemplate(input.html) ?? { ...input, page: await pageOfTemplate(input.html) }
  },
  async perform(tx, _, { requesterId, layoutId, name, html, page }) {
    if (!(await requesters.find(tx, requesterId))) return { fault: 'RequesterDoesNotExist', requesterId }
    const before = layoutId === undefined ? undefined : await layouts.lockLatest(tx, layoutId)
    if (layoutId !== undefined) {
      if (before === undefined) return { fault: 'HITLayoutDoesNotExist', hitLayoutId: layoutId }
      if (before.requesterId !== requesterId) return { fault: 'PermissionDenied' }
    }
    const id = before?.id ?? tx.ids.entity(tx.now)
    const version = (before?.version ?? 0) + 1
    await layouts.add(tx, { id, version, requesterId, name, html, page, createdAt: tx.now })
    return { layoutId: id, version }
  },
}

function refuseTemplate(html: string): Fault | undefined {
  const wrong = (explanation: string): Fault => ({ fault: 'InvalidInput', member: 'html', explanation })
  if (html.trim() === '') return wrong('It is empty.')
  if (Buffer.byteLength(html) > market.layoutBytes)
    return wrong(`It has more than ${market.layoutBytes} bytes.`)
  if (forbidden.test(html) || !html.isWellFormed())
    return wrong('It holds a character that no page may hold.')
  return undefined
}
