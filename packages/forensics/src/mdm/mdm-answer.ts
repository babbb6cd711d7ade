import { decodeBase64, type PlistJson, plistJson, readPlist } from '@vedette/formats';

/** An answer of device management as plain data: property lists and JSON look the same from here on. */
export interface MdmAnswer {
  readonly kind: 'apple' | 'apple-status' | 'android';
  /** What tells devices apart: UDID, or the name of the device resource. Null: the answer does not say. */
  readonly device: string | null;
  readonly value: Fields;
}

export type Fields = { readonly [key: string]: PlistJson };

/** Keys of which an answer to a command has one (Apple, MDM protocol). */
const APPLE_KEYS = [
  'QueryResponses',
  'SecurityInfo',
  'InstalledApplicationList',
  'ManagedApplicationList',
  'ProfileList',
  'ProvisioningProfileList',
  'CertificateList',
  'AvailableOSUpdates',
  'GlobalRestrictions',
];
const MAX_VALUES = 200_000;
/** Certificates are kept whole. */
const MAX_DATA = 16 * 1024;

/**
 * Reads one file: an answer to an Apple command (property list in any form), the same inside the webhook of NanoMDM or MicroMDM (`acknowledge_event.raw_payload`), a declarative status report, or a device resource of the
 * Android Management API. Null for everything else.
 */
export function readMdmAnswer(bytes: Uint8Array): MdmAnswer | null {
  const text = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart();
  if (text.startsWith('{')) return ofJson(bytes);
  if (!text.startsWith('<') && !text.startsWith('bplist')) return null;
  return ofPlist(bytes);
}

function ofPlist(bytes: Uint8Array): MdmAnswer | null {
  const { value } = readPlist(bytes);
  const plain = value === null ? null : plistJson(value, MAX_VALUES, MAX_DATA);
  if (!isFields(plain) || !APPLE_KEYS.some((key) => key in plain)) return null;
  return { kind: 'apple', device: textOf(plain, 'UDID') ?? textOf(plain, 'EnrollmentID'), value: plain };
}

function ofJson(bytes: Uint8Array): MdmAnswer | null {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
  if (!isFields(value)) return null;
  const payload = textOf(fieldsOf(value, 'acknowledge_event'), 'raw_payload');
  if (payload !== null) return ofPlist(decodeBase64(payload));
  const items = fieldsOf(value, 'StatusItems');
  if (items !== null) return { kind: 'apple-status', device: textOf(value, 'UDID'), value: items };
  const isAndroid = fieldsOf(value, 'hardwareInfo') !== null || fieldsOf(value, 'softwareInfo') !== null;
  return isAndroid ? { kind: 'android', device: textOf(value, 'name'), value } : null;
}

/** JSON and property lists alike: everything that was parsed is one of these. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fieldsOf(value: Fields | null, key: string): Fields | null {
  const found = value?.[key];
  return isFields(found) ? found : null;
}

export function textOf(value: Fields | null, key: string): string | null {
  const found = value?.[key];
  return typeof found === 'string' && found !== '' ? found : null;
}

export function listOf(value: Fields | null, key: string): readonly Fields[] {
  const found = value?.[key];
  return Array.isArray(found) ? found.filter(isFields) : [];
}

/** True, false, or null where the answer does not say. */
export function flagOf(value: Fields | null, key: string): boolean | null {
  const found = value?.[key];
  return typeof found === 'boolean' ? found : null;
}
