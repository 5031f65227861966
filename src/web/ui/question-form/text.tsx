// Fields for free text and for files [questions 2.5, 2.7, 2.9].
import type { FileUploadAnswer, FreeTextAnswer } from '../../../domain/question/form.ts'
import { server } from '../../../limits.ts'
import type { FieldProps } from './field.tsx'

/** Rows beyond which a field does not grow. */
const mostRows = 50

interface TextInputProps {
  id: string
  name: string
  answer: FreeTextAnswer
  value: string
  /** `aria-…` attributes, and whatever else the field carries. */
  attributes: Record<string, string | undefined>
}

/** One line or several, as the requester suggests. */
export function TextInput({ id, name, answer, value, attributes }: TextInputProps) {
  const inputMode = answer.numeric ? 'decimal' : undefined
  if (answer.numberOfLines === 1) {
    return (
      <input
        id={id}
        name={name}
        value={value}
        size={60}
        autocomplete="off"
        inputmode={inputMode}
        {...attributes}
      />
    )
  }
  // A browser drops the first end of line in a text area.
  const text = value.startsWith('\n') || value.startsWith('\r\n') ? `\n${value}` : value
  return (
    <textarea id={id} name={name} rows={rowsOf(answer)} cols={80} inputmode={inputMode} {...attributes}>
      {text}
    </textarea>
  )
}

function rowsOf({ numberOfLines, defaultText }: FreeTextAnswer): number {
  return Math.min(numberOfLines ?? 4 + Math.floor(defaultText.length / 100), mostRows)
}

/** The field of a FreeTextAnswer. */
export function TextField(props: FieldProps & { answer: FreeTextAnswer }) {
  const { texts, question, answer, number, names, isFresh, problems, describedBy } = props
  const given = typeof props.value === 'string' ? props.value : ''
  return (
    <>
      <TextInput
        id={`field-${number}`}
        name={names.answer(question.identifier)}
        answer={answer}
        value={isFresh ? answer.defaultText : given}
        attributes={{
          'aria-labelledby': `name-${number}`,
          'aria-describedby': describedBy,
          'aria-required': question.isRequired ? 'true' : undefined,
          'aria-invalid': problems.length > 0 ? 'true' : undefined,
        }}
      />
      <p class="hint" id={`hint-${number}`}>
        <Counter {...props} texts={texts} most={answer.length?.maxLength} field={`field-${number}`} />
      </p>
    </>
  )
}

/** Room for form.js to say how long the text is. */
export function Counter({
  texts,
  most,
  field,
}: Pick<FieldProps, 'texts'> & { most: number | undefined; field: string }) {
  if (most === undefined) return null
  return (
    <span
      class="counter"
      data-for={field}
      data-text={texts.form.characters.replace('{most}', String(most))}
    ></span>
  )
}

/** The field of a FileUploadAnswer. */
export function FileField(props: FieldProps & { answer: FileUploadAnswer }) {
  const { texts, question, answer, number, names, problems, describedBy, value } = props
  const bytes = new Intl.NumberFormat(texts.language)
  // More than this arrives in no form, whatever the question allows.
  const most = Math.min(answer.maxFileSize, server.submitBodyBytes)
  const sent = typeof value === 'object' && 'fileKey' in value ? value : undefined
  const kept = sent?.fileKey === '' ? undefined : sent
  return (
    <>
      <input
        type="file"
        id={`field-${number}`}
        name={names.answer(question.identifier)}
        data-kept={kept === undefined ? undefined : 'true'}
        aria-labelledby={`name-${number}`}
        aria-describedby={describedBy}
        aria-required={question.isRequired ? 'true' : undefined}
        aria-invalid={problems.length > 0 ? 'true' : undefined}
      />
      <p class="hint" id={`hint-${number}`}>
        {texts.form.file(bytes.format(answer.minFileSize), bytes.format(most))}
        {kept !== undefined && <> {texts.form.fileKept(bytes.format(kept.size))}</>}
        {sent !== undefined && kept === undefined && <strong> {texts.form.fileAgain}</strong>}
      </p>
    </>
  )
}
