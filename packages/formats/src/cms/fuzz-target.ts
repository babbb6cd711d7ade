import type { FuzzTarget } from '../builders/fuzz-target.ts';
import { derContext, derInteger, derOid, derSequence, derSet } from '../der/der-writer.ts';
import { derTarget } from '../der/fuzz-target.ts';
import { buildCertificate } from '../x509/certificate-builder.ts';
import { readSignedData } from './read-signed-data.ts';
import { buildSignedData, standardAttributes } from './signed-data-builder.ts';
import { verifySignedData } from './verify-signed-data.ts';

const certificate = buildCertificate({ subjectKeyId: Uint8Array.of(1, 2, 3) });
const content = new TextEncoder().encode('content');

/** The reader of signed data, and its verification. */
export const cmsTarget: FuzzTarget = {
  reader: 'cms',
  seeds() {
    const attributes = standardAttributes(new Uint8Array(32));
    const keyId = Uint8Array.of(1, 2, 3);
    return [
      buildSignedData({ certificates: [certificate], signers: [{ certificate }] }),
      buildSignedData({
        certificates: [certificate],
        content,
        signers: [{ certificate, keyId, attributes }, { certificate }],
      }),
    ];
  },
  generate(random) {
    const part = (): Uint8Array => derTarget.generate(random);
    const or = (real: Uint8Array): Uint8Array => (random() < 0.6 ? real : part());
    const signers = Array.from({ length: Math.floor(random() * 4) }, () =>
      derSequence(
        derInteger(1),
        part(),
        part(),
        or(derContext(0, part(), part())),
        part(),
        part(),
        derContext(1, part()),
      ),
    );
    const encapsulated = derSequence(or(derOid('1.2.840.113549.1.7.1')), derContext(0, part()));
    const signedData = derSequence(
      derInteger(1),
      derSet(part()),
      or(encapsulated),
      derContext(0, or(certificate), part()),
      derSet(...signers),
    );
    return derSequence(derOid('1.2.840.113549.1.7.2'), derContext(0, signedData));
  },
  read(bytes, host) {
    const { value } = readSignedData(bytes, host);
    if (value === null) return;
    verifySignedData(value, null, host);
    verifySignedData(value, content, host);
  },
};
