// The frame of every page: head, way to the content, navigation, footer. A page gives its title and its content.
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Visit } from '../visit.ts'
import { pageHeaders, type PageNeeds } from '../headers.ts'
import { authenticityToken } from '../session.ts'
import { staticURL } from '../static/files.ts'
import { Island } from './island.tsx'
import { Shortcuts } from './shortcuts.tsx'
import { themeOf } from './theme.ts'

export interface PageOptions extends PageNeeds {
  /** Title of the page, without the name of the site. */
  title: string
  /** The entry of the navigation that the page is. */
  current?: '/projects' | '/tasks' | '/dashboard' | '/earnings' | '/qualifications/assigned'
  /** Scripts of the page, as names of static files. */
  scripts?: readonly string[]
  /** The content uses the whole width: a task. */
  wide?: boolean
  status?: 200 | 400 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503
}

/** Answers a whole page. */
export function renderPage(visit: Visit, options: PageOptions, content: Child): Response {
  pageHeaders(visit.c, options)
  const page = (
    <Page visit={visit} options={options}>
      {content}
    </Page>
  )
  return visit.c.html(`<!DOCTYPE html>${page.toString()}`, options.status ?? 200)
}

function Page({ visit, options, children }: PropsWithChildren<{ visit: Visit; options: PageOptions }>) {
  const { texts, session, market } = visit
  const theme = themeOf(visit.c)
  return (
    <html lang={texts.language} data-theme={theme === 'system' ? undefined : theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${options.title} - ${texts.site}`}</title>
        {session && <meta name="csrf-token" content={authenticityToken(market, session)} />}
        <link rel="icon" href={staticURL('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={staticURL('site.css')} />
        {[...(options.scripts ?? []), ...(session ? ['drafts.js', 'shortcuts.js'] : [])].map((name) => (
          <script src={staticURL(name)} defer></script>
        ))}
      </head>
      <body>
        <a class="skip-link" href="#MainContent">
          {texts.layout.skip}
        </a>
        <Header visit={visit} current={options.current} />
        <main id="MainContent" tabindex={-1} class={options.wide ? 'wide' : undefined}>
          {children}
        </main>
        <footer>
          <ul class="footer-links">
            {(
              [
                ['/help', texts.reading.help],
                ['/worker_requirements', texts.reading.requirements],
                ['/terms', texts.reading.terms],
                ['/privacy', texts.reading.privacy],
              ] as const
            ).map(([path, text]) => (
              <li>
                <a href={path}>{text}</a>
              </li>
            ))}
          </ul>
          <p>{texts.layout.footer}</p>
          {session && <Shortcuts texts={texts} />}
          {session && (
            // At the end: the first token of the work page must be that of the HIT's own form [websites 1.6].
            <form method="post" action="/sign-out" id="sign-out">
              <TokenField token={authenticityToken(market, session)} />
            </form>
          )}
        </footer>
      </body>
    </html>
  )
}

function Header({ visit, current }: { visit: Visit; current: PageOptions['current'] }) {
  const { texts, session, market } = visit
  const entry = (path: NonNullable<PageOptions['current']>, text: string) => (
    <li>
      <a href={path} aria-current={current === path ? 'page' : undefined}>
        {text}
      </a>
    </li>
  )
  return (
    <header class="site-header">
      <div class="bar navbar-content">
        <a class="brand" href="/">
          {texts.site}
        </a>
        {market.settings.environment === 'sandbox' && <span class="badge">{texts.layout.sandbox}</span>}
        {session && (
          <nav aria-label={texts.layout.navigation}>
            <ul class="navbar-nav">
              {entry('/projects', texts.layout.hits)}
              {entry('/tasks', texts.layout.queue)}
              {entry('/dashboard', texts.layout.dashboard)}
              {entry('/earnings', texts.layout.earnings)}
              {entry('/qualifications/assigned', texts.layout.qualifications)}
            </ul>
          </nav>
        )}
        {session && (
          <div class="person me-bar">
            <span>
              {texts.layout.workerId}{' '}
              <Island name="common/CopyText" props={{ textToCopy: session.personId }} as="span">
                <code class="worker-id">{session.personId}</code>
              </Island>
            </span>
            <a href="/account">{texts.account.link}</a>
            <button class="quiet" form="sign-out">
              {texts.layout.signOut}
            </button>
          </div>
        )}
      </div>
    </header>
  )
}

/** The hidden field that shows that a form came from our page. */
export function TokenField({ token }: { token: string }) {
  return <input type="hidden" name="authenticity_token" value={token} />
}
