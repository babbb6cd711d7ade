import { type CertificateSpec, der, derSequence } from '@vedette/formats/builders';
import { encodeBase64Url } from '../jose/compact-jws.ts';
import type { Json } from '../jose/strict-json.ts';
import { authorityExtension, issueCertificate, makeParty } from './test-authority.ts';

export const MINT_SAFETYNET_NONCE: Uint8Array = new Uint8Array(24).fill(9);

/** What a minted SafetyNet response says; every field has the default of a healthy device. */
export interface SafetyNetMint {
  readonly payload?: { readonly [key: string]: Json };
  readonly header?: { readonly [key: string]: Json };
  readonly hostName?: string;
  readonly leaf?: Partial<CertificateSpec>;
}

/** Makes a response as the service did, at 2026-06-01. */
export function mintSafetyNet(mint: SafetyNetMint = {}): { readonly jws: string; readonly root: Uint8Array } {
  const [root, key] = [makeParty('rsa2048'), makeParty('rsa2048')];
  const subject = { CN: 'Test GlobalSign' };
  const rootDer = issueCertificate(root, root, { subject, extensions: authorityExtension() ?? {} });
  const name = new TextEncoder().encode(mint.hostName ?? 'attest.android.com');
  const leaf = issueCertificate(key, root, {
    subject: { CN: 'attest.android.com' },
    issuer: subject,
    extensions: { '2.5.29.17': { value: derSequence(der(0x82, name)) } },
    ...mint.leaf,
  });
  const payload = {
    nonce: Buffer.from(MINT_SAFETYNET_NONCE).toString('base64'),
    timestampMs: Date.parse('2026-06-01T00:00:00Z') - 2_000,
    apkPackageName: 'io.vedette.agent',
    apkDigestSha256: 'AA==',
    apkCertificateDigestSha256: ['AA=='],
    ctsProfileMatch: true,
    basicIntegrity: true,
    evaluationType: 'BASIC,HARDWARE_BACKED',
    ...mint.payload,
  };
  const encode = (value: object): string => encodeBase64Url(new TextEncoder().encode(JSON.stringify(value)));
  const header = {
    alg: 'RS256',
    x5c: [leaf, rootDer].map((one) => Buffer.from(one).toString('base64')),
    ...mint.header,
  };
  const signed = `${encode(header)}.${encode(payload)}`;
  return { jws: `${signed}.${encodeBase64Url(key.sign(new TextEncoder().encode(signed)))}`, root: rootDer };
}
