import type { LibraryRow } from './library-row.ts';
import { PLATFORM_LIBRARIES } from './platform-libraries.ts';
import { SERVICE_LIBRARIES } from './service-libraries.ts';
import { TRACKER_LIBRARIES } from './tracker-libraries.ts';

/** All libraries that are known by their packages. Where one package lies in another, the longer name decides. */
export const LIBRARY_ROWS: readonly LibraryRow[] = [...PLATFORM_LIBRARIES, ...SERVICE_LIBRARIES, ...TRACKER_LIBRARIES];
