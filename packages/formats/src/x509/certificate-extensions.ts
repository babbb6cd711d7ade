import { oidText } from '../der/der-values.ts';
import {
  type DerNode,
  derChildren,
  derContent,
  isUniversal,
  octets,
  readDerNode,
  TAG_BIT_STRING,
  TAG_INTEGER,
  TAG_OCTET_STRING,
} from '../der/read-der.ts';

/** What of a certificate's extensions (RFC 5280, 4.2) is of use here. */
export interface CertificateExtensions {
  /** Names of the uses in order of their bits (RFC 5280, 4.2.1.3); null without the extension. */
  readonly keyUsage: readonly KeyUsage[] | null;
  /** Whether it is a certificate authority; null without the extension. */
  readonly isAuthority: boolean | null;
  /** How many authorities may stand between this one and the leaf; null where it is not limited. */
  readonly pathLength: number | null;
  readonly subjectKeyId: Uint8Array | null;
  /** Object identifiers in order. */
  readonly present: readonly string[];
  readonly critical: readonly string[];
}

const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

const SUBJECT_KEY_ID = '2.5.29.14';
const KEY_USAGE = '2.5.29.15';
const BASIC_CONSTRAINTS = '2.5.29.19';
const TAG_BOOLEAN = 1;
const MAX_EXTENSIONS = 64;

/** Reads `extensions [3]` of a TBSCertificate; at most 64 of them. */
export function readExtensions(wrapper: DerNode | undefined): CertificateExtensions {
  const list = wrapper === undefined ? undefined : derChildren(wrapper)[0];
  const present: string[] = [];
  const critical: string[] = [];
  let keyUsage: readonly KeyUsage[] | null = null;
  let isAuthority: boolean | null = null;
  let pathLength: number | null = null;
  let subjectKeyId: Uint8Array | null = null;
  for (const extension of (list === undefined ? [] : derChildren(list)).slice(0, MAX_EXTENSIONS)) {
    const [type, ...rest] = derChildren(extension);
    const oid = oidText(type);
    present.push(oid);
    const [flag] = rest;
    if (isUniversal(flag, TAG_BOOLEAN) && derContent(flag).some((byte) => byte !== 0)) critical.push(oid);
    const wrapped = rest.find((field) => isUniversal(field, TAG_OCTET_STRING));
    const value = wrapped === undefined ? null : readDerNode(octets(wrapped));
    if (value === null) continue;
    if (oid === KEY_USAGE && isUniversal(value, TAG_BIT_STRING)) keyUsage = usages(derContent(value));
    else if (oid === SUBJECT_KEY_ID && isUniversal(value, TAG_OCTET_STRING)) subjectKeyId = octets(value);
    else if (oid === BASIC_CONSTRAINTS) {
      isAuthority = authorityFlag(value);
      pathLength = lengthLimit(value);
    }
  }
  return { keyUsage, isAuthority, pathLength, subjectKeyId, present, critical };
}

function usages(bits: Uint8Array): readonly KeyUsage[] {
  return KEY_USAGES.filter((_, index) => ((bits[1 + (index >> 3)] ?? 0) & (0x80 >> (index & 7))) !== 0);
}

function authorityFlag(constraints: DerNode): boolean {
  const [flag] = derChildren(constraints);
  return isUniversal(flag, TAG_BOOLEAN) && derContent(flag).some((byte) => byte !== 0);
}

/** `pathLenConstraint` (RFC 5280, 4.2.1.9). One that is no small number allows none. */
function lengthLimit(constraints: DerNode): number | null {
  const number = derChildren(constraints).find((field) => isUniversal(field, TAG_INTEGER));
  if (number === undefined) return null;
  const [length, ...more] = derContent(number);
  return length === undefined || more.length > 0 || length >= 0x80 ? 0 : length;
}
