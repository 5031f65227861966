// The frame around a task, and the bar that says what it is and what it pays.
import type { PropsWithChildren } from 'hono/jsx'
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
}

/** Title, requester and reward; what may be done stands in `children`. */
export function ProjectBar({ texts, type, requesterName, children }: PropsWithChildren<BarProps>) {
  return (
    <div class="project-detail-bar">
      <div class="about">
        <h1 class="task-project-title">{type.title}</h1>
        <p>
          <span class="visually-hidden">{texts.hits.requester}: </span>
          <span class="requester">{requesterName}</span>
          <span class="visually-hidden"> {texts.hits.reward}: </span>
          <span class="reward">{money(type.reward)}</span>
        </p>
      </div>
      {children}
    </div>
  )
}
