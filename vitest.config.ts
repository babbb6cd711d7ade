import { defineConfig } from 'vitest/config';

const conditions = ['@vedette/source', 'module', 'node', 'import', 'default'];
const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
} as const;

/** Pure packages share one realm per thread (fast); everything with a database, a server or a browser runs in its own process. */
export default defineConfig({
  test: {
    reporters: process.env['CI']
      ? ['default', './tools/plain-line-reporter.mjs']
      : ['default', './tools/plain-line-reporter.mjs'],
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.ts',
            'packages/*/src/**/*.test.tsx',
            'apps/*/src/**/*.test.ts',
            'tools/**/*.test.ts',
          ],
          exclude: ['**/*.pg.test.ts', '**/node_modules/**', '**/dist/**'],
          pool: 'threads',
          isolate: false,
        },
      },
      {
        ...shared,
        test: {
          name: 'system',
          include: ['packages/*/src/**/*.pg.test.ts', 'apps/*/src/**/*.pg.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
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
          include: ['e2e/**/*.e2e.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
