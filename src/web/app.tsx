// The sites as one application: their pages (routes.ts), what tasks need, the control API, and what answers when nothing
// else does.
import { Hono } from 'hono'
import type { WebDependencies } from './dependencies.ts'
import { pagePath } from './json.ts'
import { addWorkerPages } from './routes.ts'
import { serveStatic } from './static/files.ts'
import { showTask } from './task/show-task.tsx'
import { takeAnswers } from './task/submit.tsx'
import { sendUpload } from './task/uploads.ts'
import { notFound, troublePage } from './ui/error-page.tsx'
import { createVisits } from './visit.ts'

export type { WebDependencies } from './dependencies.ts'

/** Builds the pages. */
export function createWebApp(dependencies: WebDependencies): Hono {
  const app = new Hono({ getPath: pagePath })
  const visits = createVisits(dependencies)
  const { nobody, anybody } = visits

  app.get('/static/:name', (c) => serveStatic(c, c.req.param('name')) ?? c.notFound())

  addWorkerPages(app, visits)

  app.get('/task/:hit', anybody(showTask))
  app.get('/task/:hit/:look', anybody(showTask))
  app.get('/uploads/:assignment', anybody(sendUpload))
  // Frameworks join the host and the path with one slash or two [questions 5.2].
  for (const path of ['/mturk/externalSubmit', '//mturk/externalSubmit']) {
    app.on(['GET', 'POST'], [path, `/s/:token${path}`], anybody(takeAnswers))
  }

  dependencies.mountControl?.(app)
  app.notFound(anybody(notFound))
  app.onError((error, c) => {
    dependencies.failed?.(error)
    const broken = nobody((visit) => troublePage(visit, { status: 500, ...visit.texts.errors.broken }))
    return broken(c)
  })
  return app
}
