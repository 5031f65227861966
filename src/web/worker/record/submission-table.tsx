// Submitted assignments as their worker sees them: on a day, and in his history [websites 1.9].
import { pacificDay } from '../../../clock.ts'
import { zero, type Cents } from '../../../domain/money.ts'
import type { Submission } from '../../../operations/worker/ListDay.ts'
import { day, hourlyPay, money, shortSpan } from '../../ui/format.ts'
import type { WorkerVisit } from '../../visit.ts'
import { contactAboutAssignment } from '../messages/contact-link.ts'
import { editPath } from '../work/edit.tsx'

interface Listed extends Submission {
  bonuses?: Cents
  isEditable?: boolean
}

interface SubmissionTableProps {
  visit: WorkerVisit
  submissions: readonly Listed[]
  label: string
  /** Says of each on which day it was submitted. */
  isDated?: boolean
}

/** A table with a line for each assignment. */
export function SubmissionTable({ visit, submissions, label, isDated = false }: SubmissionTableProps) {
  const { day: texts } = visit.texts
  return (
    <table class="cards submissions" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{texts.hit}</th>
          {isDated && <th scope="col">{texts.submittedOn}</th>}
          <th scope="col">{texts.requester}</th>
          <th scope="col">{texts.state}</th>
          <th scope="col" class="number">
            {texts.reward}
          </th>
          <th scope="col" class="number">
            {texts.time}
          </th>
          <th scope="col" class="number">
            {texts.hourly}
          </th>
          <th scope="col">{texts.feedback}</th>
        </tr>
      </thead>
      <tbody>
        {submissions.map((submission) => (
          <Line visit={visit} submission={submission} isDated={isDated} />
        ))}
      </tbody>
    </table>
  )
}

function Line({ visit, submission, isDated }: { visit: WorkerVisit; submission: Listed; isDated: boolean }) {
  const { day: texts } = visit.texts
  const { assignment, type, requesterName, state, bonuses, isEditable } = submission
  const submittedAt = assignment.submittedAt ?? assignment.acceptedAt
  const worked = (submittedAt - assignment.acceptedAt) / 1000
  // Where there is nothing to pay, no payment is awaited.
  const more = state === 'Approved' && type.reward === 0n ? undefined : texts.stateTexts[state]
  return (
    <tr data-assignment={assignment.id} class="table-row">
      <th scope="row">{type.title}</th>
      {isDated && (
        <td data-label={texts.submittedOn}>
          <a href={`/status_details/${pacificDay(submittedAt)}`}>{day(submittedAt)}</a>
        </td>
      )}
      <td data-label={texts.requester} class="requester-name-column">
        <a href={`/requesters/${assignment.requesterId}/projects`}>{requesterName}</a>
        <a
          class="contact"
          href={contactAboutAssignment(submission)}
          aria-label={texts.contactAbout(requesterName, type.title)}
        >
          {texts.contact}
        </a>
      </td>
      <td data-label={texts.state}>
        <span class={`state ${state.toLowerCase()}`}>{texts.states[state]}</span>
        {more && <span class="more"> {more}</span>}
        {isEditable === true && (
          <a
            class="contact"
            href={editPath(type.groupId, assignment.hitId, assignment.id)}
            aria-label={texts.editOf(type.title)}
          >
            {texts.edit}
          </a>
        )}
      </td>
      <td data-label={texts.reward} class="number">
        {money(type.reward)}
        {bonuses !== undefined && bonuses > 0n && (
          <span class="more"> {texts.withBonuses(money(bonuses))}</span>
        )}
      </td>
      <td data-label={texts.time} class="number">
        {shortSpan(worked)}
      </td>
      <td data-label={texts.hourly} class="number">
        {hourlyPay(assignment.state === 'Rejected' ? zero : type.reward, worked) ?? texts.noHourly}
      </td>
      <td data-label={texts.feedback}>
        {assignment.feedback ? (
          <span class="feedback">{assignment.feedback}</span>
        ) : (
          <span class="more">{texts.noFeedback}</span>
        )}
      </td>
    </tr>
  )
}
