import { ANSWER_KEY } from '../namespaces.ts'
import { schema } from './schema.ts'

/** The schema of AnswerKey [questions 10.1]. */
export const answerKeySchema = schema(
  ANSWER_KEY,
  `<xs:element name="AnswerKey">
  <xs:complexType>
    <xs:sequence>
      <xs:element name="Question" type="QuestionType" maxOccurs="unbounded"/>
      <xs:element name="QualificationValueMapping" type="MappingType" minOccurs="0"/>
    </xs:sequence>
  </xs:complexType>
</xs:element>
<xs:complexType name="QuestionType">
  <xs:sequence>
    <xs:element name="QuestionIdentifier" type="xs:string"/>
    <xs:element name="AnswerOption" maxOccurs="unbounded">
      <xs:complexType>
        <xs:sequence>
          <xs:element name="SelectionIdentifier" type="xs:string" maxOccurs="unbounded"/>
          <xs:element name="AnswerScore" type="xs:int"/>
        </xs:sequence>
      </xs:complexType>
    </xs:element>
    <xs:element name="DefaultScore" type="xs:int" minOccurs="0"/>
  </xs:sequence>
</xs:complexType>
<xs:complexType name="MappingType">
  <xs:choice>
    <xs:element name="PercentageMapping">
      <xs:complexType>
        <xs:sequence><xs:element name="MaximumSummedScore" type="xs:int"/></xs:sequence>
      </xs:complexType>
    </xs:element>
    <xs:element name="ScaleMapping">
      <xs:complexType>
        <xs:sequence><xs:element name="SummedScoreMultiplier" type="xs:double"/></xs:sequence>
      </xs:complexType>
    </xs:element>
    <xs:element name="RangeMapping">
      <xs:complexType>
        <xs:sequence>
          <xs:element name="SummedScoreRange" maxOccurs="unbounded">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="InclusiveLowerBound" type="xs:int"/>
                <xs:element name="InclusiveUpperBound" type="xs:int"/>
                <xs:element name="QualificationValue" type="xs:int"/>
              </xs:sequence>
            </xs:complexType>
          </xs:element>
          <xs:element name="OutOfRangeQualificationValue" type="xs:int"/>
        </xs:sequence>
      </xs:complexType>
    </xs:element>
  </xs:choice>
</xs:complexType>`,
)
