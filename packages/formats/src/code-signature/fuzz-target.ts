import type { Host } from '@vedette/bytes';
import type { FuzzTarget } from '../builders/fuzz-target.ts';
import { buildXmlPlist } from '../plist/plist-builder.ts';
import { buildCodeSignature, derEntitlements } from './code-signature-builder.ts';
import { readCodeSignature } from './read-code-signature.ts';
import { readSealedResources } from './sealed-resources.ts';
import { verifyCodeSignature } from './verify-code-signature.ts';

const COVERED = new Uint8Array(10_000).fill(7);
/** A host for builders: cheap and not a hash at all, since fuzzing needs none that holds. */
const TOY: Host = {
  inflateRaw: () => ({ output: new Uint8Array(0), complete: false }),
  sha256: (input) => new Uint8Array(32).fill(input.length & 0xff),
  now: () => 0,
};

/** Code signatures as fuzzers drive them: the SuperBlob alone, over the same covered bytes. */
export const codeSignatureTarget: FuzzTarget = {
  reader: 'code-signature',
  seeds: () => [
    buildCodeSignature({ host: TOY, teamId: 'A1B2C3D4E5' }, COVERED),
    buildCodeSignature(
      {
        host: TOY,
        hashTypes: ['sha256', 'sha256-truncated'],
        entitlements: buildXmlPlist({ 'get-task-allow': true }),
        entitlementsDer: derEntitlements({ 'get-task-allow': true, groups: ['a', 'b'] }),
      },
      COVERED,
    ),
  ],
  generate(random) {
    const below = (limit: number): number => Math.floor(random() * limit);
    const wild = (): number => [0, 1, 20, 255, 0x7fff_ffff, 0xffff_ffff, below(4_096)][below(7)] ?? 0;
    return buildCodeSignature(
      {
        host: TOY,
        hashTypes: Array.from({ length: 1 + below(4) }, () => (random() < 0.5 ? 'sha256' : 'sha256-truncated')),
        lies: { hashSize: wild() & 0xff, codeLimit: wild(), hashes: wild() },
        superBlob: { count: random() < 0.5 ? wild() : 6 },
        extra: Array.from({ length: below(4) }, () => [wild(), new Uint8Array(below(32)).fill(below(256))] as const),
      },
      COVERED,
    );
  },
  read(bytes, host) {
    const { value } = readCodeSignature(bytes, host);
    verifyCodeSignature(value, { bytes: COVERED, signatureOffset: COVERED.length }, { infoPlist: null }, host);
    readSealedResources(bytes);
  },
};
