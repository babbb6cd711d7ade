import { nameAttributes } from '@vedette/formats';

/** Attributes by which people know these certificates; RFC 4514 has names for the first six alone. */
const SHOWN: readonly (readonly [oid: string, name: string])[] = [
  ['2.5.4.3', 'CN'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.6', 'C'],
  ['2.5.4.12', 'title'],
  ['2.5.4.5', 'serialNumber'],
];

/** A Name for people, as `O=TEE, CN=…`; `without a name` for one that says nothing. */
export function nameText(name: Uint8Array): string {
  const attributes = nameAttributes(name);
  const parts = SHOWN.flatMap(([oid, label]) =>
    (attributes.get(oid) ?? []).map((text) => `${label}=${text.slice(0, 200)}`),
  );
  return parts.length === 0 ? 'without a name' : parts.join(', ');
}
