// What the pages about qualifications and forms need.
import type { Migration } from './index.ts'

export const market012: Migration = () => []
