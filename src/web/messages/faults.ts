// Refusals as people read them. How AWS clients get them stands in wire/errors.ts.
import type { Fault } from '../../domain/fault.ts'
import type { Texts } from './en.ts'

/** The name of a note that a page can show above its content; part of its address, so from this closed list only. */
export type NoticeName = keyof Texts['notices']

/** Whether there is a note of this name. */
export function isNotice(texts: Texts, name: string | undefined): name is NoticeName {
  return name !== undefined && Object.hasOwn(texts.notices, name)
}

/** The note about a refusal to accept, preview or return, or undefined when there is none of its own. */
export function noticeOf(texts: Texts, fault: Fault): NoticeName | undefined {
  if (fault.fault === 'HITDoesNotExist') return 'HITNotAvailable'
  if (fault.fault === 'AssignmentDoesNotExist' || fault.fault === 'AssignmentNotOpen') return 'NotInQueue'
  return isNotice(texts, fault.fault) ? fault.fault : undefined
}

/** A refusal in one sentence [websites 1.5]. */
export function faultText(texts: Texts, fault: Fault): string {
  const name = noticeOf(texts, fault)
  if (name !== undefined) return texts.notices[name].heading
  return fault.fault === 'Busy' ? texts.errors.busy.text : texts.errors.refusedText
}

/** Why a group cannot be accepted, for the list. */
export function refusalText(texts: Texts, fault: Fault): string {
  const { refusals } = texts
  return fault.fault in refusals ? refusals[fault.fault as keyof typeof refusals] : refusals.other
}
