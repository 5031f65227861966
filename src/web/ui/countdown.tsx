// Time that is left, as the server knew it when it sent the page; countdown.js counts it down.
import type { Child } from 'hono/jsx'
import type { Texts } from '../messages/en.ts'
import { clockSpan, span } from './format.ts'

interface CountdownProps {
  texts: Texts
  /** Whole seconds that are left, and that there were. */
  remaining: number
  duration: number
  /** Seconds before the end at which the page warns. */
  warnings?: readonly number[]
}

/** The time in figures, and what a screen reader is told of it now and then. */
export function Countdown({ texts: { countdown }, remaining, duration, warnings }: CountdownProps) {
  return (
    <>
      <p class="completion-timer">
        {countdown.timeRemaining}{' '}
        <span
          id="countdown"
          role="timer"
          data-remaining={String(remaining)}
          data-warnings={warnings?.join(' ')}
        >
          {clockSpan(remaining)}
        </span>{' '}
        <span class="of">{countdown.of(span(duration))}</span>
      </p>
      <p
        id="countdown-news"
        class="visually-hidden"
        aria-live="polite"
        data-text={countdown.left('{span}')}
      ></p>
      <noscript>
        <p class="hint">{countdown.noScript}</p>
      </noscript>
    </>
  )
}

/** What the page says from the end of the time on. */
export function TimeIsOver({ heading, text, link }: { heading: string; text: string; link?: Child }) {
  return (
    <div id="time-is-over" class="time-is-over" role="alert" hidden>
      <p>
        <strong class="what">{heading}</strong> {text} {link}
      </p>
    </div>
  )
}
