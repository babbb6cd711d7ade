import type { DatabaseAddress } from '../address.ts';

/** Environment variable by which the set-up of the test run tells its workers the folder of the database's socket. */
export const TEST_CLUSTER_VARIABLE = 'VEDETTE_TEST_CLUSTER';
/** Migrated once per run; every test store is a copy of it. */
export const TEMPLATE_DATABASE = 'vedette';

/** Address in the cluster of this test run. @throws Error outside of a run with `global-setup.ts` */
export function testAddress(user: string, database: string): DatabaseAddress {
  const socketFolder = process.env[TEST_CLUSTER_VARIABLE];
  if (socketFolder === undefined)
    throw new Error(
      'This test needs the database of the "system" project: name it *.pg.test.ts and run --project system',
    );
  return { socketFolder, user, database };
}
