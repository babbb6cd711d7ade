import { type FuzzTarget, mutate } from '@vedette/formats/builders';
import { readKeyDescription } from './key-attestation/key-description.ts';
import { verifyKeyAttestation } from './key-attestation/verify-key-attestation.ts';
import { readRevocationList } from './revocation/revocation-list.ts';
import { mintKeyAttestation, pemOf } from './testing/mint-key-attestation.ts';

const at = Date.parse('2026-06-01T00:00:00Z');
const minted: { seeds?: readonly Uint8Array[] } = {};

/** Readers of statements, for the fuzzers (`npm run fuzz`). */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    reader: 'key-attestation',
    seeds() {
      const { chain } = mintKeyAttestation();
      minted.seeds ??= [Uint8Array.from(chain.flatMap((one) => [...one])), new TextEncoder().encode(pemOf(chain))];
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
];
