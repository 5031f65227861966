// What a worker typed, when it could not be taken in: it may be the work of an hour.
import { server } from '../../limits.ts'
import type { Texts } from '../messages/en.ts'

/** What was typed, each text with the name of its field. */
export type TypedRows = readonly (readonly [name: string, text: string])[]

/** Names and texts to copy from; nothing when there is none, or more than a page should hold. */
export function SentAnswers({ texts, answers }: { texts: Texts; answers: TypedRows }) {
  const filled = answers.filter(([, text]) => text.trim() !== '')
  const length = filled.reduce((sum, [, text]) => sum + text.length, 0)
  if (filled.length === 0 || length > server.shownAnswerLength) return null
  return (
    <section aria-labelledby="sent">
      <h2 id="sent">{texts.answer.sent}</h2>
      <p>{texts.answer.sentText}</p>
      <dl>
        {filled.map(([name, text]) => (
          <>
            <dt>{name}</dt>
            <dd class="text">{text}</dd>
          </>
        ))}
      </dl>
    </section>
  )
}
