import 'reflect-metadata';
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

export interface ServerCertificate {
  /** PEM, leaf first. */
  readonly chain: string;
  readonly key: string;
  /** SHA-256 of the leaf's SubjectPublicKeyInfo, in hexadecimal. */
  readonly spki: string;
}

const TEN_YEARS_MS = 10 * 365 * 86_400_000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** The certificate of a folder, made on first use: self-signed, for the zone and its exchanges. Agents know it by its key, so no authority is needed. */
export async function ownCertificate(folder: string, zone: string): Promise<ServerCertificate> {
  const [chainPath, keyPath] = [join(folder, 'certificate.pem'), join(folder, 'certificate-key.pem')];
  if (!existsSync(chainPath) || !existsSync(keyPath)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
    const certificate = await X509CertificateGenerator.createSelfSigned({
      name: `CN=${zone}`,
      keys,
      signingAlgorithm: ALGORITHM,
      notBefore: new Date(Date.now() - 86_400_000),
      notAfter: new Date(Date.now() + TEN_YEARS_MS),
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension([
          { type: 'dns', value: zone },
          { type: 'dns', value: `*.p.${zone}` },
        ]),
      ],
    });
    const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey));
    const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    writeFileSync(keyPath, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    writeFileSync(chainPath, certificate.toString('pem'));
  }
  return describeCertificate(readFileSync(chainPath, 'utf8'), readFileSync(keyPath, 'utf8'));
}

/** @throws where the certificate cannot be read, or the key is another's */
export function describeCertificate(chain: string, key: string): ServerCertificate {
  const leaf = new X509Certificate(chain);
  if (!leaf.checkPrivateKey(createPrivateKey(key))) throw new Error('the key is not that of the certificate');
  const spki = leaf.publicKey.export({ type: 'spki', format: 'der' });
  return { chain, key, spki: createHash('sha256').update(spki).digest('hex') };
}
