// Accounts that people open, close and recover themselves.
import type { Migration } from './index.ts'

export const shared002: Migration = () => []
