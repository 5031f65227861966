// Pages for reading: help, what is asked of workers, the terms, and what is known about whom.
import { accountsOf } from '../../accounts.ts'
import { renderPage } from '../../ui/layout.tsx'
import { TermsText } from '../../ui/terms.tsx'
import type { Visit } from '../../visit.ts'

/** `GET /help`, `/worker_requirements` and `/privacy` */
export function showReading(name: 'help' | 'requirements' | 'privacy') {
  return (visit: Visit): Response => {
    const { title, sections } = visit.texts[name]
    return renderPage(
      visit,
      { title },
      <article class="card reading">
        <h1>{title}</h1>
        {sections.map(({ heading, text }) => (
          <section>
            <h2>{heading}</h2>
            {text.map((paragraph) => (
              <p>{paragraph}</p>
            ))}
          </section>
        ))}
      </article>,
    )
  }
}

/** `GET /terms` */
export function showTerms(visit: Visit): Response {
  const { reading } = visit.texts
  const { terms } = accountsOf(visit)
  return renderPage(
    visit,
    { title: reading.terms },
    <article class="card reading">
      <h1>{reading.terms}</h1>
      <TermsText texts={visit.texts} terms={terms} />
    </article>,
  )
}
