// A React island of the real site: an element whose attributes name a component and hold its props as JSON. Nothing of
// React runs here; workers' tools find islands by their names and read the props [websites 1.1, part 3].
import type { PropsWithChildren } from 'hono/jsx'

/** The islands that tools look for, by the path of their components on the real site. */
export type IslandName =
  | 'alert/Alert'
  | 'common/CopyText'
  | 'common/Pagination'
  | 'common/ShowModal'
  | 'dashboard/HitStatusDetailsTable'
  | 'hitSetTable/HitSetTable'
  | 'qualificationsTable/QualificationsTable'
  | 'taskQueueTable/TaskQueueTable'
  | 'workPipeline/AutoAcceptCheckbox'
  | 'workPipeline/CompletionTimer'
  | 'workPipeline/TaskSubmitter'

interface IslandProps {
  name: IslandName
  props: object
  /** The element; what tools expect beside it depends on it [websites 1.3, 1.6]. */
  as?: 'div' | 'span'
  class?: string
}

/** An island with our own content in it. */
export function Island({
  name,
  props,
  as: Tag = 'div',
  class: className,
  children,
}: PropsWithChildren<IslandProps>) {
  return (
    <Tag
      class={className}
      data-react-class={`require('reactComponents/${name}')['default']`}
      data-react-props={JSON.stringify(props)}
    >
      {children}
    </Tag>
  )
}
