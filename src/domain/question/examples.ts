// Documents for tests, after the examples of the specification [questions 12].

import { EXTERNAL_QUESTION, HTML_QUESTION, QUESTION_FORM_2005, QUESTION_FORM_2017 } from './namespaces.ts'

/** An ExternalQuestion; `url` must already be escaped for XML. */
export function externalQuestion(url: string, frameHeight = '0'): string {
  return `<ExternalQuestion xmlns="${EXTERNAL_QUESTION}">
  <ExternalURL>${url}</ExternalURL>
  <FrameHeight>${frameHeight}</FrameHeight>
</ExternalQuestion>`
}

/** An HTMLQuestion around a page, which must not contain `]]>`. */
export function htmlQuestion(html: string, frameHeight = '0'): string {
  return `<HTMLQuestion xmlns="${HTML_QUESTION}"><HTMLContent><![CDATA[${html}]]></HTMLContent><FrameHeight>${frameHeight}</FrameHeight></HTMLQuestion>`
}

/** A QuestionForm around `inside`. */
export function questionForm(inside: string, namespace = QUESTION_FORM_2017): string {
  return `<QuestionForm xmlns="${namespace}">${inside}</QuestionForm>`
}

/** A question around the inside of its AnswerSpecification. */
export function question(identifier: string, answer: string, before = ''): string {
  return `<Question><QuestionIdentifier>${identifier}</QuestionIdentifier>${before}<QuestionContent><Text>?</Text></QuestionContent><AnswerSpecification>${answer}</AnswerSpecification></Question>`
}

export const prefixedExternalQuestion = `<eq:ExternalQuestion xmlns:eq="${EXTERNAL_QUESTION}">
  <eq:ExternalURL><![CDATA[https://tasks.example.org/run?a=1&b=2]]></eq:ExternalURL>
  <eq:FrameHeight>500</eq:FrameHeight>
</eq:ExternalQuestion>`

export const shopForm = questionForm(`
  <Question>
    <QuestionIdentifier>shop_open</QuestionIdentifier>
    <IsRequired>true</IsRequired>
    <QuestionContent><Text>Is the bakery in the photo open?</Text></QuestionContent>
    <AnswerSpecification>
      <SelectionAnswer>
        <StyleSuggestion>radiobutton</StyleSuggestion>
        <Selections>
          <Selection><SelectionIdentifier>open</SelectionIdentifier><Text>Open</Text></Selection>
          <Selection><SelectionIdentifier>shut</SelectionIdentifier><Text>Closed</Text></Selection>
        </Selections>
      </SelectionAnswer>
    </AnswerSpecification>
  </Question>`)

export const parcelForm = questionForm(
  `
  <Overview>
    <Title>Parcel labels</Title>
    <FormattedContent><![CDATA[<p>Copy what is <b>printed</b>, not what is handwritten.</p>]]></FormattedContent>
  </Overview>
  <Question>
    <QuestionIdentifier>weight_kg</QuestionIdentifier>
    <DisplayName>Weight</DisplayName>
    <QuestionContent>
      <Binary>
        <MimeType><Type>image</Type><SubType>png</SubType></MimeType>
        <DataURL>https://files.example.org/labels/17.png</DataURL>
        <AltText>Parcel label 17</AltText>
      </Binary>
    </QuestionContent>
    <AnswerSpecification>
      <FreeTextAnswer>
        <Constraints>
          <IsNumeric minValue="0" maxValue="40"/>
          <Length minLength="1" maxLength="5"/>
          <AnswerFormatRegex regex="^[0-9.]+$" errorText="Digits and a dot only."/>
        </Constraints>
        <NumberOfLinesSuggestion>1</NumberOfLinesSuggestion>
      </FreeTextAnswer>
    </AnswerSpecification>
  </Question>`,
  QUESTION_FORM_2005,
)

export const instrumentsForm = questionForm(
  `
  <Question>
    <QuestionIdentifier>instruments</QuestionIdentifier>
    <QuestionContent>
      <Text>Which instruments do you hear?</Text>
      <List><ListItem>Pick up to three.</ListItem><ListItem>Leave blank if unsure.</ListItem></List>
    </QuestionContent>
    <AnswerSpecification>
      <SelectionAnswer>
        <MinSelectionCount>0</MinSelectionCount>
        <MaxSelectionCount>3</MaxSelectionCount>
        <StyleSuggestion>checkbox</StyleSuggestion>
        <Selections>
          <Selection><SelectionIdentifier>oboe</SelectionIdentifier><Text>Oboe</Text></Selection>
          <Selection><SelectionIdentifier>viola</SelectionIdentifier><FormattedContent><![CDATA[<i>Viola</i>]]></FormattedContent></Selection>
          <Selection><SelectionIdentifier>drum</SelectionIdentifier><Text>Drum</Text></Selection>
          <OtherSelection><NumberOfLinesSuggestion>1</NumberOfLinesSuggestion></OtherSelection>
        </Selections>
      </SelectionAnswer>
    </AnswerSpecification>
  </Question>`,
  QUESTION_FORM_2005,
)

/** A page with the helper script and a hard-coded submit host. */
export const colourPage = `<!DOCTYPE html>
<html><head><title>Colour</title>
<script src="https://s3.amazonaws.com/mturk-public/externalHIT_v1.js"></script></head>
<body><form id="mturk_form" name="mturk_form" method="post" action="https://www.mturk.com/mturk/externalSubmit">
<input type="hidden" id="assignmentId" name="assignmentId" value="">
<label>Main colour <input name="colour" required></label>
<button id="submitButton" type="submit">Send</button></form>
<script>turkSetAssignmentID();</script></body></html>`

/** A page with a crowd-form. */
export const moodPage = `<!DOCTYPE html>
<html><head><title>Mood</title></head><body>
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form><crowd-classifier name="mood" categories="['calm','tense']" header="How does the clip feel?">
<classification-target>Clip 31</classification-target>
<short-instructions>Choose one.</short-instructions>
<full-instructions header="Help">Trust your first impression.</full-instructions>
</crowd-classifier></crowd-form></body></html>`

/** A page with a relative action. */
export const tagsPage = `<!DOCTYPE html>
<html><head><title>Tags</title></head><body>
<form method="post" action="/mturk/externalSubmit">
<input type="hidden" name="assignmentId" id="aid">
<label><input type="checkbox" name="tag" value="sky"> sky</label>
<label><input type="checkbox" name="tag" value="sea"> sea</label>
<input type="hidden" name="page_version" value="3">
<input type="submit" value="Done"></form>
<script>document.getElementById('aid').value = new URLSearchParams(location.search).get('assignmentId');</script>
</body></html>`
