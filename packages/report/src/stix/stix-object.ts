import { uuidV5, VEDETTE_NAMESPACE } from '../text/uuid-v5.ts';

/** The namespace of the ids of cyber-observables (STIX 2.1 section 2.9): the same observable has one id whoever writes it down. */
const SCO_NAMESPACE = '00abedb4-aa42-466c-9c01-fed23315a9b7';

/** A STIX 2.1 object: what all have, and what its type has besides. */
export type StixObject = { readonly type: string; readonly spec_version: '2.1'; readonly id: string } & Readonly<
  Record<string, unknown>
>;

/** A cyber-observable. Its id follows from what the standard names for its type (the `contributing` properties that it has). */
export function observable(
  type: string,
  properties: Readonly<Record<string, unknown>>,
  contributing: readonly string[],
): StixObject {
  const named = contributing.filter((key) => properties[key] !== undefined).map((key) => [key, properties[key]]);
  const id = `${type}--${uuidV5(SCO_NAMESPACE, canonicalJson(Object.fromEntries(named)))}`;
  return { type, spec_version: '2.1', id, ...properties };
}

/** A domain or relationship object of ours. Its id follows from its type and `name`, so the same statement about the same file is one object. */
export function statement(
  type: string,
  name: string,
  now: string,
  properties: Readonly<Record<string, unknown>>,
): StixObject {
  const id = `${type}--${uuidV5(VEDETTE_NAMESPACE, `${type} ${name}`)}`;
  return { type, spec_version: '2.1', id, created: now, modified: now, ...properties };
}

/** Our identity is one object for ever, so its dates are too. */
export const IDENTITY_SINCE = '2026-01-01T00:00:00.000Z';

/** Who states all this. */
export function vedetteIdentity(): StixObject {
  return statement('identity', 'vedette', IDENTITY_SINCE, { name: 'Vedette', identity_class: 'system' });
}

/** The objects as one bundle, each id once, as text. */
export function bundle(all: readonly StixObject[], time: string): string {
  const objects = new Map<string, StixObject>();
  for (const object of all) objects.set(object.id, object);
  const id = `bundle--${uuidV5(VEDETTE_NAMESPACE, [time, ...objects.keys()].join(' '))}`;
  return `${JSON.stringify({ type: 'bundle', id, objects: [...objects.values()] }, null, 2)}\n`;
}

/** JSON with the keys of every object sorted (RFC 8785, of which strings, whole numbers and objects are all that is used here). */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
}
