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
const unusual = /<!\[CDATA\[|<!--|&(?:quot|apos|#x([\dA-Fa-f]{1,6}));/g
const closings: Record<string, string> = { '<![CDATA[': ']]>', '<!--': '-->' }
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
  const spelled = isDocument && !namesNoCharacter(text) ? inUsualSpelling(text) : undefined
  if (spelled === undefined)
    members.faults.push('Answer should be a QuestionFormAnswers document, whole and unchanged.')
  return text.endsWith('/>') ? writeAnswers([]) : (spelled ?? '')
}

/** Undefined when a comment or a section of raw text is not closed. */
function inUsualSpelling(text: string): string | undefined {
  const openings = new RegExp(unusual)
  let spelled = ''
  let from = 0
  for (let found = openings.exec(text); found !== null; found = openings.exec(text)) {
    const [opening, code] = found
    spelled += text.slice(from, found.index)
    from = openings.lastIndex
    const closing = closings[opening]
    if (closing === undefined) {
      spelled += code === undefined ? named[opening]! : `&#${Number.parseInt(code, 16)};`
      continue
    }
    const end = text.indexOf(closing, from)
    if (end < 0) return undefined
    if (closing === ']]>') spelled += escaped(text.slice(from, end))
    from = end + closing.length
    openings.lastIndex = from
  }
  return spelled + text.slice(from)
}

function escaped(raw: string): string {
  return raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
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
