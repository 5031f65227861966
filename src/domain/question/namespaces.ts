// The namespaces of the documents that requesters send and get. Compared as exact strings, and never fetched:
// the schemas that belong to them are our own, in the schemas/ folder [questions 1].

const BASE = 'http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas'

export const QUESTION_FORM_2005 = `${BASE}/2005-10-01/QuestionForm.xsd`
export const QUESTION_FORM_2017 = `${BASE}/2017-11-06/QuestionForm.xsd`
export const EXTERNAL_QUESTION = `${BASE}/2006-07-14/ExternalQuestion.xsd`
export const HTML_QUESTION = `${BASE}/2011-11-11/HTMLQuestion.xsd`
export const QUESTION_FORM_ANSWERS = `${BASE}/2005-10-01/QuestionFormAnswers.xsd`
export const ANSWER_KEY = `${BASE}/2005-10-01/AnswerKey.xsd`
export const XHTML = 'http://www.w3.org/1999/xhtml'
