// Fields of forms, each with its label, a hint and what is wrong with it.

interface FieldProps {
  name: string
  /** That of the element, where the name is none. */
  id?: string
  label: string
  hint?: string | undefined
  error?: string | undefined
  /** Whether the page opens with the cursor in it. */
  autofocus?: boolean
}

/** What the element of any field has: its names, and what a screen reader reads with it. */
function attributesOf({ name, id = name, hint, error, autofocus = false }: FieldProps) {
  const ids = [error !== undefined && `${id}-error`, hint !== undefined && `${id}-hint`]
  return {
    id,
    name,
    autofocus,
    'aria-invalid': error === undefined ? undefined : 'true',
    'aria-describedby': ids.filter((one) => one !== false).join(' ') || undefined,
  } as const
}

function Below({ name, id = name, hint, error }: FieldProps) {
  return (
    <>
      {error !== undefined && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </>
  )
}

interface TextFieldProps extends FieldProps {
  type?: 'text' | 'email' | 'password' | 'date'
  value?: string | undefined
  autocomplete?: string
  required?: boolean
  maxlength?: number
  minlength?: number
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { label, type = 'text', value, autocomplete, required = true, maxlength, minlength } = props
  const attributes = attributesOf(props)
  return (
    <div class="field">
      <label for={attributes.id}>{label}</label>
      <input
        {...attributes}
        type={type}
        value={value}
        autocomplete={autocomplete}
        required={required}
        maxlength={maxlength}
        minlength={minlength}
      />
      <Below {...props} />
    </div>
  )
}

/** Several lines of text. */
export function TextAreaField(props: FieldProps & { value: string; rows: number; autocomplete?: string }) {
  const { label, value, rows, autocomplete } = props
  const attributes = attributesOf(props)
  return (
    <div class="field">
      <label for={attributes.id}>{label}</label>
      <textarea {...attributes} rows={rows} autocomplete={autocomplete} required>
        {value}
      </textarea>
      <Below {...props} />
    </div>
  )
}

/** A box to tick. */
export function CheckField(props: FieldProps & { checked: boolean; required?: boolean }) {
  const { label, checked, required = false } = props
  const attributes = attributesOf(props)
  return (
    <div class="field check">
      <input {...attributes} type="checkbox" value="1" checked={checked} required={required} />
      <label for={attributes.id}>{label}</label>
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
  const { label, value, options, autocomplete, required = false } = props
  const attributes = attributesOf(props)
  return (
    <div class="field">
      <label for={attributes.id}>{label}</label>
      <select {...attributes} autocomplete={autocomplete} required={required}>
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
