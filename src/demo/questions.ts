// One sample question of each kind, for demo mode.

export interface DemoQuestion {
  title: string
  description: string
  question: string
}

const namespaces = 'http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas'

const picturePage = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Name the colour</title>
<script src="https://s3.amazonaws.com/mturk-public/externalHIT_v1.js"></script>
<style>body{font:16px/1.5 system-ui;margin:1.5rem;max-width:36rem}.swatch{width:8rem;height:8rem;border-radius:.5rem;background:#2f7f86}label{display:block;margin:1rem 0 .25rem}input,button{font:inherit;padding:.5rem}</style></head>
<body><h1>Name the colour</h1><div class="swatch" role="img" aria-label="A square of one colour"></div>
<form id="mturk_form" name="mturk_form" method="post" action="https://www.mturk.com/mturk/externalSubmit">
<input type="hidden" id="assignmentId" name="assignmentId" value="">
<label for="colour">What would you call this colour?</label><input id="colour" name="colour" required>
<p><button id="submitButton" type="submit">Submit</button></p></form>
<script>turkSetAssignmentID();</script></body></html>`

const crowdPage = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Describe a sound</title></head><body>
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form><h1>Describe a sound</h1><p>Think of rain on a tin roof. Which three words describe the sound?</p>
<p><label>Three words <input name="words" required></label></p></crowd-form></body></html>`

const form = `<QuestionForm xmlns="${namespaces}/2017-11-06/QuestionForm.xsd">
  <Overview><Title>A short survey</Title><Text>There are no wrong answers.</Text></Overview>
  <Question><QuestionIdentifier>season</QuestionIdentifier><IsRequired>true</IsRequired>
    <QuestionContent><Text>Which season do you like best?</Text></QuestionContent>
    <AnswerSpecification><SelectionAnswer><StyleSuggestion>radiobutton</StyleSuggestion><Selections>
      <Selection><SelectionIdentifier>spring</SelectionIdentifier><Text>Spring</Text></Selection>
      <Selection><SelectionIdentifier>summer</SelectionIdentifier><Text>Summer</Text></Selection>
      <Selection><SelectionIdentifier>autumn</SelectionIdentifier><Text>Autumn</Text></Selection>
      <Selection><SelectionIdentifier>winter</SelectionIdentifier><Text>Winter</Text></Selection>
    </Selections></SelectionAnswer></AnswerSpecification></Question>
  <Question><QuestionIdentifier>why</QuestionIdentifier>
    <QuestionContent><Text>Why?</Text></QuestionContent>
    <AnswerSpecification><FreeTextAnswer><NumberOfLinesSuggestion>3</NumberOfLinesSuggestion></FreeTextAnswer></AnswerSpecification></Question>
</QuestionForm>`

function htmlQuestion(page: string): string {
  return `<HTMLQuestion xmlns="${namespaces}/2011-11-11/HTMLQuestion.xsd"><HTMLContent><![CDATA[${page}]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>`
}

function externalQuestion(address: string): string {
  return `<ExternalQuestion xmlns="${namespaces}/2006-07-14/ExternalQuestion.xsd"><ExternalURL>${address}</ExternalURL><FrameHeight>0</FrameHeight></ExternalQuestion>`
}

/** The sample questions. `externalTask` is the address of a page on another origin than the worker site's, if one may be used. */
export function demoQuestions(externalTask: string | undefined): DemoQuestion[] {
  return [
    {
      title: 'Name a colour',
      description: 'Look at a square and name its colour.',
      question: htmlQuestion(picturePage),
    },
    {
      title: 'Describe a sound',
      description: 'Three words for a sound that you imagine.',
      question: htmlQuestion(crowdPage),
    },
    ...(externalTask === undefined
      ? []
      : [
          {
            title: 'Count the dots',
            description: 'Count the dots on a page of another server.',
            question: externalQuestion(externalTask),
          },
        ]),
    { title: 'Answer a short survey', description: 'Two questions about the seasons.', question: form },
    {
      title: 'Answer the survey of another week',
      description: 'The same two questions, once more.',
      question: form.replace('A short survey', 'Once more'),
    },
  ]
}
