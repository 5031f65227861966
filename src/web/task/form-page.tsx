// A QuestionForm as a page with native fields [questions 2]. The full renderer, with checks as the worker types, is to
// come; this one shows every question and sends every answer.
import { raw } from 'hono/html'
import {
  questionsOf,
  type Content,
  type FormQuestion,
  type QuestionForm,
} from '../../domain/question/form.ts'
import { server } from '../../limits.ts'
import type { Texts } from '../messages/en.ts'

interface FormPageProps {
  texts: Texts
  form: QuestionForm
  /** Address that takes the answers. */
  action: string
  /** Undefined in a preview: nothing can be filled in then. */
  assignmentId: string | undefined
  /** Address of the style sheet. */
  style: string
}

/** The whole page. */
export function FormPage({ texts, form, action, assignmentId, style }: FormPageProps) {
  const isPreview = assignmentId === undefined
  const questions = questionsOf(form)
  const hasFiles = questions.some(({ answer }) => answer.kind === 'FileUploadAnswer')
  return (
    <html lang={texts.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{texts.work.frame}</title>
        <link rel="stylesheet" href={style} />
      </head>
      <body>
        <form method="post" action={action} enctype={hasFiles ? 'multipart/form-data' : undefined}>
          <input type="hidden" name="assignmentId" value={assignmentId ?? ''} />
          <fieldset class="all" disabled={isPreview}>
            {form.parts.map((part) =>
              part.kind === 'Question' ? (
                <Question texts={texts} question={part} number={questions.indexOf(part) + 1} />
              ) : (
                <section class="overview">{part.content.map(showContent)}</section>
              ),
            )}
            {isPreview ? <p class="hint">{texts.form.accept}</p> : <button>{texts.form.submit}</button>}
          </fieldset>
        </form>
      </body>
    </html>
  )
}

function showContent(content: Content) {
  switch (content.kind) {
    case 'Title':
      return <h2>{content.text}</h2>
    case 'Text':
      return <p class="text">{content.text}</p>
    case 'List':
      return (
        <ul>
          {content.items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
      )
    case 'FormattedContent':
      // Written anew from the checked tree: see domain/question/form.ts.
      return <div>{raw(content.html)}</div>
    case 'Binary':
      if (content.type === 'image') return <img src={content.url} alt={content.altText} />
      return <FileLink file={content} />
    case 'EmbeddedBinary':
      return <FileLink file={content} />
  }
}

function FileLink({ file }: { file: { url: string; altText: string } }) {
  return (
    <p>
      <a href={file.url} target="_blank" rel="noreferrer">
        {file.altText}
      </a>
    </p>
  )
}

function Question({ texts, question, number }: { texts: Texts; question: FormQuestion; number: number }) {
  // The identifier is a name for programs, which says nothing to a worker.
  const name = question.displayName || texts.form.question(String(number))
  return (
    <fieldset class="question" aria-describedby={`about-${number}`}>
      <legend>
        {name} {question.isRequired && <span class="required">{texts.form.required}</span>}
      </legend>
      <div id={`about-${number}`}>{question.content.map(showContent)}</div>
      <AnswerField texts={texts} question={question} name={name} about={`about-${number}`} />
    </fieldset>
  )
}

interface FieldProps {
  texts: Texts
  question: FormQuestion
  /** What the question is called, and the id of its content: what a screen reader says with its field. */
  name: string
  about: string
}

function AnswerField({ texts, question, name, about }: FieldProps) {
  const { answer, identifier, isRequired } = question
  if (answer.kind === 'FileUploadAnswer') {
    const number = new Intl.NumberFormat(texts.language)
    // More than this arrives in no form, whatever the question allows.
    const most = Math.min(answer.maxFileSize, server.submitBodyBytes)
    const hint = texts.form.file(number.format(answer.minFileSize), number.format(most))
    return (
      <p>
        <input
          type="file"
          name={identifier}
          aria-label={name}
          aria-describedby={about}
          required={isRequired}
        />{' '}
        <span class="hint">{hint}</span>
      </p>
    )
  }
  if (answer.kind === 'FreeTextAnswer') {
    const bounds = { maxlength: answer.length?.maxLength, minlength: answer.length?.minLength }
    if (answer.numberOfLines === 1) {
      return (
        <input
          name={identifier}
          aria-label={name}
          aria-describedby={about}
          required={isRequired}
          value={answer.defaultText}
          {...bounds}
        />
      )
    }
    return (
      <textarea
        name={identifier}
        aria-label={name}
        aria-describedby={about}
        required={isRequired}
        rows={Math.min(answer.numberOfLines ?? 4, 50)}
        {...bounds}
      >
        {answer.defaultText}
      </textarea>
    )
  }
  const type = answer.maxSelectionCount > 1 ? 'checkbox' : 'radio'
  return (
    <div class="choices">
      {answer.selections.map((selection) => (
        <label class="choice">
          <input
            type={type}
            name={identifier}
            value={selection.identifier}
            required={isRequired && type === 'radio' && answer.otherSelection === undefined}
          />
          <span>{showContent(selection.content)}</span>
        </label>
      ))}
      {answer.otherSelection && (
        <label class="choice">
          <span>{texts.form.other}</span>
          <input name={`${identifier}.other`} value={answer.otherSelection.defaultText} />
        </label>
      )}
    </div>
  )
}
