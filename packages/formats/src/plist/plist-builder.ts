import { ByteWriter } from '@vedette/bytes';
import { encodeBase64 } from './base64.ts';

/** A list in plain values: whole numbers are integers, `bigint` too, others reals. */
/** A reference of a keyed archive; binary lists alone have them. */
export class PlistUid {
  readonly index: number;
  /** @param index below 256 */
  constructor(index: number) {
    this.index = index;
  }
}

export type PlistSpec =
  | PlistUid
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | Uint8Array
  | readonly PlistSpec[]
  | { readonly [key: string]: PlistSpec };

/** Writes an XML list. `raw` stands before the end of the outermost dictionary, unescaped: for tricks. */
export function buildXmlPlist(value: PlistSpec, raw = ''): Uint8Array {
  const body = xmlOf(value);
  const head =
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n';
  const cut = raw === '' ? body : body.replace(/<\/dict>$/, () => `${raw}</dict>`);
  return new TextEncoder().encode(`${head}<plist version="1.0">\n${cut}\n</plist>\n`);
}

function xmlOf(value: PlistSpec): string {
  if (typeof value === 'string') return `<string>${escapeXml(value)}</string>`;
  if (typeof value === 'boolean') return value ? '<true/>' : '<false/>';
  if (typeof value === 'bigint') return `<integer>${value}</integer>`;
  if (typeof value === 'number')
    return Number.isInteger(value) ? `<integer>${value}</integer>` : `<real>${value}</real>`;
  if (value === null) return '<string></string>';
  if (value instanceof Date) return `<date>${value.toISOString().replace(/\.\d+Z$/, 'Z')}</date>`;
  if (value instanceof Uint8Array) return `<data>${encodeBase64(value)}</data>`;
  if (isList(value)) return `<array>${value.map(xmlOf).join('')}</array>`;
  const pairs = Object.entries(value).map(([key, inner]) => `<key>${escapeXml(key)}</key>${xmlOf(inner)}`);
  return `<dict>${pairs.join('')}</dict>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function isList(value: PlistSpec): value is readonly PlistSpec[] {
  return Array.isArray(value);
}

/** Fields of the trailer to write instead of the true ones. */
export interface TrailerLies {
  readonly offsetSize?: number;
  readonly referenceSize?: number;
  readonly count?: number;
  readonly top?: number;
  readonly tableOffset?: number;
}

/** Writes a binary list; equal texts are shared. */
export function buildBinaryPlist(value: PlistSpec, lies: TrailerLies = {}): Uint8Array {
  const objects: Uint8Array[] = [];
  const known = new Map<string, number>();
  const add = (spec: PlistSpec): number => {
    if (typeof spec === 'string') {
      const shared = known.get(spec);
      if (shared !== undefined) return shared;
      known.set(spec, objects.length);
    }
    const index = objects.push(new Uint8Array(0)) - 1;
    objects[index] = binaryObject(spec, add);
    return index;
  };
  add(value);
  return buildBinaryObjects(objects, lies);
}

/** Writes a binary list of objects given as bytes, with two-byte references: for those that no honest writer makes. */
export function buildBinaryObjects(objects: readonly Uint8Array[], lies: TrailerLies = {}): Uint8Array {
  const out = new ByteWriter().latin1('bplist00');
  const offsets = objects.map((object) => {
    const at = out.length;
    out.bytes(object);
    return at;
  });
  const table = out.length;
  for (const offset of offsets) out.bytes(bigEndian(offset, 4));
  out.bytes([0, 0, 0, 0, 0, 0], [lies.offsetSize ?? 4, lies.referenceSize ?? 2]);
  out.bytes(bigEndian(lies.count ?? objects.length, 8), bigEndian(lies.top ?? 0, 8));
  return out.bytes(bigEndian(lies.tableOffset ?? table, 8)).finish();
}

function binaryObject(spec: PlistSpec, add: (inner: PlistSpec) => number): Uint8Array {
  const out = new ByteWriter();
  if (typeof spec === 'boolean') return out.u8(spec ? 9 : 8).finish();
  if (spec === null) return out.u8(0).finish();
  if (typeof spec === 'bigint' || (typeof spec === 'number' && Number.isInteger(spec))) {
    return out
      .u8(0x13)
      .bytes(bigEndian(BigInt.asUintN(64, BigInt(spec)), 8))
      .finish();
  }
  if (typeof spec === 'number') return out.u8(0x23).bytes(float64(spec)).finish();
  if (spec instanceof Date)
    return out
      .u8(0x33)
      .bytes(float64(spec.getTime() / 1_000 - 978_307_200))
      .finish();
  if (spec instanceof PlistUid) return out.bytes([0x80, spec.index]).finish();
  if (spec instanceof Uint8Array) return out.bytes(binaryMarker(4, spec.length), spec).finish();
  if (typeof spec === 'string') {
    const ascii = !/[^\x20-\x7e\s]/.test(spec);
    out.bytes(binaryMarker(ascii ? 5 : 6, spec.length));
    for (let index = 0; index < spec.length; index++) {
      out.bytes(bigEndian(spec.charCodeAt(index), ascii ? 1 : 2));
    }
    return out.finish();
  }
  if (isList(spec)) return binaryContainer(0xa, spec.map(add));
  return binaryContainer(0xd, [...Object.keys(spec).map(add), ...Object.values(spec).map(add)]);
}

/** An array (0xa) of references, or a dictionary (0xd) of keys followed by values. */
export function binaryContainer(kind: 0xa | 0xc | 0xd, references: readonly number[]): Uint8Array {
  const count = kind === 0xd ? references.length / 2 : references.length;
  return new ByteWriter().bytes(binaryMarker(kind, count), ...references.map((index) => bigEndian(index, 2))).finish();
}

/** The first byte of an object, with its length behind it where that does not fit. */
export function binaryMarker(kind: number, length: number): Uint8Array {
  if (length < 15) return Uint8Array.of((kind << 4) | length);
  return Uint8Array.of((kind << 4) | 15, 0x13, ...bigEndian(length, 8));
}

function bigEndian(value: number | bigint, size: number): Uint8Array {
  let rest = BigInt(value);
  const out = new Uint8Array(size);
  for (let at = size - 1; at >= 0; at--) {
    out[at] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return out;
}

function float64(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return new Uint8Array(view.buffer);
}
