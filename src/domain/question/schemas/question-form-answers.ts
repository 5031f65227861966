// The published schema wants at least one Answer. Ours allows none, since a submission may consist of reserved
// names alone and must not be lost [questions 9.2].

import { QUESTION_FORM_ANSWERS } from '../namespaces.ts'
import { schema } from './schema.ts'

/** The schema of QuestionFormAnswers [questions 9.1]. */
export const questionFormAnswersSchema = schema(
  QUESTION_FORM_ANSWERS,
  `<xs:element name="QuestionFormAnswers">
  <xs:complexType>
    <xs:sequence>
      <xs:element name="Answer" minOccurs="0" maxOccurs="unbounded">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="QuestionIdentifier" type="xs:string"/>
            <xs:choice>
              <xs:sequence>
                <xs:element name="SelectionIdentifier" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
                <xs:element name="OtherSelectionText" type="xs:string" minOccurs="0"/>
              </xs:sequence>
              <xs:element name="FreeText" type="xs:string"/>
              <xs:sequence>
                <xs:element name="UploadedFileSizeInBytes" type="xs:positiveInteger"/>
                <xs:element name="UploadedFileKey" type="xs:string"/>
              </xs:sequence>
            </xs:choice>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
    </xs:sequence>
  </xs:complexType>
</xs:element>`,
)
