import type { Host } from '@vedette/bytes';
import type { Certificate } from '@vedette/formats';
import { APPLE_APP_ATTEST_ROOTS, APPLE_ENTERPRISE_ROOTS } from './apple-roots.ts';
import { GOOGLE_HARDWARE_ROOTS } from './google-roots.ts';
import { readAnchors } from './read-anchors.ts';

const ROOTS = {
  'key-attestation': GOOGLE_HARDWARE_ROOTS,
  'app-attest': APPLE_APP_ATTEST_ROOTS,
  'managed-device': APPLE_ENTERPRISE_ROOTS,
} as const;

/** The roots that statements of a kind are held against where nobody names others: for who adds some of his own to them. */
export function builtInAnchors(kind: keyof typeof ROOTS, host: Host): readonly Certificate[] {
  return readAnchors(ROOTS[kind], host);
}
