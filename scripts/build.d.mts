/** Bundles the program when its sources changed; answers its path. */
export function buildProgram(): Promise<string>
export function fingerprint(paths: string[]): string
export const outside: string[]
export function bundle(entries: Record<string, string>, directory?: string): Promise<unknown>
export function readAtStart(metafile: unknown, name: string): string[]
