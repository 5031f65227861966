// The list of what is wrong, above a form that was refused: each line leads to its field.
import type { AnswerProblem } from '../../../domain/question/check-answers.ts'
import type { Texts } from '../../messages/en.ts'
import { problemLine } from '../../messages/problems.ts'

/** The summary; nothing when nothing is wrong. */
export function ProblemSummary({ texts, problems }: { texts: Texts; problems: readonly AnswerProblem[] }) {
  if (problems.length === 0) return null
  const questions = new Set(problems.map(({ number }) => number)).size
  return (
    <div class="mturk-alert mturk-alert-danger problem-summary" role="alert" tabindex={-1} autofocus>
      <div class="mturk-alert-content">
        <h2 class="heading">{texts.form.summary(questions)}</h2>
        <p>{texts.form.summaryText}</p>
        <ul>
          {problems.map((problem) => (
            <li>
              <a href={`#${problem.other ? 'other' : 'field'}-${problem.number}`}>
                {problemLine(texts, problem)}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
