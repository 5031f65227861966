// The way between the pages of a worker's record.
import type { WorkerVisit } from '../visit.ts'

const paths = ['/dashboard', '/history', '/history/groups'] as const

/** Links to the dashboard, the history and the batches; `current` is the page that is shown, if it is one of them. */
export function RecordNavigation({
  visit,
  current,
}: {
  visit: WorkerVisit
  current?: (typeof paths)[number]
}) {
  const { recordNavigation: texts } = visit.texts
  return (
    <nav class="record-navigation" aria-label={texts.label}>
      <ul>
        {paths.map((path) => (
          <li>
            <a href={path} aria-current={path === current ? 'page' : undefined}>
              {texts.pages[path]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
