import 'reflect-metadata';
import { createHash, createPrivateKey, X509Certificate as NodeCertificate } from 'node:crypto';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate with its key, as PEM. */
export interface Credential {
  /** Leaf first. */
  readonly chain: string;
  readonly key: string;
  /** SHA-256 of the SubjectPublicKeyInfo, in hexadecimal. */
  readonly spki: string;
}

/** Somebody who signs certificates: one that the public trusts, or one that passes for it. */
export interface Authority extends Credential {
  /** For names; each is made once. */
  issue(names: readonly string[], kind?: LeafKind): Promise<Credential>;
}

/** `usual`: P-256. `rsa`: 2,048 bits. `expired`: until yesterday. `alone`: self-signed. */
export type LeafKind = 'usual' | 'rsa' | 'expired' | 'alone';

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: Uint8Array.of(1, 0, 1),
  modulusLength: 2_048,
};
const DAY_MS = 86_400_000;

/** Makes an authority with a fresh key that exists in this process alone. */
export async function makeAuthority(name: string, kind: 'ec' | 'rsa' = 'ec'): Promise<Authority> {
  const own = kind === 'ec' ? EC : RSA;
  const keys = await crypto.subtle.generateKey(own, true, ['sign', 'verify']);
  const root = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}, O=Laboratory`,
    keys,
    signingAlgorithm: own,
    notBefore: new Date(Date.now() - 30 * DAY_MS),
    notAfter: new Date(Date.now() + 30 * DAY_MS),
    extensions: [
      new BasicConstraintsExtension(true, 1, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  const rootPem = root.toString('pem');
  const made = new Map<string, Promise<Credential>>();
  const issue = async (names: readonly string[], kind: LeafKind): Promise<Credential> => {
    const algorithm = kind === 'rsa' ? RSA : EC;
    const leafKeys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const alone = kind === 'alone';
    const leaf = await X509CertificateGenerator.create({
      subject: `CN=${names[0] ?? 'nobody'}`,
      issuer: alone ? `CN=${names[0] ?? 'nobody'}` : root.subject,
      publicKey: leafKeys.publicKey,
      signingKey: alone ? leafKeys.privateKey : keys.privateKey,
      signingAlgorithm: alone ? algorithm : own,
      notBefore: new Date(Date.now() - 10 * DAY_MS),
      notAfter: new Date(Date.now() + (kind === 'expired' ? -DAY_MS : 10 * DAY_MS)),
      extensions: [new SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value })))],
    });
    return credential(alone ? leaf.toString('pem') : `${leaf.toString('pem')}\n${rootPem}`, leafKeys.privateKey);
  };
  return {
    ...(await credential(rootPem, keys.privateKey)),
    issue(names, kind = 'usual') {
      const key = `${kind} ${names.join(' ')}`;
      const there = made.get(key) ?? issue(names, kind);
      made.set(key, there);
      return there;
    },
  };
}

async function credential(chain: string, privateKey: CryptoKey): Promise<Credential> {
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', privateKey));
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({ type: 'pkcs8', format: 'pem' });
  const spki = new NodeCertificate(chain).publicKey.export({ type: 'spki', format: 'der' });
  return { chain, key: key.toString(), spki: createHash('sha256').update(spki).digest('hex') };
}
