// Favourites and saved searches of workers.
import type { Migration } from './index.ts'

export const market011: Migration = () => []
