import { toHex } from '@vedette/bytes';
import {
  type DerNode,
  derChildren,
  derContent,
  isUniversal,
  readDerNode,
  TAG_INTEGER,
  TAG_OCTET_STRING,
  TAG_SEQUENCE,
  TAG_SET,
} from '@vedette/formats';
import type { FieldValue } from '../report.ts';

/** How the value of a tag is written. */
type ValueKind = 'integer' | 'set' | 'flag' | 'text' | 'bytes' | 'root-of-trust' | 'application' | 'origin';

/** Tags of an AuthorizationList (AOSP, Keymaster and KeyMint `Tag.aidl`; key and id attestation documentation), by number. */
const TAGS: ReadonlyMap<number, readonly [name: string, kind: ValueKind]> = new Map([
  [1, ['purposes', 'set']],
  [2, ['algorithms', 'integer']],
  [3, ['keySize', 'integer']],
  [4, ['blockModes', 'set']],
  [5, ['digests', 'set']],
  [6, ['paddings', 'set']],
  [7, ['callerNonce', 'flag']],
  [8, ['minMacLength', 'integer']],
  [10, ['ecCurve', 'integer']],
  [11, ['mlDsaVariant', 'integer']],
  [200, ['rsaPublicExponent', 'integer']],
  [203, ['mgfDigests', 'set']],
  [303, ['rollbackResistance', 'flag']],
  [305, ['earlyBootOnly', 'flag']],
  [400, ['activeDateTime', 'integer']],
  [401, ['originationExpireDateTime', 'integer']],
  [402, ['usageExpireDateTime', 'integer']],
  [405, ['usageCountLimit', 'integer']],
  [503, ['noAuthRequired', 'flag']],
  [504, ['userAuthType', 'integer']],
  [505, ['authTimeout', 'integer']],
  [506, ['allowWhileOnBody', 'flag']],
  [507, ['trustedUserPresenceRequired', 'flag']],
  [508, ['trustedConfirmationRequired', 'flag']],
  [509, ['unlockedDeviceRequired', 'flag']],
  [600, ['allApplications', 'flag']],
  [601, ['applicationId', 'bytes']],
  [701, ['creationDateTime', 'integer']],
  [702, ['origin', 'origin']],
  [703, ['rollbackResistant', 'flag']],
  [704, ['rootOfTrust', 'root-of-trust']],
  [705, ['osVersion', 'integer']],
  [706, ['osPatchLevel', 'integer']],
  [709, ['attestationApplicationId', 'application']],
  [710, ['attestationIdBrand', 'text']],
  [711, ['attestationIdDevice', 'text']],
  [712, ['attestationIdProduct', 'text']],
  [713, ['attestationIdSerial', 'text']],
  [714, ['attestationIdImei', 'text']],
  [715, ['attestationIdMeid', 'text']],
  [716, ['attestationIdManufacturer', 'text']],
  [717, ['attestationIdModel', 'text']],
  [718, ['vendorPatchLevel', 'integer']],
  [719, ['bootPatchLevel', 'integer']],
  [720, ['deviceUniqueAttestation', 'flag']],
  [723, ['attestationIdSecondImei', 'text']],
  [724, ['moduleHash', 'bytes']],
]);

const ORIGINS = ['GENERATED', 'DERIVED', 'IMPORTED', 'RESERVED', 'SECURELY_IMPORTED'] as const;
const BOOT_STATES = ['VERIFIED', 'SELF_SIGNED', 'UNVERIFIED', 'FAILED'] as const;
export type VerifiedBootState = (typeof BOOT_STATES)[number];

export interface RootOfTrust {
  /** Lower-case hex. */
  readonly verifiedBootKey: string;
  readonly deviceLocked: boolean;
  readonly verifiedBootState: VerifiedBootState;
  /** Lower-case hex; absent before version 3. */
  readonly verifiedBootHash?: string;
}

export interface ApplicationId {
  readonly packages: readonly { readonly name: string; readonly version: string }[];
  /** SHA-256 of the signers' certificates, lower-case hex. */
  readonly signatures: readonly string[];
}

/** What a key may be used for and what its keystore says of the device, by the names above. */
export interface AuthorizationList {
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly rootOfTrust: RootOfTrust | null;
  readonly application: ApplicationId | null;
}

/** What does not fit the format, most basic first. */
export type ListFault = 'malformed' | 'unknown-tag' | 'repeated-tag' | 'unordered-tags';

/** Tags of one list; real ones have some twenty. */
const MAX_TAGS = 100;

/** Reads an AuthorizationList: `[tag] EXPLICIT value`, each at most once, in ascending order. What was read before a fault stays. */
export function readAuthorizationList(list: DerNode): {
  readonly value: AuthorizationList;
  readonly faults: readonly ListFault[];
} {
  const fields: Record<string, FieldValue> = {};
  const faults = new Set<ListFault>();
  let rootOfTrust: RootOfTrust | null = null;
  let application: ApplicationId | null = null;
  let last = 0;
  const entries = derChildren(list);
  if (!isUniversal(list, TAG_SEQUENCE) || entries.length > MAX_TAGS) faults.add('malformed');
  for (const entry of entries.slice(0, MAX_TAGS)) {
    const known = entry.tagClass === 2 && entry.constructed ? TAGS.get(entry.tag) : undefined;
    if (known === undefined) {
      faults.add('unknown-tag');
      continue;
    }
    const [name, kind] = known;
    if (name in fields) faults.add('repeated-tag');
    else if (entry.tag < last) faults.add('unordered-tags');
    last = Math.max(last, entry.tag);
    const [value, ...more] = derChildren(entry);
    const read = value === undefined || more.length > 0 ? null : readValue(kind, value);
    if (read === null) faults.add('malformed');
    else if (!(name in fields)) {
      fields[name] = read;
      if (kind === 'root-of-trust' && value !== undefined) rootOfTrust = readRootOfTrust(value);
      if (kind === 'application' && value !== undefined) application = readApplication(value);
    }
  }
  return { value: { fields, rootOfTrust, application }, faults: [...faults] };
}

function readValue(kind: ValueKind, value: DerNode): FieldValue {
  switch (kind) {
    case 'integer':
      return isUniversal(value, TAG_INTEGER) ? integerText(value) : null;
    case 'origin': {
      const origin = isUniversal(value, TAG_INTEGER) ? integerText(value) : null;
      return origin === null ? null : (ORIGINS[Number(origin)] ?? `UNKNOWN_${origin}`);
    }
    case 'flag':
      return isUniversal(value, 5) ? true : null;
    case 'bytes':
      return isUniversal(value, TAG_OCTET_STRING) ? toHex(derContent(value)) : null;
    case 'text':
      return isUniversal(value, TAG_OCTET_STRING) ? new TextDecoder().decode(derContent(value)) : null;
    case 'set': {
      const items = isUniversal(value, TAG_SET) ? derChildren(value) : null;
      const texts = items?.map((item) => (isUniversal(item, TAG_INTEGER) ? integerText(item) : null)) ?? null;
      return texts?.every((text) => text !== null) === true ? texts : null;
    }
    case 'root-of-trust':
      return fieldsOf(readRootOfTrust(value));
    case 'application':
      return fieldsOf(readApplication(value));
  }
}

/** The same as plain values. */
function fieldsOf(value: RootOfTrust | ApplicationId | null): FieldValue {
  return value === null ? null : { ...value };
}

/** `RootOfTrust ::= SEQUENCE { verifiedBootKey OCTET STRING, deviceLocked BOOLEAN, verifiedBootState ENUMERATED, verifiedBootHash OCTET STRING (version 3 and later) }`. Some devices wrote `deviceLocked` as 01. */
function readRootOfTrust(node: DerNode): RootOfTrust | null {
  const [key, locked, state, hash, ...more] = isUniversal(node, TAG_SEQUENCE) ? derChildren(node) : [];
  if (!isUniversal(key, TAG_OCTET_STRING) || !isUniversal(locked, 1) || !isUniversal(state, 10) || more.length > 0)
    return null;
  if (derContent(locked).length !== 1 || (hash !== undefined && !isUniversal(hash, TAG_OCTET_STRING))) return null;
  const verifiedBootState = BOOT_STATES[Number(integerText(state))];
  if (verifiedBootState === undefined) return null;
  return {
    verifiedBootKey: toHex(derContent(key)),
    deviceLocked: derContent(locked)[0] !== 0,
    verifiedBootState,
    ...(hash === undefined ? {} : { verifiedBootHash: toHex(derContent(hash)) }),
  };
}

/** `AttestationApplicationId ::= SEQUENCE { SET OF SEQUENCE { packageName OCTET STRING, version INTEGER }, SET OF OCTET STRING }`, in an OCTET STRING. */
function readApplication(node: DerNode): ApplicationId | null {
  if (!isUniversal(node, TAG_OCTET_STRING)) return null;
  const outer = readDerNode(derContent(node));
  const [packages, signatures, ...more] =
    outer !== null && isUniversal(outer, TAG_SEQUENCE) && outer.end === outer.bytes.length ? derChildren(outer) : [];
  if (!isUniversal(packages, TAG_SET) || !isUniversal(signatures, TAG_SET) || more.length > 0) return null;
  const named = derChildren(packages).map((info) => {
    const [name, version, ...rest] = isUniversal(info, TAG_SEQUENCE) ? derChildren(info) : [];
    return isUniversal(name, TAG_OCTET_STRING) && isUniversal(version, TAG_INTEGER) && rest.length === 0
      ? { name: new TextDecoder().decode(derContent(name)), version: integerText(version) }
      : null;
  });
  const digests = derChildren(signatures).map((one) =>
    isUniversal(one, TAG_OCTET_STRING) ? toHex(derContent(one)) : null,
  );
  return named.every((one) => one !== null) && digests.every((one) => one !== null)
    ? { packages: named, signatures: digests }
    : null;
}

/** A number of any size as decimal text: times and exponents do not fit a double. */
export function integerText(node: DerNode): string {
  const content = derContent(node).subarray(0, 32);
  const value = content.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const negative = (content[0] ?? 0) >= 0x80;
  return String(negative ? value - (1n << BigInt(content.length * 8)) : value);
}
