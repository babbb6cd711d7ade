import { Cursor, hex } from '@vedette/bytes';
import type { Certificate } from '../x509/read-certificate.ts';
import type { IssueList } from './apk-issue.ts';
import { type Lineage, lineagePosition, readLineage } from './lineage.ts';
import { takePrefixed } from './prefixed.ts';
import type { BlockSchemeContext } from './verify-block-scheme.ts';

const STRIPPING_PROTECTION = 0xbeeff00d;
const PROOF_OF_ROTATION = 0x3ba06f8c;
const ROTATION_MIN_SDK = 0x559f8b02;
const ROTATION_ON_DEV_RELEASE = 0xc2a6b3ba;
/** First platform with v3.1: Android 13. */
export const V31_SDK = 33;

export interface AttributeSource {
  readonly scheme: 'v2' | 'v3' | 'v3.1';
  readonly name: string;
  readonly certificate: Certificate | null;
  readonly bytes: Uint8Array;
}

export interface SignerAttributes {
  readonly lineage: Lineage | null;
  readonly targetsDevRelease: boolean;
}

/** Reads and judges the additional attributes of a v2, v3 or v3.1 signer. */
export function readSignerAttributes(
  source: AttributeSource,
  context: BlockSchemeContext,
  issues: IssueList,
): SignerAttributes {
  const { scheme, name, bytes } = source;
  const prefix = scheme === 'v2' ? 'V2' : 'V3';
  const cursor = new Cursor(bytes);
  const announced = new Set<number>();
  let lineage: Lineage | null = null;
  let targetsDevRelease = false;
  let rotationSeen = false;
  for (let index = 1; cursor.remaining > 0; index++) {
    const attribute = new Cursor(takePrefixed(cursor));
    const id = attribute.u32();
    const value = attribute.take(attribute.remaining);
    const number = new Cursor(value).u32();
    const tooShort = (id === STRIPPING_PROTECTION || id === ROTATION_MIN_SDK) && value.length < 4;
    if (cursor.truncated || attribute.truncated || tooShort) {
      issues.error(`${prefix}_SIG_MALFORMED_ADDITIONAL_ATTRIBUTE`, `attribute ${index} does not fit`, name);
      break;
    }
    if (scheme === 'v2' && id === STRIPPING_PROTECTION) {
      if (context.supported.has(number)) announced.add(number);
      else issues.warning('V2_SIG_UNKNOWN_APK_SIG_SCHEME_ID', `announces scheme ${number}`, name);
    } else if (scheme !== 'v2' && id === PROOF_OF_ROTATION) {
      lineage = checkedLineage(value, source, context, issues);
    } else if (scheme !== 'v2' && id === ROTATION_MIN_SDK) {
      rotationSeen = true;
      checkRotation(number, name, context, issues);
    } else if (scheme !== 'v2' && id === ROTATION_ON_DEV_RELEASE) {
      targetsDevRelease = true;
      if (scheme === 'v3')
        issues.warning('V31_ROTATION_TARGETS_DEV_RELEASE_ATTR_ON_V3_SIGNER', 'platforms ignore it', name);
    } else {
      issues.warning(`${prefix}_SIG_UNKNOWN_ADDITIONAL_ATTRIBUTE`, hex(id, 8), name);
    }
  }
  if (scheme === 'v3' && context.rotationMinSdk !== null && !rotationSeen) {
    const message = `v3.1 signers count from platform ${context.rotationMinSdk} on, and could be stripped unseen`;
    issues.warning('V31_ROTATION_MIN_SDK_ATTR_MISSING', message, name);
  }
  for (const scheme of announced) {
    if (context.found.has(scheme)) continue;
    issues.error('V2_SIG_MISSING_APK_SIG_REFERENCED', `a v${scheme} signature is announced and not there`, name);
  }
  return { lineage, targetsDevRelease };
}

/** What a v3 signer says about v3.1, so that nobody can strip that. */
function checkRotation(announced: number, name: string, context: BlockSchemeContext, issues: IssueList): void {
  if (context.maxSdk < V31_SDK) return;
  if (context.rotationMinSdk === null) {
    issues.error('V31_BLOCK_MISSING', `v3.1 signers are announced from platform ${announced} on`, name);
  } else if (announced !== context.rotationMinSdk) {
    const message = `v3.1 signers are announced from platform ${announced} on, those there begin at ${context.rotationMinSdk}`;
    issues.error('V31_ROTATION_MIN_SDK_MISMATCH', message, name);
  }
}

/** The proof of rotation must verify and end with the signer's own certificate. */
function checkedLineage(
  value: Uint8Array,
  { certificate, name }: AttributeSource,
  { host }: BlockSchemeContext,
  issues: IssueList,
): Lineage | null {
  const { lineage, fault } = readLineage(value, host);
  if (fault === 'malformed') issues.error('V3_SIG_MALFORMED_LINEAGE', 'the lineage cannot be read', name);
  else if (fault === 'signature')
    issues.error('V3_SIG_POR_DID_NOT_VERIFY', 'a key in the lineage did not sign for the next', name);
  // apksig takes a version it does not know for this, too.
  else if (fault === 'version') issues.error('V3_SIG_POR_CERT_MISMATCH', 'the lineage is of an unknown version', name);
  else if (certificate === null || lineagePosition(lineage, certificate) !== lineage.nodes.length)
    issues.error('V3_SIG_POR_CERT_MISMATCH', "the lineage does not end with the signer's certificate", name);
  return lineage;
}
