// What the schemas have in common. They are written from the tables of the specification, as text that
// libxml2 compiles when a document of their kind arrives for the first time.

/** An XML Schema around `body`, for documents of `namespace`: elements qualified, attributes not [questions 1]. */
export function schema(namespace: string, body: string): string {
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="${namespace}"
  targetNamespace="${namespace}" elementFormDefault="qualified" attributeFormDefault="unqualified">
${body}
</xs:schema>`
}
