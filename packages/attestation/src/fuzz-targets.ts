import { createNodeHost } from '@vedette/bytes/node';
import { extensionValues } from '@vedette/formats';
import { type FuzzTarget, mutate } from '@vedette/formats/builders';
import { verifyAppAttestation } from './app-attest/verify-app-attestation.ts';
import { verifyAssertion } from './app-attest/verify-assertion.ts';
import { verifyReceipt } from './app-attest/verify-receipt.ts';
import { KEY_DESCRIPTION, readKeyDescription } from './key-attestation/key-description.ts';
import { verifyKeyAttestation } from './key-attestation/verify-key-attestation.ts';
import { verifyManagedDevice } from './managed-device/verify-managed-device.ts';
import { readRevocationList } from './revocation/revocation-list.ts';
import { readStrictCertificate } from './strict-certificate.ts';
import { MINT_CLIENT_DATA, mintAppAttest, mintAssertion } from './testing/mint-app-attest.ts';
import { mintKeyAttestation, pemOf } from './testing/mint-key-attestation.ts';
import { mintManagedDevice } from './testing/mint-managed-device.ts';
import { MINT_APP_ID } from './testing/mint-receipt.ts';
import { receiptFields } from './testing/receipt-fields.ts';
import { readAuthenticatorData } from './webauthn/authenticator-data.ts';
import { verifyWebauthn } from './webauthn/verify-webauthn.ts';

const at = Date.parse('2026-06-01T00:00:00Z');
const minted: { seeds?: readonly Uint8Array[] } = {};
const described: { seeds?: readonly Uint8Array[] } = {};
const apple: { seeds?: readonly Uint8Array[] } = {};

// Minting makes keys, which takes longer than anything that is tried here: once is enough.
function chainSeeds(): readonly Uint8Array[] {
  const { chain } = mintKeyAttestation();
  return [Uint8Array.from(chain.flatMap((one) => [...one])), new TextEncoder().encode(pemOf(chain))];
}

function appleSeeds(): readonly Uint8Array[] {
  const { statement, key } = mintAppAttest({ extensions: { apple_validation_category_01: 4 } });
  return [statement, mintAssertion(key), ...mintManagedDevice().chain, receiptFields(new Map([[2, MINT_APP_ID]]))];
}

/** The extension of the leaf that describes the key. */
function descriptionSeeds(): readonly Uint8Array[] {
  const host = createNodeHost();
  return [{}, { attestationLevel: 2, ids: { brand: 'google', serial: 'X', imei: '1' } }].flatMap((mint) => {
    const leaf = readStrictCertificate(mintKeyAttestation(mint).chain[0] ?? new Uint8Array(), host);
    return leaf === null ? [] : extensionValues(leaf, KEY_DESCRIPTION);
  });
}

/** Readers of statements, for the fuzzers (`npm run fuzz`). */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    reader: 'key-attestation',
    seeds() {
      minted.seeds ??= chainSeeds();
      return [...minted.seeds];
    },
    generate(random) {
      const seed = this.seeds()[0] ?? new Uint8Array();
      return mutate(seed, Math.floor(random() * 2 ** 31));
    },
    read(bytes, host) {
      const list = readRevocationList(new TextDecoder().decode(bytes)) ?? { entries: new Map() };
      verifyKeyAttestation(bytes, { at, revocations: { list, fetchedAt: at }, challenge: 'not-checked' }, host);
      readKeyDescription(bytes);
    },
  },
  {
    reader: 'key-description',
    seeds() {
      described.seeds ??= descriptionSeeds();
      return [...described.seeds];
    },
    generate(random) {
      const [first = new Uint8Array(), second = first] = this.seeds();
      return mutate(random() < 0.5 ? first : second, Math.floor(random() * 2 ** 31));
    },
    read(bytes) {
      readKeyDescription(bytes);
    },
  },
  {
    reader: 'app-attest',
    seeds() {
      apple.seeds ??= appleSeeds();
      return [...apple.seeds];
    },
    generate(random) {
      const seeds = this.seeds();
      return mutate(seeds[Math.floor(random() * seeds.length)] ?? new Uint8Array(), Math.floor(random() * 2 ** 31));
    },
    read(bytes, host) {
      const appIds = [MINT_APP_ID];
      verifyAppAttestation(bytes, { at, appIds, challenge: 'not-checked', keyId: 'not-checked' }, host);
      const clientData = MINT_CLIENT_DATA;
      const publicKey = new Uint8Array(91);
      verifyAssertion(bytes, { at, appIds, publicKey, previousCounter: 0, clientData, challenge: 'not-checked' }, host);
      verifyReceipt(bytes, { at, appIds, publicKey: 'not-checked' }, host);
      verifyManagedDevice(bytes, { at, nonce: 'not-checked' }, host);
      verifyWebauthn(bytes, { at, clientDataHash: 'not-checked' }, host);
      readAuthenticatorData(bytes);
    },
  },
];
