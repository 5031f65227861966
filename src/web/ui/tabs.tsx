// The way between pages that belong together.

interface TabsProps {
  label: string
  tabs: readonly (readonly [href: string, text: string])[]
  /** The address of the one that is shown, if it is one of them. */
  current?: string | undefined
  class?: string
}

/** Links beside each other. */
export function Tabs({ label, tabs, current, class: className = 'tabs' }: TabsProps) {
  return (
    <nav class={className} aria-label={label}>
      <ul>
        {tabs.map(([href, text]) => (
          <li>
            <a href={href} aria-current={href === current ? 'page' : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
