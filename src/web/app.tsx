// Every route of the sites, in one list, grouped by page [websites 1.2].
import { Hono } from 'hono'
import type { WebDependencies } from './dependencies.ts'
import { serveStatic } from './static/files.ts'
import { showTask } from './task/show-task.tsx'
import { takeAnswers } from './task/submit.tsx'
import { sendUpload } from './task/uploads.ts'
import { notFound, troublePage } from './ui/error-page.tsx'
import { createVisits } from './visit.ts'
import { acceptHIT, acceptOnGet } from './worker/accept.tsx'
import { showDashboard } from './worker/dashboard.tsx'
import { showDay } from './worker/day.tsx'
import { showEarnings } from './worker/earnings.tsx'
import { showFront } from './worker/front.tsx'
import { listHITs } from './worker/hits.tsx'
import { oldPreviewLink, previewHIT } from './worker/preview.tsx'
import { showQueue } from './worker/queue.tsx'
import { followSignInLink, takeSignInLink } from './worker/sign-in-link.tsx'
import { showSignIn, signIn } from './worker/sign-in.tsx'
import { signOut } from './worker/sign-out.ts'
import { returnHIT, showWork } from './worker/work.tsx'

export type { WebDependencies } from './dependencies.ts'

/** Builds the pages. */
export function createWebApp(dependencies: WebDependencies): Hono {
  // A slash before the query is accepted [websites 1.9].
  const app = new Hono({ strict: false })
  const { nobody, anybody, worker, action } = createVisits(dependencies)

  app.get('/static/:name', (c) => serveStatic(c, c.req.param('name')) ?? c.notFound())

  app.get(
    '/',
    anybody((visit) => (visit.session === undefined ? showFront(visit) : visit.c.redirect('/projects'))),
  )
  app.get('/ap/signin', anybody(showSignIn))
  app.post('/ap/signin', anybody(signIn))
  app.post('/sign-out', action(signOut))
  app.get('/sign-in/:token', anybody(followSignInLink))
  app.post('/sign-in/:token', anybody(takeSignInLink))

  app.get('/projects', worker(listHITs))
  app.get('/projects/:gid/tasks', worker(previewHIT))
  app.get('/mturk/preview', worker(oldPreviewLink))
  app.get('/projects/:gid/tasks/accept_random', worker(acceptOnGet))
  app.post('/projects/:gid/tasks/accept_random', action(acceptHIT))
  app.get('/projects/:gid/tasks/:task', worker(showWork))
  app.post('/projects/:gid/tasks/:task', action(returnHIT))
  app.get('/tasks', worker(showQueue))

  app.get('/dashboard', worker(showDashboard))
  app.get('/status_details/:date', worker(showDay))
  app.get('/earnings', worker(showEarnings))

  app.get('/task/:hit', anybody(showTask))
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
