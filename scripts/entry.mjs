#!/usr/bin/env node
// The program, dist/kempelen.mjs. It is plain for Node 18: an older Node than the one we need must hear a sentence,
// and would stumble over the names that the bundle imports before it ran the first line of it.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major > 24 || (major === 24 && minor >= 7)) {
  await import('./main.mjs')
} else {
  process.stderr.write(
    `Kempelen needs Node 24.7 or newer; this is ${process.versions.node}. It brings its own: write ` +
      '"npm run --silent kempelen -- …" instead.\n',
  )
  process.exitCode = 1
}
