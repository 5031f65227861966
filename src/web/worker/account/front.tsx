// What somebody sees who is not signed in: what this place is, and the way in.
import { Notice } from '../../ui/notice.tsx'
import { renderPage } from '../../ui/layout.tsx'
import type { Visit } from '../../visit.ts'

/** `GET /` without a session. */
export function showFront(visit: Visit): Response {
  const { front } = visit.texts
  const { accounts } = visit.dependencies
  return renderPage(
    visit,
    { title: front.title },
    <>
      <h1>{front.title}</h1>
      <Notice visit={visit} />
      <p class="lead">{front.lead}</p>
      <div class="columns">
        <section class="card" aria-labelledby="workers">
          <h2 id="workers">{front.workers}</h2>
          <ul>
            {front.workersText.map((text) => (
              <li>{text}</li>
            ))}
          </ul>
          <p class="actions">
            <a class="button primary" href="/ap/signin">
              {front.signIn}
            </a>
            {accounts?.signUp === 'open' && (
              <a class="button" href="/sign-up">
                {front.signUp}
              </a>
            )}
          </p>
          {accounts?.signUp === 'invitation' && <p class="field-hint">{front.invitation}</p>}
        </section>
        <section class="card" aria-labelledby="requesters">
          <h2 id="requesters">{front.requesters}</h2>
          <p>{front.requestersText}</p>
          <p>
            <code class="address">{visit.publicURL}</code>
          </p>
        </section>
      </div>
    </>,
  )
}
