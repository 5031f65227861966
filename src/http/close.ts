// How a listener stops: it takes nothing new, and what it has taken on it answers. A call that is cut off may have been
// carried out all the same, and its client would make it again.
import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { server as limits } from '../limits.ts'

/** Milliseconds that a stop waits for requests that have not come whole, and for answers. */
export interface Patience {
  unfinished: number
  answers: number
}

const usualPatience: Patience = {
  unfinished: limits.closingPatience,
  answers: limits.requestTimeout + limits.answerMargin,
}

interface Watched {
  connections: Set<Socket>
  /** Answers that are not sent yet. */
  responses: Set<ServerResponse>
  isClosing: boolean
}

const watched = new WeakMap<Server, Watched>()

/** Keeps count of what is under way, so that closeServer knows whom to wait for. */
export function watchConnections(server: Server): void {
  const state: Watched = { connections: new Set(), responses: new Set(), isClosing: false }
  watched.set(server, state)
  server.on('connection', (socket) => {
    state.connections.add(socket)
    socket.once('close', () => state.connections.delete(socket))
  })
  server.prependListener('request', (_, response: ServerResponse) => {
    if (state.isClosing) response.shouldKeepAlive = false
    state.responses.add(response)
    response.once('close', () => {
      state.responses.delete(response)
      if (state.isClosing) server.closeIdleConnections()
    })
  })
}

/** Stops a listener that is watched: idle connections end at once. Resolves when the last one has ended. */
export function closeServer(server: Server, patience: Patience = usualPatience): Promise<void> {
  const state = watched.get(server)!
  state.isClosing = true
  // Who keeps a connection alive would call on and on, to be cut off in the end: the next answer is the last on it.
  for (const response of state.responses) response.shouldKeepAlive = false
  return new Promise((resolve) => {
    const timers = [
      // A client that holds a connection open does not hold up the end.
      setTimeout(() => cutUnfinished(state), patience.unfinished),
      setTimeout(() => server.closeAllConnections(), patience.answers),
    ]
    server.close(() => {
      timers.forEach(clearTimeout)
      resolve()
    })
  })
}

/** Ends the connections on which no whole request waits for its answer. */
function cutUnfinished({ connections, responses }: Watched): void {
  const answering = new Set<Socket>()
  for (const { req } of responses) if (req.complete) answering.add(req.socket)
  for (const socket of connections) if (!answering.has(socket)) socket.destroy()
}
