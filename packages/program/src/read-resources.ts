import type { Diagnostics } from '@vedette/bytes';
import {
  type AppResources,
  auditResources,
  createResources,
  type ResourceLookup,
  readProtoResources,
  readResourceTable,
} from '@vedette/formats';
import type { OpenPart } from './container/open-part.ts';

/** Bytes of one table read; those of the largest apps have some 30 million. */
const MAX_TABLE_BYTES = 128 * 1024 * 1024;

/** The resource tables of all parts as one, base first; null when there is none. */
export function readResources(parts: readonly OpenPart[], diagnostics: Diagnostics): AppResources | null {
  const tables: ResourceLookup[] = [];
  for (const part of parts) {
    const found = part.find(part.encoding === 'binary' ? 'resources.arsc' : 'resources.pb');
    if (found === undefined) continue;
    const data = found.entry.read(MAX_TABLE_BYTES);
    diagnostics.addAll(data.diagnostics);
    if (part.encoding === 'proto') {
      const { value, diagnostics: noticed } = readProtoResources(data.value);
      diagnostics.addAll(noticed, found.location);
      if (value !== null) tables.push(value);
      continue;
    }
    const { value, diagnostics: noticed } = readResourceTable(data.value);
    diagnostics.addAll(noticed, found.location);
    if (value === null) continue;
    tables.push(value);
    diagnostics.addAll(auditResources(value), found.location);
  }
  return tables.length === 0 ? null : createResources(tables);
}
