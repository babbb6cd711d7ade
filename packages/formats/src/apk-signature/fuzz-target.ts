import type { Host } from '@vedette/bytes';
import type { FuzzTarget } from '../builders/fuzz-target.ts';
import { buildCertificate, dummyEcKey } from '../x509/certificate-builder.ts';
import { readZip } from '../zip/read-zip.ts';
import { readIdsig } from './idsig.ts';
import { buildIdsig } from './idsig-builder.ts';
import { readLineageFile } from './lineage.ts';
import { buildLineageFile } from './lineage-builder.ts';
import { signingTargets } from './manifest-targets.ts';
import { prefixed, u32 } from './prefixed-writer.ts';
import { type SigningPlan, signApk } from './signed-apk-builder.ts';
import type { SigningKey } from './signing-key.ts';
import { verifyApkSignatures } from './verify-apk-signatures.ts';

/** Seeds are made without cryptography: their form is right, nothing in them verifies. */
const inertHost: Host = {
  inflateRaw: () => ({ output: new Uint8Array(0), complete: false }),
  sha256: () => new Uint8Array(32),
  now: () => 0,
  signatures: { digest: () => new Uint8Array(20), verify: () => null },
};

function inertKey(name: string, serialNumber: number): SigningKey {
  const publicKey = dummyEcKey();
  const certificate = buildCertificate({ subject: { CN: name }, serialNumber, publicKey });
  return { kind: 'ec', certificate, publicKey, sign: () => new Uint8Array(64).fill(9) };
}

const one = inertKey('one', 1);
const two = inertKey('two', 2);
const spec = { manifest: { package: 'a.b', minSdk: 21 }, entries: { 'assets/x': 'text' }, method: 'stored' } as const;
const plan: SigningPlan = {
  v1: { signers: [{ key: one }, { key: two, signedAttributes: true }] },
  v2: [{ key: one }, { key: two }],
  v3: [{ key: one }],
  v31: [{ key: two, formerKeys: [one] }],
  stamp: { key: two, formerKeys: [one], timestampSeconds: 1 },
  blockPairs: [{ id: 0x42726577, value: new Uint8Array(40) }],
};

/** The readers of APK signatures, lineages and `.idsig` files. */
export const apkSignatureTarget: FuzzTarget = {
  reader: 'apk-signature',
  seeds() {
    const apk = signApk(spec, plan, inertHost);
    const idsig = buildIdsig(apk, { key: one, apkDigest: new Uint8Array(32) }, inertHost);
    return [
      apk,
      signApk(spec, { v1: plan.v1 ?? { signers: [] } }, inertHost),
      idsig,
      buildLineageFile({ keys: [one, two] }),
    ];
  },
  generate(random) {
    const ids = [0x7109871a, 0xf05368c0, 0x1b93ad61, 0x6dff800d, 0x2b09189e, 0x42726577, 0x71777777];
    const pick = (): number => ids[Math.floor(random() * ids.length)] ?? 0;
    const pairs = Array.from({ length: Math.floor(random() * 6) }, () => ({ id: pick(), value: nested(random, 4) }));
    const signed = random() < 0.5 ? plan : {};
    return signApk(spec, { ...signed, blockPairs: pairs }, inertHost);
  },
  read(bytes, host) {
    readIdsig(bytes);
    readLineageFile(bytes, host);
    const zip = readZip(bytes, host).value;
    if (zip === null) return;
    const targets = signingTargets(zip) ?? {};
    // One range of platforms for each file: the work is verifying, and both ranges come up often enough.
    verifyApkSignatures(bytes, zip, host, bytes.length % 2 === 0 ? { ...targets, idsig: bytes } : { minSdk: 33 });
  },
};

/** Lists within lists, now and then with a length that lies. */
function nested(random: () => number, depth: number): Uint8Array {
  const roll = random();
  if (depth === 0 || roll < 0.2) return new Uint8Array(Math.floor(random() * 40)).fill(Math.floor(random() * 256));
  if (roll < 0.3) return one.certificate;
  if (roll < 0.4) return u32(Math.floor(random() * 0x1_0000_0000));
  if (roll < 0.5) return u32([0x0101, 0x0103, 0x0201, 0x0421, 0x3ba06f8c, 0xbeeff00d][Math.floor(random() * 6)] ?? 0);
  return prefixed(...Array.from({ length: Math.floor(random() * 5) }, () => nested(random, depth - 1)));
}
