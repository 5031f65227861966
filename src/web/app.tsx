// Every route of the sites, in one list, grouped by page [websites 1.2].
import { Hono } from 'hono'
import { leadToSignIn } from './amazon-site.tsx'
import type { WebDependencies } from './dependencies.ts'
import { pagePath } from './json.ts'
import { addKeptPages } from './kept-routes.ts'
import { addAccountPages } from './account-routes.ts'
import { serveStatic } from './static/files.ts'
import { showTask } from './task/show-task.tsx'
import { takeAnswers } from './task/submit.tsx'
import { sendUpload } from './task/uploads.ts'
import { notFound, troublePage } from './ui/error-page.tsx'
import { createVisits, type Visits } from './visit.ts'
import { acceptHIT, acceptOnGet } from './worker/accept.tsx'
import {
  contactForm,
  sendAboutAssignment,
  sendAboutGroup,
  writeAboutAssignment,
  writeAboutGroup,
} from './worker/contact.tsx'
import { listWorkedGroups } from './worker/batches.tsx'
import { showDashboard } from './worker/dashboard.tsx'
import { showDay } from './worker/day.tsx'
import { askForPayout, cancelPayout, setSchedule, showEarnings } from './worker/earnings.tsx'
import { saveEdit, showEdit } from './worker/edit.tsx'
import { showFront } from './worker/front.tsx'
import { exportHistory } from './worker/history-export.ts'
import { showHistory } from './worker/history.tsx'
import { listHITs } from './worker/hits.tsx'
import { setMethod, showMethod } from './worker/payout-method.tsx'
import { oldPreviewLink, previewHIT } from './worker/preview.tsx'
import { requestQualification, showQualification, showRequest } from './worker/qualification.tsx'
import { showTest, submitTest, testForm } from './worker/qualification-test.tsx'
import { listAssigned, listPending, searchTypes } from './worker/qualifications.tsx'
import { showQueue } from './worker/queue.tsx'
import { listRequesterHITs } from './worker/requester.tsx'
import { followSignInLink, takeSignInLink } from './worker/sign-in-link.tsx'
import { showSignIn, signIn } from './worker/sign-in.tsx'
import { signOut } from './worker/sign-out.ts'
import { submitForm } from './worker/submit-form.tsx'
import { returnHIT, showWork } from './worker/work.tsx'

export type { WebDependencies } from './dependencies.ts'

/** Builds the pages. */
export function createWebApp(dependencies: WebDependencies): Hono {
  const app = new Hono({ getPath: pagePath })
  const visits = createVisits(dependencies)
  const { nobody, anybody, anyAction, worker, workerOr, action } = visits

  app.get('/static/:name', (c) => serveStatic(c, c.req.param('name')) ?? c.notFound())

  app.get('/', workerOr(listHITs, showFront))
  app.get(
    '/ap/signin',
    anybody((visit) => leadToSignIn(visit) ?? showSignIn(visit)),
  )
  app.post('/ap/signin', anybody(signIn))
  app.post('/sign-out', action(signOut))
  addAccountPages(app, visits)
  app.get('/sign-in/:token', anybody(followSignInLink))
  app.post('/sign-in/:token', anyAction(takeSignInLink))

  app.get('/projects', worker(listHITs))
  app.get('/requesters/:id/projects', worker(listRequesterHITs))
  app.get('/projects/:gid/tasks', worker(previewHIT))
  app.get('/mturk/preview', worker(oldPreviewLink))
  app.get('/projects/:gid/tasks/accept_random', worker(acceptOnGet))
  app.post('/projects/:gid/tasks/accept_random', action(acceptHIT))
  app.get('/projects/:gid/tasks/:task', worker(showWork))
  app.post('/projects/:gid/tasks/:task', action(returnHIT))
  app.post('/projects/:gid/tasks/:task/submit', anybody(submitForm))
  app.get('/projects/:gid/tasks/:task/edit', worker(showEdit))
  app.post('/projects/:gid/tasks/:task/edit', anybody(saveEdit))
  app.get('/tasks', worker(showQueue))

  app.get('/dashboard', worker(showDashboard))
  app.get('/status_details/:date', worker(showDay))
  app.get('/history', worker(showHistory))
  app.get('/history/export', worker(exportHistory))
  app.get('/history/groups', worker(listWorkedGroups))
  app.get('/earnings', worker(showEarnings))
  app.post('/earnings/payouts', action(askForPayout))
  app.post('/earnings/payouts/:id/cancel', action(cancelPayout))
  app.post('/earnings/schedule', action(setSchedule))
  app.get('/earnings/method', worker(showMethod))
  app.post('/earnings/method', action(setMethod))

  addKeptPages(app, visits)
  addQualifications(app, visits)

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

/** Qualifications, and writing to requesters [websites 1.11, 1.12]. */
function addQualifications(app: Hono, { worker, action }: Visits): void {
  app.get('/qualifications', worker(searchTypes))
  app.get('/qualifications/assigned', worker(listAssigned))
  app.get('/qualifications/pending', worker(listPending))
  app.get('/qualifications/:id', worker(showQualification))
  app.get('/qualifications/:id/request', worker(showRequest))
  app.post('/qualifications/:id/request', action(requestQualification))
  app.get('/qualifications/:id/test', worker(showTest))
  app.post('/qualifications/:id/test', action(submitTest, testForm))
  app.get('/contact_requester/hit_type_messages/new', worker(writeAboutGroup))
  app.post('/contact_requester/hit_type_messages/new', action(sendAboutGroup, contactForm))
  app.get('/contact_requester/assignment_messages/new', worker(writeAboutAssignment))
  app.post('/contact_requester/assignment_messages/new', action(sendAboutAssignment, contactForm))
}
