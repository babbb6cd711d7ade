import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { attestedFacts } from './attested-facts.ts';
import type { KeyAttestationPolicy } from './key-attestation/key-attestation-policy.ts';
import { verifyKeyAttestation } from './key-attestation/verify-key-attestation.ts';
import { verifyManagedDevice } from './managed-device/verify-managed-device.ts';
import { readStrictCertificate } from './strict-certificate.ts';
import { type KeyAttestationMint, MINT_CHALLENGE, mintKeyAttestation, pemOf } from './testing/mint-key-attestation.ts';
import { mintManagedDevice } from './testing/mint-managed-device.ts';

const at = Date.parse('2026-06-01T00:00:00Z');

function judged(mint: KeyAttestationMint, policy: Partial<KeyAttestationPolicy> = {}) {
  const { chain, root } = mintKeyAttestation({ challenge: MINT_CHALLENGE, ...mint });
  const anchor = readStrictCertificate(root, createNodeHost());
  if (anchor === null) throw new Error('the root cannot be read');
  const { value } = verifyKeyAttestation(
    new TextEncoder().encode(pemOf(chain)),
    {
      at,
      anchors: [anchor],
      revocations: { list: { entries: new Map() }, fetchedAt: at },
      challenge: MINT_CHALLENGE,
      ...policy,
    },
    createNodeHost(),
  );
  if (value === null) throw new Error('the chain cannot be read');
  return attestedFacts(value);
}
const valueOf = (facts: ReturnType<typeof judged>, key: string) =>
  facts.facts.find((fact) => fact.key === `attestation.${key}`)?.value;

describe('what a statement says of a device', () => {
  it('grades by the chip that vouches', () => {
    expect(judged({}).grade).toBe('trusted-environment');
    expect(judged({ attestationLevel: 2 })).toMatchObject({ grade: 'strongbox', trust: 'hardware-attested' });
  });

  it('takes boot state, lock and patch levels', () => {
    const facts = judged({ osPatchLevel: 202605, vendorPatchLevel: 20260505 });
    expect(valueOf(facts, 'boot-state')).toBe('verified');
    expect(valueOf(facts, 'device-locked')).toBe('true');
    expect(valueOf(facts, 'patch-level')).toBe('202605');
    expect(valueOf(facts, 'vendor-patch-level')).toBe('2026-05-05');
  });

  it('believes hardware that says its boot is open, and vouches for nothing', () => {
    const facts = judged({ bootState: 2, locked: false });
    expect(facts.grade).toBeNull();
    expect(valueOf(facts, 'boot-state')).toBe('unverified');
    expect(valueOf(facts, 'device-locked')).toBe('false');
  });

  it.each([
    ['another challenge', {}, { challenge: new Uint8Array(32) }],
    ['no revocation list', {}, { revocations: null }],
    ['software', { attestationLevel: 0 }, {}],
    ['a root of trust that software states', { rootOfTrust: 'software' }, {}],
  ] as const)('takes nothing from a statement with %s', (_name, mint, policy) => {
    expect(judged(mint, policy)).toMatchObject({ grade: null, facts: [] });
  });

  it('takes the version from a managed device attestation', () => {
    const { chain, root } = mintManagedDevice({ osVersion: '26.6.1' });
    const anchor = readStrictCertificate(root, createNodeHost());
    const { value } = verifyManagedDevice(
      new TextEncoder().encode(pemOf(chain)),
      { at, anchors: anchor === null ? [] : [anchor], nonce: 'not-checked' },
      createNodeHost(),
    );
    expect(value === null ? null : attestedFacts(value)).toEqual({
      grade: 'secure-enclave',
      source: 'managed-device-attestation',
      trust: 'hardware-attested',
      facts: [{ key: 'attestation.os-version', value: '26.6.1' }],
    });
  });
});
