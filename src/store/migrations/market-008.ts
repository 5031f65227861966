// Figures of groups and requesters, kept in tables instead of counted at each look.
import type { Migration } from './index.ts'

export const market008: Migration = () => []
