import { Hono } from 'hono'
import type { WebDependencies } from './dependencies.ts'

export type { WebDependencies } from './dependencies.ts'

export function createWebApp(dependencies: WebDependencies): Hono {
  const app = new Hono({ strict: false })
  dependencies.mountControl?.(app)
  return app
}
