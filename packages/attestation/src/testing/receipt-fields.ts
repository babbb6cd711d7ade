import { derInteger, derOctets, derSequence, derSet } from '@vedette/formats/builders';

/** The content of a receipt: a set of numbered fields. */
export function receiptFields(fields: ReadonlyMap<number, Uint8Array | string>): Uint8Array {
  return derSet(
    ...[...fields].map(([type, value]) =>
      derSequence(
        derInteger(type),
        derInteger(1),
        derOctets(typeof value === 'string' ? new TextEncoder().encode(value) : value),
      ),
    ),
  );
}
