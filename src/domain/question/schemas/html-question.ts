import { HTML_QUESTION } from '../namespaces.ts'
import { schema } from './schema.ts'

/** The schema of HTMLQuestion [questions 6.1]. */
export const htmlQuestionSchema = schema(
  HTML_QUESTION,
  `<xs:element name="HTMLQuestion">
  <xs:complexType>
    <xs:sequence>
      <xs:element name="HTMLContent" type="xs:string"/>
      <xs:element name="FrameHeight" type="xs:integer"/>
    </xs:sequence>
  </xs:complexType>
</xs:element>`,
)
