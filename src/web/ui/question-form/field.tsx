// What every field of a QuestionForm gets, and the place beside it where it is said what is wrong.
import type { FormAnswer } from '../../../domain/question/answers.ts'
import type { AnswerProblem } from '../../../domain/question/check-answers.ts'
import type { FormQuestion } from '../../../domain/question/form.ts'
import type { Texts } from '../../messages/en.ts'
import { problemText } from '../../messages/problems.ts'
import type { FieldNames } from '../../task/read-form.ts'
import type { ContentPlace } from './content.tsx'

/** A question on its page, with all that its field needs. */
export interface FieldProps {
  texts: Texts
  place: ContentPlace
  question: FormQuestion
  names: FieldNames
  /** From 1; part of every id. */
  number: number
  value: FormAnswer | undefined
  /** Nothing was filled in yet: the requester's own texts show. */
  isFresh: boolean
  problems: readonly AnswerProblem[]
  /** Ids of what is to be read out with the field. */
  describedBy: string
}

/** What is wrong, beside the field; empty when nothing is, so that form.js has a place to write. */
export function ProblemText({
  texts,
  id,
  problems,
}: {
  texts: Texts
  id: string
  problems: readonly AnswerProblem[]
}) {
  return (
    <div class="problem" id={id}>
      {problems.map((problem) => (
        <p>{problemText(texts, problem, problem.answerKind)}</p>
      ))}
    </div>
  )
}
