// What each worker did on each Pacific day.
import type { Migration } from './index.ts'

export const market009: Migration = () => []
