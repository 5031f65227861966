// The fields of a QuestionForm, on whatever page it stands: the work page, a preview, a task's frame, a qualification
// test [questions 2]. Everything works without JavaScript; form.js judges the answers as they are written.
import type { AnswerProblem } from '../../../domain/question/check-answers.ts'
import { questionsOf, type FormQuestion, type QuestionForm } from '../../../domain/question/form.ts'
import { questionName } from '../../messages/problems.ts'
import { siteNames, type FieldNames, type FormValues } from '../../task/read-form.ts'
import { ContentBlocks, type ContentPlace } from './content.tsx'
import { ProblemText, type FieldProps } from './field.tsx'
import { rulesOf } from './rules.ts'
import { SelectionField } from './selection.tsx'
import { FileField, TextField } from './text.tsx'

export interface QuestionFormFieldsProps extends ContentPlace {
  form: QuestionForm
  /** What is filled in; without it the texts that the requester gave. */
  values?: FormValues | undefined
  /** What is wrong with the values. */
  problems?: readonly AnswerProblem[] | undefined
  /** In a preview nothing can be filled in. */
  disabled?: boolean | undefined
  /** Those of our own pages, unless said otherwise. */
  names?: FieldNames | undefined
}

/** Overviews and questions in document order. They stand inside the page's own `form`. */
export function QuestionFormFields(props: QuestionFormFieldsProps) {
  const { form, disabled, visit, task } = props
  const place: ContentPlace = { visit, task }
  const questions = questionsOf(form)
  return (
    <fieldset class="question-form" disabled={disabled}>
      <legend class="visually-hidden">{visit.texts.work.frame}</legend>
      {form.parts.map((part) =>
        part.kind === 'Question' ? (
          <Question {...props} place={place} question={part} number={questions.indexOf(part) + 1} />
        ) : (
          <section class="overview">
            <ContentBlocks content={part.content} place={place} />
          </section>
        ),
      )}
    </fieldset>
  )
}

interface QuestionProps extends QuestionFormFieldsProps {
  place: ContentPlace
  question: FormQuestion
  number: number
}

function Question({
  visit,
  question,
  number,
  place,
  values,
  problems = [],
  names = siteNames,
}: QuestionProps) {
  const { texts } = visit
  const { identifier, answer } = question
  const own = problems.filter((problem) => problem.identifier === identifier)
  const value = values && Object.hasOwn(values, identifier) ? values[identifier] : undefined
  const describedBy = [
    ...(question.content.length > 0 ? [`about-${number}`] : []),
    `hint-${number}`,
    `problem-${number}`,
  ].join(' ')
  const field: FieldProps = {
    texts,
    place,
    question,
    names,
    number,
    value,
    isFresh: values === undefined,
    problems: own,
    describedBy,
  }
  const isGroup = answer.kind === 'SelectionAnswer'
  return (
    <fieldset
      class={own.length > 0 ? 'question refused' : 'question'}
      id={`question-${number}`}
      data-rules={JSON.stringify(rulesOf(texts, question))}
      data-kind={answer.kind}
      aria-describedby={isGroup ? describedBy : undefined}
    >
      <legend id={`name-${number}`}>
        {questionName(texts, { number, ...optionalName(question) })}{' '}
        {question.isRequired && <span class="required">{texts.form.required}</span>}
      </legend>
      <div id={`about-${number}`} class="about">
        <ContentBlocks content={question.content} place={place} />
      </div>
      {answer.kind === 'FreeTextAnswer' && <TextField {...field} answer={answer} />}
      {answer.kind === 'FileUploadAnswer' && <FileField {...field} answer={answer} />}
      {answer.kind === 'SelectionAnswer' && <SelectionField {...field} answer={answer} />}
      <ProblemText texts={texts} id={`problem-${number}`} problems={own.filter(({ other }) => !other)} />
    </fieldset>
  )
}

function optionalName({ displayName }: FormQuestion): { displayName?: string } {
  return displayName === undefined ? {} : { displayName }
}
