// Both versions of QuestionForm come from one text: they differ in the namespace and in what the older one still
// allowed. Application is in neither, as the service refuses it [questions 2.8]; FileUploadAnswer is there when
// the server keeps uploads [questions 2.7].

import { schema } from './schema.ts'

/** The schema of QuestionForm for `namespace`, with FileUploadAnswer or without it [questions 2]. */
export function questionFormSchema(namespace: string, fileUploads: boolean): string {
  return schema(
    namespace,
    [top, content, media, freeText, selection, simpleTypes, fileUploads ? fileUpload : '']
      .join('\n')
      .replace(
        '<!-- file upload -->',
        fileUploads ? '<xs:element name="FileUploadAnswer" type="FileUploadAnswerType"/>' : '',
      ),
  )
}

const top = `<xs:element name="QuestionForm">
  <xs:complexType>
    <xs:choice maxOccurs="unbounded">
      <xs:element name="Overview" type="ContentType"/>
      <xs:element name="Question" type="QuestionType"/>
    </xs:choice>
  </xs:complexType>
</xs:element>
<xs:complexType name="QuestionType">
  <xs:sequence>
    <xs:element name="QuestionIdentifier" type="xs:string"/>
    <xs:element name="DisplayName" type="xs:string" minOccurs="0"/>
    <xs:element name="IsRequired" type="xs:boolean" minOccurs="0"/>
    <xs:element name="QuestionContent" type="ContentType"/>
    <xs:element name="AnswerSpecification">
      <xs:complexType>
        <xs:choice>
          <xs:element name="FreeTextAnswer" type="FreeTextAnswerType"/>
          <xs:element name="SelectionAnswer" type="SelectionAnswerType"/>
          <!-- file upload -->
        </xs:choice>
      </xs:complexType>
    </xs:element>
  </xs:sequence>
</xs:complexType>`

const content = `<xs:complexType name="ContentType">
  <xs:choice maxOccurs="unbounded">
    <xs:element name="Title" type="xs:string"/>
    <xs:element name="Text" type="xs:string"/>
    <xs:element name="List">
      <xs:complexType>
        <xs:sequence><xs:element name="ListItem" type="xs:string" maxOccurs="unbounded"/></xs:sequence>
      </xs:complexType>
    </xs:element>
    <xs:element name="FormattedContent" type="xs:string"/>
    <xs:element name="Binary" type="BinaryType"/>
    <xs:element name="EmbeddedBinary" type="EmbeddedBinaryType"/>
  </xs:choice>
</xs:complexType>`

const media = `<xs:complexType name="BinaryType">
  <xs:sequence>
    <xs:element name="MimeType">
      <xs:complexType>
        <xs:sequence>
          <xs:element name="Type">
            <xs:simpleType>
              <xs:restriction base="xs:string">
                <xs:enumeration value="image"/>
                <xs:enumeration value="audio"/>
                <xs:enumeration value="video"/>
              </xs:restriction>
            </xs:simpleType>
          </xs:element>
          <xs:element name="SubType" type="xs:string" minOccurs="0"/>
        </xs:sequence>
      </xs:complexType>
    </xs:element>
    <xs:element name="DataURL" type="URLType"/>
    <xs:element name="AltText" type="xs:string"/>
  </xs:sequence>
</xs:complexType>
<xs:complexType name="EmbeddedBinaryType">
  <xs:sequence>
    <xs:element name="EmbeddedMimeType">
      <xs:complexType>
        <xs:sequence>
          <xs:element name="Type" type="xs:string"/>
          <xs:element name="SubType" type="xs:string"/>
        </xs:sequence>
      </xs:complexType>
    </xs:element>
    <xs:element name="DataURL" type="URLType"/>
    <xs:element name="AltText" type="xs:string"/>
    <xs:element name="Width" type="xs:string"/>
    <xs:element name="Height" type="xs:string"/>
    <xs:element name="ApplicationParameter" minOccurs="0" maxOccurs="unbounded">
      <xs:complexType>
        <xs:sequence>
          <xs:element name="Name" type="xs:string"/>
          <xs:element name="Value" type="xs:string"/>
        </xs:sequence>
      </xs:complexType>
    </xs:element>
  </xs:sequence>
</xs:complexType>`

const freeText = `<xs:complexType name="FreeTextAnswerType">
  <xs:sequence>
    <xs:element name="Constraints" minOccurs="0">
      <xs:complexType>
        <xs:sequence>
          <xs:element name="IsNumeric" minOccurs="0">
            <xs:complexType>
              <xs:attribute name="minValue" type="xs:int"/>
              <xs:attribute name="maxValue" type="xs:int"/>
            </xs:complexType>
          </xs:element>
          <xs:element name="Length" minOccurs="0">
            <xs:complexType>
              <xs:attribute name="minLength" type="xs:nonNegativeInteger"/>
              <xs:attribute name="maxLength" type="xs:positiveInteger"/>
            </xs:complexType>
          </xs:element>
          <xs:element name="AnswerFormatRegex" minOccurs="0" maxOccurs="unbounded">
            <xs:complexType>
              <xs:attribute name="regex" type="xs:string" use="required"/>
              <xs:attribute name="errorText" type="xs:string"/>
              <xs:attribute name="flags" type="xs:string"/>
            </xs:complexType>
          </xs:element>
        </xs:sequence>
      </xs:complexType>
    </xs:element>
    <xs:element name="DefaultText" type="xs:string" minOccurs="0"/>
    <xs:element name="NumberOfLinesSuggestion" type="xs:positiveInteger" minOccurs="0"/>
  </xs:sequence>
</xs:complexType>`

const selection = `<xs:complexType name="SelectionAnswerType">
  <xs:sequence>
    <xs:element name="MinSelectionCount" type="xs:nonNegativeInteger" minOccurs="0"/>
    <xs:element name="MaxSelectionCount" type="xs:positiveInteger" minOccurs="0"/>
    <xs:element name="StyleSuggestion" minOccurs="0">
      <xs:simpleType>
        <xs:restriction base="xs:string">
          <xs:enumeration value="radiobutton"/>
          <xs:enumeration value="dropdown"/>
          <xs:enumeration value="checkbox"/>
          <xs:enumeration value="list"/>
          <xs:enumeration value="combobox"/>
          <xs:enumeration value="multichooser"/>
        </xs:restriction>
      </xs:simpleType>
    </xs:element>
    <xs:element name="Selections">
      <xs:complexType>
        <xs:sequence>
          <xs:element name="Selection" maxOccurs="unbounded">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="SelectionIdentifier" type="xs:string"/>
                <xs:choice>
                  <xs:element name="Text" type="xs:string"/>
                  <xs:element name="Binary" type="BinaryType"/>
                  <xs:element name="FormattedContent" type="xs:string"/>
                </xs:choice>
              </xs:sequence>
            </xs:complexType>
          </xs:element>
          <xs:element name="OtherSelection" type="FreeTextAnswerType" minOccurs="0"/>
        </xs:sequence>
      </xs:complexType>
    </xs:element>
  </xs:sequence>
</xs:complexType>`

const simpleTypes = `<xs:simpleType name="URLType">
  <xs:restriction base="xs:string"><xs:pattern value="(http|https)://.*"/></xs:restriction>
</xs:simpleType>`

const fileUpload = `<xs:complexType name="FileUploadAnswerType">
  <xs:sequence>
    <xs:element name="MaxFileSizeInBytes" type="FileSizeType"/>
    <xs:element name="MinFileSizeInBytes" type="FileSizeType"/>
  </xs:sequence>
</xs:complexType>
<xs:simpleType name="FileSizeType">
  <xs:restriction base="xs:positiveInteger"><xs:maxInclusive value="2000000000"/></xs:restriction>
</xs:simpleType>`
