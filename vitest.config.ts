import { defineConfig } from 'vitest/config';

/**
 * Tests read the sources of the workspaces, never a stale build. Vitest hands these to Node too, for `require` as well: with `import` among them, CommonJS packages
 * would get the ES modules of their dependencies. Vite adds `import` and `default` itself.
 */
const conditions = ['@vedette/source', 'module', 'node'];
const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
};
const never = ['**/node_modules/**', '**/dist/**'];

/** Pure packages share one realm per thread (fast); everything with a database, a server or a browser runs in its own process. */
export default defineConfig({
  test: {
    reporters: ['default', './tools/plain-line-reporter.mjs'],
    projects: [
      { ...shared, test: { name: 'house', include: ['tools/**/*.test.ts'], exclude: never, pool: 'forks' } },
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'apps/*/src/**/*.test.{ts,tsx}'],
          exclude: [...never, '**/*.pg.test.ts'],
          pool: 'threads',
          isolate: false,
          // Fuzzing and real apps take seconds on a machine that is busy with other things; no test measures time.
          testTimeout: 30_000,
          // Of those that say so: they wait for time-outs, mostly.
          maxConcurrency: 12,
        },
      },
      {
        ...shared,
        test: {
          name: 'system',
          sequence: { groupOrder: 1 },
          include: ['packages/*/src/**/*.pg.test.ts', 'apps/*/src/**/*.pg.test.ts'],
          exclude: never,
          pool: 'forks',
          globalSetup: ['packages/store/src/testing/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'e2e',
          // Alone on the machine: browser and servers of these tests are busy enough with each other.
          sequence: { groupOrder: 2 },
          include: ['e2e/**/*.e2e.test.ts'],
          exclude: never,
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
