// The address of a file that a worker sent: good for a minute, for whoever has it [hits 7.5].

export interface FileLink {
  assignmentId: string
  /** The question that asked for the file. */
  identifier: string
  /** Wall-clock seconds since the epoch. */
  expires: number
}

/** What is signed: the identifier may hold anything, the other two hold no space. */
export function fileSubject({ assignmentId, identifier, expires }: FileLink): string {
  return `file ${assignmentId} ${expires} ${identifier}`
}

/** The address under the market's public one. */
export function fileAddress(publicURL: string, link: FileLink, signature: string): string {
  const query = new URLSearchParams({
    question: link.identifier,
    expires: String(link.expires),
    signature,
  })
  return `${publicURL}/uploads/${link.assignmentId}?${query.toString()}`
}
