// The keys of the worker site, and the dialog that explains them and switches them off [design 1]. The script finds
// them by their ids; without it neither is shown.
import type { Texts } from '../messages/en.ts'

/** The button in the footer and the dialog that it opens. */
export function Shortcuts({ texts: { shortcuts } }: { texts: Texts }) {
  return (
    <>
      <p>
        <button type="button" id="shortcuts-open" class="quiet" hidden>
          {shortcuts.title}
        </button>
      </p>
      <dialog
        id="shortcuts"
        class="card"
        aria-labelledby="shortcuts-title"
        data-return-question={shortcuts.returnQuestion}
      >
        <h2 id="shortcuts-title">{shortcuts.title}</h2>
        <dl class="keys">
          {shortcuts.keys.map(([keys, text]) => (
            <div>
              <dt>
                {keys.map((key) => (
                  <kbd>{key}</kbd>
                ))}
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <label class="choice">
          <input type="checkbox" id="shortcuts-on" aria-describedby="shortcuts-hint" /> {shortcuts.on}
        </label>
        <p id="shortcuts-hint" class="hint">
          {shortcuts.hint}
        </p>
        <form method="dialog">
          <button class="primary">{shortcuts.close}</button>
        </form>
      </dialog>
    </>
  )
}
