import type { DeviceEvent, DeviceEvidence } from '@vedette/contracts';
import { canonicalJson } from './canonical-json.ts';

export type DigestSubtle = Pick<SubtleCrypto, 'digest'>;

/**
 * SHA-256 (hex) over what the evidence says, not over when or where it was read: times of observation, line numbers and the order
 * of lists do not count, events neither (they are sent once each). Install and update times of apps are facts and count.
 */
export async function evidenceHash(subtle: DigestSubtle, evidence: DeviceEvidence): Promise<string> {
  const observations = evidence.observations.map(({ key, value, source, trust }) =>
    canonicalJson({ key, value, source, trust }),
  );
  const apps = evidence.apps.map((app) => canonicalJson({ ...app, rawRef: undefined }));
  const text = canonicalJson({
    facts: evidence.facts,
    observations: observations.sort(),
    apps: apps.sort(),
    appsComplete: evidence.appsComplete,
  });
  return toHex(await subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

/** 16 hex digits that name an event, so that it is reported once. */
export async function eventKey(subtle: DigestSubtle, event: DeviceEvent): Promise<string> {
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(canonicalJson(event)));
  return toHex(digest).slice(0, 16);
}

function toHex(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
