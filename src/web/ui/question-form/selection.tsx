// Fields for a choice [questions 2.6]. The style is a hint: what it cannot do (a menu shows no picture, a round button
// allows one choice only) is shown in the next best way.
import type { Selection, SelectionAnswer } from '../../../domain/question/form.ts'
import { valueOfNothing } from '../../task/read-form.ts'
import { SelectionContent } from './content.tsx'
import { ProblemText, type FieldProps } from './field.tsx'
import { textRules } from './rules.ts'
import { Counter, TextInput } from './text.tsx'

type Widget = 'radio' | 'checkbox' | 'menu' | 'list'

type ChoiceProps = FieldProps & {
  answer: SelectionAnswer
  chosen: ReadonlySet<string>
  isRefused: boolean
}

/** The widget of an answer: several choices are never forced into one that allows a single one. */
export function widgetOf({ style, maxSelectionCount, selections }: SelectionAnswer): Widget {
  const isSingle = maxSelectionCount === 1
  const isPlain = selections.every(({ content }) => content.kind === 'Text')
  if (style === 'dropdown' && isPlain) return isSingle ? 'menu' : 'list'
  if (style === 'combobox' && isPlain) return 'list'
  if (style === 'checkbox' || style === 'multichooser') return 'checkbox'
  return isSingle ? 'radio' : 'checkbox'
}

/** The field of a SelectionAnswer, with its other text. */
export function SelectionField(props: FieldProps & { answer: SelectionAnswer }) {
  const { texts, answer, number, problems } = props
  const widget = widgetOf(answer)
  const chosen = new Set(selectionsOf(props))
  const isRefused = problems.some(({ other }) => !other)
  const choice: ChoiceProps = { ...props, chosen, isRefused }
  const { minSelectionCount: least, maxSelectionCount: most } = answer
  const { countHint } = texts.form
  const counts =
    least === most
      ? countHint.exactly(String(most))
      : least <= 1
        ? countHint.upTo(String(most))
        : countHint.between(String(least), String(most))
  return (
    <>
      <p class="hint" id={`hint-${number}`}>
        {most > 1 && counts}
      </p>
      {widget === 'menu' || widget === 'list' ? (
        <Menu {...choice} isOpen={widget === 'list'} />
      ) : (
        <Boxes {...choice} type={widget} />
      )}
      {answer.otherSelection && <OtherField {...choice} isRadio={widget === 'radio'} />}
    </>
  )
}

function selectionsOf({ value }: FieldProps): readonly string[] {
  if (typeof value === 'string') return [value]
  if (value === undefined || 'fileKey' in value) return []
  return 'selections' in value ? value.selections : value
}

function Boxes({
  question,
  answer,
  number,
  names,
  chosen,
  isRefused,
  place,
  type,
}: ChoiceProps & { type: 'radio' | 'checkbox' }) {
  return (
    <div class="choices">
      {answer.selections.map(({ identifier, content }: Selection, index) => (
        <label class="choice">
          <input
            type={type}
            id={index === 0 ? `field-${number}` : undefined}
            name={names.answer(question.identifier)}
            value={identifier}
            checked={chosen.has(identifier)}
            aria-invalid={isRefused && type === 'checkbox' ? 'true' : undefined}
          />
          <span class="shown">
            <SelectionContent content={content} place={place} />
          </span>
        </label>
      ))}
    </div>
  )
}

/** Options that stay open in a list are seen without a click, up to this many. */
const mostShown = 8

function Menu({
  texts,
  question,
  answer,
  number,
  names,
  chosen,
  isRefused,
  describedBy,
  isOpen,
}: ChoiceProps & { isOpen: boolean }) {
  const isMultiple = answer.maxSelectionCount > 1
  const nothing = valueOfNothing(answer)
  return (
    <select
      id={`field-${number}`}
      name={names.answer(question.identifier)}
      multiple={isMultiple}
      size={isOpen ? Math.min(Math.max(answer.selections.length + 1, 2), mostShown) : undefined}
      aria-labelledby={`name-${number}`}
      aria-describedby={describedBy}
      aria-required={question.isRequired ? 'true' : undefined}
      aria-invalid={isRefused ? 'true' : undefined}
    >
      {!isMultiple && (
        <option value={nothing} selected={chosen.size === 0}>
          {texts.form.none}
        </option>
      )}
      {answer.selections.map(({ identifier, content }) => (
        <option value={identifier} selected={chosen.has(identifier)}>
          {content.kind === 'Text' ? content.text : identifier}
        </option>
      ))}
    </select>
  )
}

function OtherField({
  texts,
  question,
  answer,
  number,
  names,
  value,
  isFresh,
  problems,
  chosen,
  isRadio,
}: ChoiceProps & { isRadio: boolean }) {
  const { otherSelection } = answer
  if (otherSelection === undefined) return null
  const given = typeof value === 'object' && 'selections' in value ? (value.other ?? '') : ''
  const text = isFresh ? otherSelection.defaultText : given
  const own = problems.filter(({ other }) => other)
  const isRefused = own.length > 0
  const nothing = valueOfNothing(answer)
  return (
    <div class="other">
      <div class="other-label">
        {isRadio && (
          // Without it a choice could not be taken back for an answer of one's own.
          <input
            type="radio"
            class="other-choice"
            name={names.answer(question.identifier)}
            value={nothing}
            checked={text !== '' && chosen.size === 0}
            aria-labelledby={`other-name-${number}`}
          />
        )}
        <label id={`other-name-${number}`} for={`other-${number}`}>
          {texts.form.other}
        </label>
      </div>
      <TextInput
        id={`other-${number}`}
        name={names.other(question.identifier)}
        answer={otherSelection}
        value={text}
        attributes={{
          'data-rules': JSON.stringify(textRules(texts, otherSelection)),
          'aria-describedby': `other-hint-${number} other-problem-${number}`,
          'aria-invalid': isRefused ? 'true' : undefined,
        }}
      />
      <p class="hint" id={`other-hint-${number}`}>
        <Counter texts={texts} most={otherSelection.length?.maxLength} field={`other-${number}`} />
      </p>
      <ProblemText texts={texts} id={`other-problem-${number}`} problems={own} />
    </div>
  )
}
