import { defineConfig } from 'vitest/config'

const verify = process.env.KEMPELEN_VERIFY === '1'

export default defineConfig({
  test: {
    include: ['{src,test,scripts,crowd,bench}/**/*.test.{ts,tsx}'],
    globalSetup: ['test/support/global-setup.ts'],
    // Few processes, each for one file after the other: to load the program anew for each of hundreds of files took a
    // fifth of the time. So a file leaves nothing behind, and nothing is mocked by its module's name. Tests wait for the
    // database and the browser a third of their time: one process more than the two cores of a small machine.
    pool: 'forks',
    isolate: false,
    maxWorkers: 3,
    testTimeout: verify ? 1_800_000 : 30_000,
    hookTimeout: 60_000,
    // A run that catches its breath on a loaded machine is not "slow" before half a second.
    slowTestThreshold: 500,
  },
})
