// A day's submissions as JSON, and as the props of their island [websites 1.9].
import type { DayPage, Submission } from '../../../operations/worker/ListDay.ts'
import { jsonDollars, jsonMoney, pageCounts } from '../../json.ts'
import { contactAboutAssignment } from '../messages/contact-link.ts'

/** The answer to a program that asks for a day. `page` is the number of the page. */
export function dayJSON({ submissions, total }: DayPage, page: number): object {
  return {
    results: submissions.map((submission) => ({
      ...common(submission),
      reward: jsonMoney(submission.type.reward),
    })),
    ...pageCounts(page, submissions, total),
  }
}

const columns = ['requester_name', 'title', 'reward', 'state', 'requester_feedback'] as const

/** The props of the island: rewards are plain numbers there, and each entry has an address to write to. */
export function dayIsland(submissions: readonly Submission[]): object {
  return {
    bodyData: submissions.map((submission) => ({
      ...common(submission),
      reward: jsonDollars(submission.type.reward),
      contact_requester_url: contactAboutAssignment(submission),
    })),
    tableConfig: columns.map((dataKey) => ({ dataKey })),
  }
}

function common({ assignment, type, requesterName, state }: Submission) {
  return {
    assignment_id: assignment.id,
    hit_id: assignment.hitId,
    state,
    title: type.title,
    requester_id: assignment.requesterId,
    requester_name: requesterName,
    requester_feedback: assignment.feedback ?? null,
  }
}
