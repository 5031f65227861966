// Fields of forms, each with its label, a hint and what is wrong with it.
import type { Child } from 'hono/jsx'

interface FieldProps {
  /** Name and id. */
  name: string
  label: string
  hint?: string | undefined
  error?: string | undefined
}

/** What a screen reader reads with a field. */
function describedBy({ name, hint, error }: FieldProps): string | undefined {
  const ids = [error !== undefined && `${name}-error`, hint !== undefined && `${name}-hint`]
  return ids.filter((id) => id !== false).join(' ') || undefined
}

function Below({ name, hint, error }: FieldProps) {
  return (
    <>
      {error !== undefined && (
        <p class="field-error" id={`${name}-error`}>
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p class="field-hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </>
  )
}

interface TextFieldProps extends FieldProps {
  type?: 'text' | 'email' | 'password'
  value?: string | undefined
  autocomplete?: string
  required?: boolean
  maxlength?: number
  minlength?: number
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { name, label, type = 'text', value, autocomplete, required = true, maxlength, minlength } = props
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type={type}
        value={value}
        autocomplete={autocomplete}
        required={required}
        maxlength={maxlength}
        minlength={minlength}
        aria-invalid={props.error === undefined ? undefined : 'true'}
        aria-describedby={describedBy(props)}
      />
      <Below {...props} />
    </div>
  )
}

/** A box to tick. */
export function CheckField(props: FieldProps & { checked: boolean; required?: boolean }) {
  const { name, label, checked, required = false } = props
  return (
    <div class="field check">
      <input
        id={name}
        name={name}
        type="checkbox"
        value="1"
        checked={checked}
        required={required}
        aria-invalid={props.error === undefined ? undefined : 'true'}
        aria-describedby={describedBy(props)}
      />
      <label for={name}>{label}</label>
      <Below {...props} />
    </div>
  )
}

interface SelectFieldProps extends FieldProps {
  value: string
  options: readonly (readonly [value: string, text: string])[]
  autocomplete?: string
  required?: boolean
}

/** One of several. */
export function SelectField(props: SelectFieldProps) {
  const { name, label, value, options, autocomplete, required = false } = props
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select
        id={name}
        name={name}
        autocomplete={autocomplete}
        required={required}
        aria-invalid={props.error === undefined ? undefined : 'true'}
        aria-describedby={describedBy(props)}
      >
        {options.map(([option, text]) => (
          <option value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
      <Below {...props} />
    </div>
  )
}

/** Several choices of which one counts. */
export function ChoiceField({
  name,
  legend,
  value,
  options,
}: {
  name: string
  legend: string
  value: string
  options: readonly (readonly [value: string, text: string])[]
}) {
  return (
    <fieldset class="field choices">
      <legend>{legend}</legend>
      {options.map(([option, text]) => (
        <div class="check">
          <input
            id={`${name}-${option}`}
            name={name}
            type="radio"
            value={option}
            checked={option === value}
          />
          <label for={`${name}-${option}`}>{text}</label>
        </div>
      ))}
    </fieldset>
  )
}

/** A text whose paragraphs are separated by empty lines, as it is. */
export function Paragraphs({ text }: { text: string }): Child {
  return (
    <>
      {text
        .split(/\n\s*\n/)
        .filter((paragraph) => paragraph.trim() !== '')
        .map((paragraph) => (
          <p class="plain">{paragraph.trim()}</p>
        ))}
    </>
  )
}
