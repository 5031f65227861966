// Who may import whom, as a table. Imports go one way (ARCHITECTURE.md): a folder of `src` is a layer.

/** Pure seams at the bottom: time, ids, bounds, secrets, logs. Every layer but the domain may use all of them. */
const seams = ['clock.ts', 'ids.ts', 'limits.ts', 'secrets.ts', 'log.ts']

/** What each layer may import of `src`. Those that put everything together are not bound: see `unbound`. */
export const allowedLayers: Record<string, readonly string[]> = {
  'clock.ts': [],
  'limits.ts': [],
  'ids.ts': [],
  'secrets.ts': ['limits.ts'],
  'log.ts': ['clock.ts', 'limits.ts'],
  'keys.ts': ['ids.ts', 'limits.ts'],
  files: ['limits.ts'],
  'config.ts': ['limits.ts', 'domain'],
  domain: ['limits.ts'],
  model: ['domain', 'limits.ts'],
  store: ['domain', ...seams],
  import: ['domain', 'limits.ts', 'clock.ts'],
  operations: ['domain', 'store', 'model', ...seams],
  wire: ['operations', 'domain', 'model', ...seams],
  web: ['import', 'operations', 'domain', 'store', 'model', ...seams],
  notify: ['operations', 'domain', 'store', ...seams],
  timers: ['operations', 'domain', 'store', ...seams],
  demo: ['operations', 'domain', 'market.ts', ...seams],
  http: ['wire', 'web', 'operations', 'domain', 'store', 'model', 'market.ts', 'config.ts', ...seams],
  cli: [
    'import',
    'http',
    'notify',
    'timers',
    'operations',
    'domain',
    'store',
    'model',
    'market.ts',
    'open-markets.ts',
    'config.ts',
    ...seams,
  ],
}

/** Files that put everything together. */
export const unbound = ['main.ts', 'market.ts', 'open-markets.ts']

/** Layers that may name the type of a market, which is handed to them as a value, but not import its code. */
export const mayNameMarket = ['web', 'notify', 'timers']

/** Packages that only some files may import; a package that is not named here may be imported anywhere but in domain. */
export const packagePlaces: Record<string, RegExp> = {
  kysely: /^src\/store\//,
  pg: /^src\/store\/postgres/,
  'node:sqlite': /^src\/store\/sqlite/,
  hono: /^src\/(http|web)\//,
  nodemailer: /^src\/notify\//,
  '@aws-sdk/client-s3': /^src\/files\/s3\.ts$/,
  'libxml2-wasm': /^src\/domain\/question\//,
  re2js: /^src\/domain\/question\//,
  parse5: /^src\/(domain\/question|web)\//,
}

/** All that `domain` may import from outside the repository, and where. */
export const domainPackages: Record<string, RegExp> = {
  'libxml2-wasm': /^src\/domain\/question\//,
  parse5: /^src\/domain\/question\//,
  re2js: /^src\/domain\/question\//,
}
