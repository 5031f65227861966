// A QuestionForm as values: what a page needs to show it and a check needs to judge an answer. Names follow the
// elements of the document [questions 2].

export interface QuestionForm {
  version: '2005-10-01' | '2017-11-06'
  /** Overviews and questions, in the order of the document. */
  parts: (Overview | FormQuestion)[]
}

export interface Overview {
  kind: 'Overview'
  content: Content[]
}

export interface FormQuestion {
  kind: 'Question'
  identifier: string
  displayName?: string
  /** IsRequired, or true because the answer has a minLength [questions 2.5]. */
  isRequired: boolean
  content: Content[]
  answer: FreeTextAnswer | SelectionAnswer | FileUploadAnswer
}

export type Content = Title | Text | List | FormattedContent | Binary | EmbeddedBinary

export interface Title {
  kind: 'Title'
  text: string
}

export interface Text {
  kind: 'Text'
  text: string
}

export interface List {
  kind: 'List'
  items: string[]
}

/**
 * Checked XHTML. `html` was written anew from the checked tree, not copied: it is safe to put into a page as it is,
 * which the requester's own text would not be (the two languages read a CDATA section differently).
 */
export interface FormattedContent {
  kind: 'FormattedContent'
  html: string
}

export interface Binary {
  kind: 'Binary'
  type: 'image' | 'audio' | 'video'
  subType?: string
  url: string
  altText: string
}

export interface EmbeddedBinary {
  kind: 'EmbeddedBinary'
  type: string
  subType: string
  url: string
  altText: string
  width: string
  height: string
  parameters: { name: string; value: string }[]
}

export interface FreeTextAnswer {
  kind: 'FreeTextAnswer'
  numeric?: { minValue?: number; maxValue?: number }
  /** Characters; bounds included. */
  length?: { minLength?: number; maxLength?: number }
  /** All must match, anywhere in the answer; JavaScript's notation. The only flag is `i`. */
  regexes: { regex: string; errorText?: string; flags?: string }[]
  defaultText: string
  /** Absent when the document does not say. */
  numberOfLines?: number
}

export interface SelectionAnswer {
  kind: 'SelectionAnswer'
  minSelectionCount: number
  maxSelectionCount: number
  style?: SelectionStyle
  selections: Selection[]
  otherSelection?: FreeTextAnswer
}

export type SelectionStyle = 'radiobutton' | 'dropdown' | 'checkbox' | 'list' | 'combobox' | 'multichooser'

export interface Selection {
  identifier: string
  content: Text | Binary | FormattedContent
}

export interface FileUploadAnswer {
  kind: 'FileUploadAnswer'
  /** Bytes. */
  minFileSize: number
  maxFileSize: number
}

/** The questions of a form without its overviews, in form order. */
export function questionsOf(form: QuestionForm): FormQuestion[] {
  return form.parts.filter((part) => part.kind === 'Question')
}

/** Every pattern of a form, those of other texts too. */
export function regexesOf(form: QuestionForm): FreeTextAnswer['regexes'] {
  return questionsOf(form).flatMap(({ answer }) => {
    const text = answer.kind === 'SelectionAnswer' ? answer.otherSelection : answer
    return text?.kind === 'FreeTextAnswer' ? text.regexes : []
  })
}
