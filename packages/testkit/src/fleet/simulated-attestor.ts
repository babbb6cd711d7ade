import { createPublicKey } from 'node:crypto';
import type { Attestor } from '@vedette/agent';
import {
  type KeyAttestationMint,
  type MintedDevice,
  mintAppAttest,
  mintAssertion,
  mintDevice,
  mintKeyAttestation,
  type TestParty,
} from '@vedette/attestation/testing';
import type { AgentPublicKey, Challenge, DeviceFacts, Statement } from '@vedette/contracts';
import type { FleetAuthority } from './fleet-authority.ts';
import type { DeviceProfile } from './profile.ts';

const DAY_MS = 86_400_000;
/** Serial number of the key that was taken out of one phone and is used by others. */
const STOLEN_SERIAL = 0x5ee1_0b0c;
/** Of a device's own key; with the index of the device it is one of its kind. */
const FIRST_SERIAL = 0x1000_0000;
/** What the stolen key's phone ran when it was taken. */
const STOLEN_PATCH_LEVEL = '2025-03-05';

/** The state of a simulated device that its statement is about. */
export interface AttestedMoment {
  /** The server's time, milliseconds since 1970: certificates are valid around it. */
  readonly now: number;
  readonly facts: DeviceFacts;
  readonly rooted: boolean;
}

/**
 * What vouches for a simulated device: a keystore with keys under the fleet's own root, or App Attest. No phone made these; the bytes are as the formats' definitions have them.
 * Null: a device that has nothing of the kind.
 */
export function createSimulatedAttestor(
  profile: DeviceProfile,
  authority: FleetAuthority,
  moment: () => AttestedMoment,
): Attestor | null {
  if (profile.attestation === 'none') return null;
  return profile.model.platform === 'android'
    ? androidAttestor(profile, authority, moment)
    : appleAttestor(authority, moment);
}

function androidAttestor(profile: DeviceProfile, { android }: FleetAuthority, moment: () => AttestedMoment): Attestor {
  // Keys of a device do not change; making them is most of the work.
  let keys: MintedDevice | null = null;
  return {
    kinds: ['key-attestation'],
    make(challenge, agentKey) {
      keys ??= mintDevice(android);
      return Promise.resolve(keyStatement(challenge, agentKey, keys, profile, moment()));
    },
  };
}

function keyStatement(
  challenge: Challenge,
  agentKey: AgentPublicKey,
  device: MintedDevice,
  profile: DeviceProfile,
  { now, facts, rooted }: AttestedMoment,
): Statement {
  const stolen = profile.attestation === 'stolen-key';
  const open = rooted && !stolen;
  const patchLevel = stolen ? STOLEN_PATCH_LEVEL : (facts.patchLevel ?? STOLEN_PATCH_LEVEL);
  const mint: KeyAttestationMint = {
    challenge: bytes(challenge),
    device,
    leafPublicKey: spki(agentKey),
    provisioning: stolen ? 'factory' : profile.provisioning,
    attestationLevel: profile.strongBox ? 2 : 1,
    attestation: {
      serialNumber: stolen ? STOLEN_SERIAL : FIRST_SERIAL + profile.index,
      ...around(now),
    },
    locked: !open,
    bootState: open ? 2 : 0,
    ...(open ? { bootKey: new Uint8Array(32) } : {}),
    ...(facts.osVersion === null ? {} : { osVersion: Number(facts.osVersion.split('.')[0]) * 10_000 }),
    osPatchLevel: Number(patchLevel.slice(0, 7).replace('-', '')),
    vendorPatchLevel: Number(patchLevel.replaceAll('-', '')),
  };
  return { kind: 'key-attestation', chain: mintKeyAttestation(mint).chain.map(base64) };
}

function appleAttestor({ apple }: FleetAuthority, moment: () => AttestedMoment): Attestor {
  let attested: { readonly key: TestParty; counter: number } | null = null;
  return {
    get kinds() {
      return attested === null ? (['app-attest'] as const) : (['app-attest-assertion'] as const);
    },
    make(challenge) {
      if (attested !== null) {
        attested.counter += 1;
        const clientData = new TextEncoder().encode(JSON.stringify({ challenge: challenge.challenge }));
        const assertion = mintAssertion(attested.key, { counter: attested.counter, clientData });
        return Promise.resolve({
          kind: 'app-attest-assertion',
          assertion: base64(assertion),
          clientData: base64(clientData),
        });
      }
      const { statement, keyId, key } = mintAppAttest({
        parties: apple,
        clientData: bytes(challenge),
        leaf: around(moment().now),
      });
      attested = { key, counter: 0 };
      return Promise.resolve({ kind: 'app-attest', object: base64(statement), keyId: base64(keyId) });
    },
  };
}

/** Certified a week ago, for a month. */
function around(now: number): { notBefore: string; notAfter: string } {
  const whole = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
  return { notBefore: whole(now - 7 * DAY_MS), notAfter: whole(now + 30 * DAY_MS) };
}

function bytes({ challenge }: Challenge): Uint8Array {
  return new Uint8Array(Buffer.from(challenge, 'base64url'));
}

function base64(value: Uint8Array): string {
  return Buffer.from(value).toString('base64');
}

function spki(key: AgentPublicKey): Uint8Array {
  return new Uint8Array(createPublicKey({ key: { ...key }, format: 'jwk' }).export({ format: 'der', type: 'spki' }));
}
