// The routes of what workers keep: favourites, saved searches and their alerts.
import type { Hono } from 'hono'
import type { Visits } from './visit.ts'
import { changeFavourite, setFavouriteAlerts, showFavourites } from './worker/favourites.tsx'
import { deleteSearch, renameSearch, setSearchAlert, showSearches } from './worker/searches.tsx'
import { saveSearch, showNewSearch } from './worker/searches-new.tsx'
import { showStopAlerts, stopAlerts } from './worker/searches-stop.tsx'

/** Adds them. */
export function addKeptPages(app: Hono, { anybody, worker, action }: Visits): void {
  app.get('/favourites', worker(showFavourites))
  app.post('/favourites', action(changeFavourite))
  app.post('/favourites/alerts', action(setFavouriteAlerts))
  app.get('/searches', worker(showSearches))
  app.post('/searches', action(saveSearch))
  app.get('/searches/new', worker(showNewSearch))
  app.post('/searches/:id/name', action(renameSearch))
  app.post('/searches/:id/alerts', action(setSearchAlert))
  app.post('/searches/:id/delete', action(deleteSearch))
  app.get('/alerts/off/:worker/:token', anybody(showStopAlerts))
  app.post('/alerts/off/:worker/:token', anybody(stopAlerts))
}
