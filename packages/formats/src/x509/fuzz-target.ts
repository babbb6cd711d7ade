import type { FuzzTarget } from '../builders/fuzz-target.ts';
import { derBits, derContext, derInteger, derSequence } from '../der/der-writer.ts';
import { derTarget } from '../der/fuzz-target.ts';
import { buildCertificate, dummyEcKey } from './certificate-builder.ts';
import { sameName } from './distinguished-name.ts';
import { readCertificate } from './read-certificate.ts';
import { repairedKey, sameKey } from './same-key.ts';
import { certificateChain, verifyCertificateSignature } from './verify-certificate-signature.ts';

/** The reader of certificates, with what is done with their names, keys and signatures. */
export const x509Target: FuzzTarget = {
  reader: 'x509',
  seeds() {
    const extensions = {
      '2.5.29.15': { value: derBits(Uint8Array.of(0x80)), critical: true },
      '2.5.29.19': { value: derSequence(Uint8Array.of(1, 1, 0xff)), critical: true },
    };
    const subject = { C: 'DE', O: 'Example, Inc.', CN: 'Test "key"' };
    return [
      buildCertificate({ subject, extensions, subjectKeyId: Uint8Array.of(1, 2, 3) }),
      buildCertificate({ publicKey: dummyEcKey(), issuer: { CN: 'Other' }, signatureAlgorithm: 'SHA256withECDSA' }),
      buildCertificate({ signatureAlgorithm: 'RSASSA-PSS', keyBits: 600 }),
    ];
  },
  generate(random) {
    const part = (): Uint8Array => derTarget.generate(random);
    const tbs = derSequence(
      derContext(0, derInteger(2)),
      part(),
      part(),
      part(),
      part(),
      part(),
      part(),
      derContext(3, part()),
    );
    return derSequence(tbs, part(), derBits(part()));
  },
  read(bytes, host) {
    const { value } = readCertificate(bytes, host);
    if (value === null) return;
    sameName(value.issuerDer, value.subjectDer);
    sameKey(value.publicKey, value.signed);
    repairedKey(value.publicKey);
    verifyCertificateSignature(value, value, host);
    certificateChain(value, [value], host);
  },
};
