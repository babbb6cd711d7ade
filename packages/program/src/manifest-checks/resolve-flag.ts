import type { AppResources } from '@vedette/formats';
import { booleanOf } from '../manifest-element.ts';

/** What a flag can be. */
export interface Flag {
  /** Each value that some device sees: none, one, or both. */
  readonly values: readonly boolean[];
  /** False when a reference leads out of the app, in a ring, or to something that is no boolean. */
  readonly complete: boolean;
}

/** The resource id in `@0x7f050001`; null when the text is no reference. */
export function referenceIn(value: string): number | null {
  const found = /^@0x([0-9a-f]{8})$/.exec(value);
  return found?.[1] === undefined ? null : Number.parseInt(found[1], 16);
}

/**
 * What a flag written in a manifest can be, over all configurations of the resource it may refer to. The platform asks for
 * flags when the app is installed, for the device's configuration of that moment.
 */
export function resolveFlag(value: string | null, resources: AppResources | null): Flag {
  if (value === null) return { values: [], complete: true };
  const written = booleanOf(value);
  if (written !== null) return { values: [written], complete: true };
  const id = referenceIn(value);
  if (id === null || resources === null) return { values: [], complete: false };
  const values = new Set<boolean>();
  const resolved = resources.resolveAll(id);
  let complete = resolved.length > 0;
  for (const end of resolved) {
    const known = end.problem === null && end.value !== null ? booleanOf(end.value.text) : null;
    if (known === null) complete = false;
    else values.add(known);
  }
  return { values: [...values], complete };
}
