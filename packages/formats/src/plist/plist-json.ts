import { toHex } from '@vedette/bytes';
import type { PlistValue } from './plist-value.ts';

/** What JSON can hold. */
export type PlistJson = null | boolean | number | string | readonly PlistJson[] | { readonly [key: string]: PlistJson };

/**
 * The list for people and reports: data as hexadecimal text of at most `maxData` bytes, large integers as text, cut values as
 * `…`. Shared objects are written out at each place, so at most `maxValues` values are.
 */
export function plistJson(value: PlistValue, maxValues = 10_000, maxData = 64): PlistJson {
  let left = maxValues;
  const write = (at: PlistValue): PlistJson => {
    left -= 1;
    if (left < 0) return '…';
    switch (at.kind) {
      case 'dictionary': {
        const pairs: [string, PlistJson][] = [];
        for (const [key, inner] of at.entries) {
          if (left <= 0) break;
          pairs.push([key, write(inner)]);
        }
        return Object.fromEntries(pairs);
      }
      case 'array': {
        const items: PlistJson[] = [];
        for (const item of at.items) {
          if (left <= 0) break;
          items.push(write(item));
        }
        return items;
      }
      case 'data':
        return toHex(at.value.subarray(0, maxData)) + (at.value.length > maxData ? '…' : '');
      case 'integer':
        return at.value >= -(2n ** 53n) && at.value <= 2n ** 53n ? Number(at.value) : at.value.toString();
      case 'real':
        return Number.isFinite(at.value) ? at.value : null;
      case 'null':
        return null;
      default:
        return at.value;
    }
  };
  return write(value);
}
