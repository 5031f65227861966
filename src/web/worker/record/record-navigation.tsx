// The way between the pages of a worker's record.
import { Tabs } from '../../ui/tabs.tsx'
import type { WorkerVisit } from '../../visit.ts'

const paths = ['/dashboard', '/history', '/history/groups'] as const

interface NavigationProps {
  visit: WorkerVisit
  /** The page that is shown, if it is one of them. */
  current?: (typeof paths)[number]
}

/** Links to the dashboard, the history and the groups. */
export function RecordNavigation({ visit, current }: NavigationProps) {
  const { label, pages } = visit.texts.recordNavigation
  return <Tabs label={label} tabs={paths.map((path) => [path, pages[path]])} current={current} />
}
