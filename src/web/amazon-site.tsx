// The worker site under the names that Amazon gave it, for tools that have them built in. Some of these tools take it
// for signed out only when they are led away from the worker site's name, so the way to the sign-in page goes through
// www.mturk.com, from where a browser comes back at once: cookies belong to the one name [websites 1.1].
import type { Context } from 'hono'
import { renderPage } from './ui/layout.tsx'
import type { Visit } from './visit.ts'

const workerHost = /^worker(?:sandbox)?\.mturk\.com(?::\d{1,5})?$/

/** The address at which who is not signed in signs in, to come back to `path` of this site. */
export function signInAddress(c: Context, path: string): string {
  const host = hostOf(c)
  if (!workerHost.test(host)) return signInPath(path)
  const port = /:\d+$/.exec(host)?.[0] ?? ''
  return `https://www.mturk.com${port}${signInPath(`https://${host}${path}`)}`
}

/** On www.mturk.com: the page that leads on to the sign-in page of the worker site; elsewhere nothing. */
export function leadToSignIn(visit: Visit): Response | undefined {
  const { c, texts } = visit
  const target = URL.parse(c.req.query('openid.return_to') ?? '')
  if (!/^www\.mturk\.com(?::\d+)?$/.test(hostOf(c)) || target === null) return undefined
  if (target.protocol !== 'https:' || !workerHost.test(target.host)) return undefined
  const address = target.origin + signInPath(target.pathname + target.search)
  c.header('Refresh', `0; url=${address}`)
  const { leadTitle, leadLink } = texts.signedOut
  return renderPage(
    visit,
    { title: leadTitle },
    <div class="card narrow">
      <h1>{leadTitle}</h1>
      <p>
        <a class="button primary" href={address}>
          {leadLink}
        </a>
      </p>
    </div>,
  )
}

function hostOf(c: Context): string {
  return c.req.header('host')?.toLowerCase() ?? ''
}

function signInPath(returnTo: string): string {
  return `/ap/signin?openid.return_to=${encodeURIComponent(returnTo)}`
}
