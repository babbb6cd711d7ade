import type { Diagnostics } from '@vedette/bytes';
import type { ListedEntry } from './list-entries.ts';
import { METHOD_STORED } from './zip-records.ts';

const PAGE = 4_096;

/**
 * What Android maps straight from the file must be stored and aligned: resources.arsc to four bytes (or an app targeting API level 30 and above is not installed), native
 * libraries to pages (or they cannot be loaded without being unpacked).
 */
export function reportAlignment(entries: readonly ListedEntry[], diagnostics: Diagnostics): void {
  for (const { name, method, dataOffset } of entries) {
    if (dataOffset === null) continue;
    const place = { where: name, offset: dataOffset };
    if (name === 'resources.arsc' && method !== METHOD_STORED) {
      diagnostics.note(
        'zip.alignment.resources',
        'compressed: not installed where the app targets API level 30 or above',
        place,
      );
    } else if (name === 'resources.arsc' && dataOffset % 4 !== 0) {
      diagnostics.note(
        'zip.alignment.resources',
        'not aligned: not installed where the app targets API level 30 or above',
        place,
      );
    } else if (method === METHOD_STORED && dataOffset % PAGE !== 0 && /^lib\/[^/]+\/[^/]+\.so$/u.test(name)) {
      diagnostics.note(
        'zip.alignment.native',
        'stored, but not at a page: it cannot be loaded from the archive',
        place,
      );
    }
  }
}
