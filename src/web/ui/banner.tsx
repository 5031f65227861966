// Notes above a page's content. Programs look for these classes and compare the heading [websites 1.3, 1.5].
import { Island } from './island.tsx'

export interface BannerProps {
  kind: 'success' | 'danger' | 'info'
  heading: string
  text?: string | undefined
}

/** A note above a page's content. */
export function Banner({ kind, heading, text }: BannerProps) {
  return (
    <Island
      name="alert/Alert"
      props={{ header: heading, message: text ?? '', type: kind, renderMessageAsHTML: false }}
    >
      <div class={`mturk-alert mturk-alert-${kind}`} role={kind === 'danger' ? 'alert' : 'status'}>
        <div class="mturk-alert-content">
          <h3>{heading}</h3>
          {text !== undefined && <p>{text}</p>}
        </div>
      </div>
    </Island>
  )
}
