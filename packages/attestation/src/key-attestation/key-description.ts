import { toHex } from '@vedette/bytes';
import {
  type DerNode,
  derChildren,
  derContent,
  isStrictDer,
  isUniversal,
  readDerNode,
  TAG_INTEGER,
  TAG_OCTET_STRING,
  TAG_SEQUENCE,
} from '@vedette/formats';
import { type AuthorizationList, integerText, type ListFault, readAuthorizationList } from './authorization-list.ts';

/** Object identifier of the extension that describes the key. */
export const KEY_DESCRIPTION = '1.3.6.1.4.1.11129.2.1.17';

export const SECURITY_LEVELS = ['SOFTWARE', 'TRUSTED_ENVIRONMENT', 'STRONG_BOX'] as const;
export type SecurityLevel = (typeof SECURITY_LEVELS)[number];

/** Versions of the schema: Keymaster 2 to 4.1, KeyMint 1 to 4. */
const VERSIONS: ReadonlySet<string> = new Set(['1', '2', '3', '4', '100', '200', '300', '400']);
/** What one extension may take; real ones have half a kilobyte. */
const MAX_BYTES = 32 * 1024;

export interface KeyDescription {
  readonly attestationVersion: string;
  readonly attestationSecurityLevel: SecurityLevel;
  readonly keyMintVersion: string;
  readonly keyMintSecurityLevel: SecurityLevel;
  readonly attestationChallenge: Uint8Array;
  /** Lower-case hex; empty where it was not asked for. */
  readonly uniqueId: string;
  readonly softwareEnforced: AuthorizationList;
  readonly hardwareEnforced: AuthorizationList;
  /** Of both lists. */
  readonly faults: readonly ListFault[];
  readonly knownVersion: boolean;
}

/**
 * Reads the extension (AOSP, "Key and ID attestation", schema `KeyDescription`): exactly eight values, strict DER but for
 * truth values, which some devices write as 01.
 * @returns null where it is anything else
 */
export function readKeyDescription(bytes: Uint8Array): KeyDescription | null {
  if (bytes.length > MAX_BYTES || !isStrictDer(bytes, { anyTrue: true })) return null;
  const outer = readDerNode(bytes);
  const parts = outer !== null && isUniversal(outer, TAG_SEQUENCE) ? derChildren(outer) : [];
  const [version, level, mintVersion, mintLevel, challenge, uniqueId, software, hardware] = parts;
  if (parts.length !== 8 || software === undefined || hardware === undefined) return null;
  const [attestationSecurityLevel, keyMintSecurityLevel] = [levelOf(level), levelOf(mintLevel)];
  if (attestationSecurityLevel === null || keyMintSecurityLevel === null) return null;
  if (!isUniversal(version, TAG_INTEGER) || !isUniversal(mintVersion, TAG_INTEGER)) return null;
  if (!isUniversal(challenge, TAG_OCTET_STRING) || !isUniversal(uniqueId, TAG_OCTET_STRING)) return null;
  const [softwareEnforced, hardwareEnforced] = [readAuthorizationList(software), readAuthorizationList(hardware)];
  return {
    attestationVersion: integerText(version),
    attestationSecurityLevel,
    keyMintVersion: integerText(mintVersion),
    keyMintSecurityLevel,
    attestationChallenge: derContent(challenge),
    uniqueId: toHex(derContent(uniqueId)),
    softwareEnforced: softwareEnforced.value,
    hardwareEnforced: hardwareEnforced.value,
    faults: [...new Set([...softwareEnforced.faults, ...hardwareEnforced.faults])],
    knownVersion: VERSIONS.has(integerText(version)),
  };
}

function levelOf(node: DerNode | undefined): SecurityLevel | null {
  if (node === undefined || !isUniversal(node, 10)) return null;
  return SECURITY_LEVELS[Number(integerText(node))] ?? null;
}
