// Payouts.
import type { Migration } from './index.ts'

export const market010: Migration = () => []
