// The way between what a worker keeps, and the switch of alerts that its pages share.
import type { Child } from 'hono/jsx'
import type { Searches } from '../../../operations/worker/ListSearches.ts'
import { TokenField } from '../../ui/layout.tsx'
import type { WorkerVisit } from '../../visit.ts'

const paths = ['/favourites', '/searches'] as const

interface NavigationProps {
  visit: WorkerVisit
  /** The page that is shown, if it is one of them. */
  current?: (typeof paths)[number]
  /** Where the search of this page can be saved. */
  save?: string | undefined
}

/** Links to favourites and saved searches. */
export function KeptNavigation({ visit, current, save }: NavigationProps) {
  const { keptNavigation: texts } = visit.texts
  return (
    <nav class="kept-navigation" aria-label={texts.label}>
      <ul>
        {paths.map((path) => (
          <li>
            <a href={path} aria-current={path === current ? 'page' : undefined}>
              {texts.pages[path]}
            </a>
          </li>
        ))}
        {save !== undefined && (
          <li>
            <a href={save} class="save-search">
              {texts.save}
            </a>
          </li>
        )}
      </ul>
    </nav>
  )
}

/** Why this worker can have no alerts; undefined when he can. */
export function mailTrouble(
  { dependencies }: WorkerVisit,
  { hasAddress, wantsMail }: Pick<Searches, 'hasAddress' | 'wantsMail'>,
): 'noServer' | 'noAddress' | 'noMail' | undefined {
  if (dependencies.accounts?.sendsMail !== true) return 'noServer'
  if (!hasAddress) return 'noAddress'
  return wantsMail ? undefined : 'noMail'
}

/** Why there are no alerts, with the way to change that; nothing when there can be. */
export function MailTrouble({
  visit,
  trouble,
}: {
  visit: WorkerVisit
  trouble: ReturnType<typeof mailTrouble>
}) {
  const { searches: texts } = visit.texts
  if (trouble === undefined) return null
  return (
    <p class="note mail-trouble">
      {texts[trouble]} {trouble !== 'noServer' && <a href="/account">{texts.toAccount}</a>}
    </p>
  )
}

interface SwitchProps {
  visit: WorkerVisit
  /** Where the form is sent. */
  action: string
  isOn: boolean
  /** What the alerts are about. */
  name: string
  label: Child
  /** Whether mail can reach him: else alerts can only be switched off. */
  canSwitchOn: boolean
}

/** Whether alerts are on, with the button that changes it. */
export function AlertSwitch({ visit, action, isOn, name, label, canSwitchOn }: SwitchProps) {
  const { searches: texts } = visit.texts
  const change = isOn ? texts.switchOff : texts.switchOn
  return (
    <form method="post" action={action} class="alert-switch">
      <TokenField token={visit.token} />
      <span>
        {label}: <strong>{isOn ? texts.on : texts.off}</strong>
      </span>
      {(isOn || canSwitchOn) && (
        <button
          class="quiet"
          name="alerts"
          value={isOn ? 'off' : 'on'}
          aria-label={texts.forName(`${change}, ${texts.alerts}`, name)}
        >
          {change}
        </button>
      )}
    </form>
  )
}
