// A page that asks before something happens by a link: programs that look through mail follow links too.
import type { Visit } from '../visit.ts'
import { renderPage } from './layout.tsx'

/** What the page asks, and what the button says. */
export interface Question {
  title: string
  text: string
  button: string
}

/** The page; its button sends a POST to the same address. */
export function confirmPage(visit: Visit, { title, text, button }: Question): Response {
  return renderPage(
    visit,
    { title },
    <div class="card narrow">
      <h1>{title}</h1>
      <p>{text}</p>
      <form method="post">
        <button class="primary">{button}</button>
      </form>
    </div>,
  )
}
