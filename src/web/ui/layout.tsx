// The frame of every page: head, way to the content, navigation, footer. A page gives its title and its content.
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Visit } from '../visit.ts'
import { pageHeaders, type PageNeeds } from '../headers.ts'
import { authenticityToken } from '../session.ts'
import { staticURL } from '../static/files.ts'

export interface PageOptions extends PageNeeds {
  /** Title of the page, without the name of the site. */
  title: string
  /** The entry of the navigation that the page is. */
  current?: '/projects' | '/tasks' | '/dashboard' | '/earnings'
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
  return (
    <html lang={texts.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${options.title} - ${texts.site}`}</title>
        {session && <meta name="csrf-token" content={authenticityToken(market, session)} />}
        <link rel="icon" href={staticURL('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={staticURL('site.css')} />
        {options.scripts?.map((name) => (
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
          <p>{texts.layout.footer}</p>
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
      <div class="bar">
        <a class="brand" href="/">
          {texts.site}
        </a>
        {market.settings.environment === 'sandbox' && <span class="badge">{texts.layout.sandbox}</span>}
        {session && (
          <nav aria-label={texts.layout.navigation}>
            <ul>
              {entry('/projects', texts.layout.hits)}
              {entry('/tasks', texts.layout.queue)}
              {entry('/dashboard', texts.layout.dashboard)}
              {entry('/earnings', texts.layout.earnings)}
            </ul>
          </nav>
        )}
        {session && (
          <div class="person">
            <span>
              {texts.layout.workerId} <code class="worker-id">{session.personId}</code>
            </span>
            <form method="post" action="/sign-out">
              <TokenField token={authenticityToken(market, session)} />
              <button class="quiet">{texts.layout.signOut}</button>
            </form>
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
