import type { Host } from '@vedette/bytes';
import { sameName } from './distinguished-name.ts';
import type { Certificate } from './read-certificate.ts';
import { signatureMethod, verifyWithMethod } from './signature-methods.ts';

/**
 * Whether `issuer` signed `certificate`: the names match (RFC 5280, 4.1.2.4, in any encoding) and the signature
 * holds with the issuer's key. Null where the algorithm or key is not supported, or the host cannot verify. A
 * certificate that signed itself is its own issuer. Validity and the issuer's right to sign are not judged.
 */
export function verifyCertificateSignature(certificate: Certificate, issuer: Certificate, host: Host): boolean | null {
  if (!sameName(certificate.issuerDer, issuer.subjectDer)) return false;
  const { signed: data, signature, signatureAlgorithmIdentifier } = certificate;
  const scheme = signatureMethod(signatureAlgorithmIdentifier, null);
  return verifyWithMethod(host, scheme, { publicKey: issuer.publicKey, data, signature });
}

/** Longest chain followed. */
const MAX_CHAIN = 16;

/**
 * The chain from `leaf` upwards: at each step the first of `pool` whose subject is the issuer's name and whose key
 * verifies. It ends at a certificate that names itself as issuer, or where no issuer is found. Each is taken once.
 *
 * @returns leaf first; at least the leaf
 */
export function certificateChain(leaf: Certificate, pool: readonly Certificate[], host: Host): readonly Certificate[] {
  const chain = [leaf];
  for (let last = leaf; chain.length < MAX_CHAIN && !sameName(last.issuerDer, last.subjectDer); ) {
    const child = last;
    const issuer = pool.find(
      (candidate) =>
        !chain.some(({ sha256 }) => sha256 === candidate.sha256) &&
        verifyCertificateSignature(child, candidate, host) === true,
    );
    if (issuer === undefined) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}
