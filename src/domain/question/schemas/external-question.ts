// ExternalURL is a token here, not anyURI: what a URL may look like is decided in external-url.ts, with a text
// that programs know.

import { EXTERNAL_QUESTION } from '../namespaces.ts'
import { schema } from './schema.ts'

/** The schema of ExternalQuestion [questions 5.1]. */
export const externalQuestionSchema = schema(
  EXTERNAL_QUESTION,
  `<xs:element name="ExternalQuestion">
  <xs:complexType>
    <xs:sequence>
      <xs:element name="ExternalURL" type="xs:token"/>
      <xs:element name="FrameHeight" type="xs:integer"/>
    </xs:sequence>
  </xs:complexType>
</xs:element>`,
)
