// The frame around a task, and the bar that says what it is and what it pays.
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { HITType } from '../../domain/hit-type.ts'
import type { TaskFrame } from '../task/frame.ts'
import type { Texts } from '../messages/en.ts'
import { money } from './format.ts'

/** The frame; `allow-same-origin` only for pages of other servers [design 5]. */
export function TaskIframe({
  frame,
  title,
  preview,
}: {
  frame: TaskFrame
  title: string
  preview?: boolean
}) {
  return (
    <div
      class={
        preview ? 'task-question-iframe-container task-preview' : 'task-question-iframe-container task-row'
      }
    >
      <iframe
        class={frame.height === 0 ? 'embed-responsive-item fill' : 'embed-responsive-item'}
        src={frame.url}
        title={title}
        sandbox={frame.sandbox}
        referrerpolicy="no-referrer"
        height={frame.height === 0 ? undefined : String(frame.height)}
      ></iframe>
    </div>
  )
}

interface BarProps {
  texts: Texts
  type: HITType
  requesterName: string
  /** What more is known of the HIT, folded away. */
  details?: Child
}

/**
 * Title, requester and reward; what may be done stands in `children`. Tools take the first `span` of the bar, and the
 * first in the `div` after the title, for the island of the details [websites 1.6]: no other may come before it.
 */
export function ProjectBar({ texts, type, requesterName, details, children }: PropsWithChildren<BarProps>) {
  return (
    <div class="project-detail-bar">
      <div class="about">
        <h1 class="task-project-title">{type.title}</h1>
        <div class="task-facts">
          {details}
          <dl>
            <div>
              <dt class="visually-hidden">{texts.hits.requester}</dt>
              <dd>
                <a href={`/requesters/${type.requesterId}/projects`}>{requesterName}</a>
              </dd>
            </div>
            <div>
              <dt class="visually-hidden">{texts.hits.reward}</dt>
              <dd class="reward">{money(type.reward)}</dd>
            </div>
          </dl>
        </div>
      </div>
      {children}
    </div>
  )
}
