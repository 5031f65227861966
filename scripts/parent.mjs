// The shell that npm puts between itself and a script dies of a signal without passing it on. Without this,
// `npm start &` followed by `kill` would leave the server running.

/** Sends this process SIGTERM when the process that started it has ended. Does nothing outside npm. */
export function endWithParent() {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, 200)
  timer.unref()
}
