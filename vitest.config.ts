import { defineConfig } from 'vitest/config'

const verify = process.env.KEMPELEN_VERIFY === '1'

export default defineConfig({
  test: {
    include: ['{src,test,scripts,crowd,bench}/**/*.test.{ts,tsx}'],
    globalSetup: ['test/support/global-setup.ts'],
    // One process per file: servers, databases and worker threads of one file cannot disturb another. The database
    // and the browser are busy beside the tests, so there are no more processes than cores.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: verify ? 1_800_000 : 30_000,
    hookTimeout: 60_000,
    // A run that catches its breath on a loaded machine is not "slow" before half a second.
    slowTestThreshold: 500,
  },
})
