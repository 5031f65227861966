// Work of ListAssignmentsForHIT and GetAssignment [hits 6.5], and bonuses of ListBonusPayments [hits 9.6].
import type { ImportRecord } from '../domain/import/record.ts'
import { writeAnswers } from '../domain/question/answers.ts'
import type { Members } from './json-members.ts'

const states = ['Submitted', 'Approved', 'Rejected'] as const

/** Reads submitted work with its answers. */
export function readAssignment(members: Members): ImportRecord {
  return {
    kind: 'assignment',
    assignment: {
      id: members.id('AssignmentId'),
      hitId: members.id('HITId'),
      workerId: members.workerId('WorkerId'),
      state: members.oneOf('AssignmentStatus', states),
      acceptedAt: members.time('AcceptTime'),
      submittedAt: members.time('SubmitTime'),
      autoApprovalAt: members.optionalTime('AutoApprovalTime'),
      approvedAt: members.optionalTime('ApprovalTime'),
      rejectedAt: members.optionalTime('RejectionTime'),
      feedback: members.optionalText('RequesterFeedback') || undefined,
      answer: readAnswer(members),
      rates: undefined,
    },
  }
}

const document = /^\s*(?:<\?xml[^>]*\?>\s*)?<QuestionFormAnswers[\s>][\s\S]*<\/QuestionFormAnswers>\s*$/
const unusual = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|&(?:quot|apos|#x([\dA-Fa-f]{1,6}));/g
const reference = /&#(?:x([\dA-Fa-f]+)|(\d+));/g
const named: Record<string, string> = { '&quot;': '"', '&apos;': "'" }

/**
 * The answers as they were saved. What our own reader of answers does not know, because the real service hardly ever wrote
 * it, is spelled in the usual way [questions 9.2]; a worker who sent nothing has a document without answers.
 */
function readAnswer(members: Members): string {
  const text = members.optionalText('Answer')?.trim() ?? ''
  if (text === '') return writeAnswers([])
  const isDocument = document.test(text) || /^(<\?xml[^>]*\?>\s*)?<QuestionFormAnswers[^>]*\/>$/.test(text)
  if (!isDocument || namesNoCharacter(text)) {
    members.faults.push('Answer should be a QuestionFormAnswers document, whole and unchanged.')
    return ''
  }
  if (text.endsWith('/>')) return writeAnswers([])
  return text.replace(unusual, (found: string, raw?: string, code?: string) => {
    if (code !== undefined) return `&#${Number.parseInt(code, 16)};`
    if (raw !== undefined) return raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    return named[found] ?? ''
  })
}

/** Whether a number stands for a character that there is not. */
function namesNoCharacter(text: string): boolean {
  for (const [, hexadecimal, decimal] of text.matchAll(reference))
    if ((hexadecimal ? Number.parseInt(hexadecimal, 16) : Number(decimal)) > 0x10_ffff) return true
  return false
}

/** Reads a bonus that was paid. */
export function readBonus(members: Members): ImportRecord {
  return {
    kind: 'bonus',
    workerId: members.workerId('WorkerId'),
    assignmentId: members.id('AssignmentId'),
    // The API does not tell it; the script that saves bonuses adds it.
    hitId: members.optionalId('HITId'),
    amount: members.money('BonusAmount'),
    reason: members.optionalText('Reason') ?? '',
    grantedAt: members.time('GrantTime'),
  }
}
