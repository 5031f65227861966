// A requester's own qualification type: its states, who may do what with it in which, and how it stands in lists
// [qualifications 1.1, 2.1]. A deleted type goes on as Disposing while a HIT needs it, and after that as a memory.
import type { Fault } from './fault.ts'

export type QualificationTypeStatus = 'Active' | 'Inactive' | 'Disposing' | 'Disposed'

export interface QualificationType {
  id: string
  requesterId: string
  name: string
  description: string
  /** Undefined when none were given; an empty text is kept as such. */
  keywords: string | undefined
  status: QualificationTypeStatus
  /** A QuestionForm document. */
  test: string | undefined
  /** Seconds. */
  testDuration: number | undefined
  /** An AnswerKey document. */
  answerKey: string | undefined
  /** Seconds; undefined when a worker may ask only once. */
  retryDelay: number | undefined
  /** The value that whoever asks gets at once; undefined when requests are judged. */
  autoGrantedValue: number | undefined
  createdAt: number
}

/** Whether the type was deleted and no HIT needs it any more: to all but a second deletion it is not there. */
export function isGone(type: QualificationType): boolean {
  return type.status === 'Disposed'
}

/** Why the type can be neither changed nor deleted: it was deleted before [qualifications 3.2, 3.5]. */
export function canChangeQualificationType(type: QualificationType): Fault | undefined {
  return type.status === 'Active' || type.status === 'Inactive'
    ? undefined
    : { fault: 'InvalidQualificationTypeState', allowed: 'Active,Inactive' }
}

/** Why new HITs and HIT types cannot require the type [qualifications 2.1, 4.5]. */
export function canRequire(type: QualificationType): Fault | undefined {
  return type.status === 'Active' ? undefined : { fault: 'InvalidQualificationTypeState', allowed: 'Active' }
}

/** What decides the place of a name in a list: texts that compare alike in every database and in the program. */
export function sortKeyOf(name: string): string {
  return Buffer.from(name).toString('hex')
}

/** What a search looks through: name, description and keywords, whatever their case [qualifications 3.4]. */
export function searchTextOf(type: Pick<QualificationType, 'name' | 'description' | 'keywords'>): string {
  return foldCase([type.name, type.description, type.keywords ?? ''].join('\n'))
}

/** A text in which case does not matter. */
export function foldCase(text: string): string {
  return text.toLowerCase()
}
