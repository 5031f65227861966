// What a file of the real service can be.

/** What files of each kind are called; in the order in which they come in: work needs its HIT, and a score its type. */
export const kindNames = {
  'qualification types': 'qualification types saved from the API (JSON)',
  hits: 'HITs saved from the API (JSON)',
  results: 'batch results',
  assignments: 'assignments saved from the API (JSON)',
  bonuses: 'bonuses saved from the API (JSON)',
  scores: 'scores saved from the API (JSON)',
  workers: 'workers (the download of the Workers tab)',
  blocks: 'a list of blocked workers',
  transactions: 'the transaction history',
} as const

export type ImportKind = keyof typeof kindNames

/** All kinds, in that order. */
export const importKinds = Object.keys(kindNames) as readonly ImportKind[]

/** The kind of this name; where people give it a space is a hyphen. */
export function kindNamed(name: string): ImportKind | undefined {
  return importKinds.find((kind) => kind === name.replaceAll('-', ' '))
}

/** The name as people give it. */
export const nameOfKind = (kind: ImportKind) => kind.replaceAll(' ', '-')
