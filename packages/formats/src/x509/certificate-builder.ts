import {
  der,
  derBits,
  derContext,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  derSet,
  derTime,
  derUtf8,
} from '../der/der-writer.ts';
import { KEY_ALGORITHMS, SIGNATURE_ALGORITHMS } from './algorithms.ts';

export interface CertificateSpec {
  /** Attributes in order, e.g. `{ CN: 'Android Debug', O: 'Android', C: 'US' }`. */
  readonly subject?: Readonly<Record<string, string>>;
  /** Default: the subject (self-signed). */
  readonly issuer?: Readonly<Record<string, string>>;
  readonly serialNumber?: number;
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** Bits of the made-up RSA key, if no `publicKey` is given. */
  readonly keyBits?: number;
  /** SubjectPublicKeyInfo as DER: a real key. */
  readonly publicKey?: Uint8Array;
  /** E.g. `SHA256withRSA`. */
  readonly signatureAlgorithm?: string;
  readonly subjectKeyId?: Uint8Array;
  /** Further extensions by object identifier: DER of the value. */
  readonly extensions?: Readonly<Record<string, { readonly value: Uint8Array; readonly critical?: boolean }>>;
  /** Signs the inner part; without it the signature is a fixed row of bytes that verifies nowhere. */
  readonly sign?: (tbs: Uint8Array) => Uint8Array;
}

const NAME_OIDS: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  DC: '0.9.2342.19200300.100.1.25',
  emailAddress: '1.2.840.113549.1.9.1',
};

/** Writes a certificate (RFC 5280) for tests. Its key is made up unless one is given: it can be read, not used. */
export function buildCertificate(spec: CertificateSpec = {}): Uint8Array {
  const subject = nameDer(spec.subject ?? { CN: 'Test', O: 'Example' });
  const issuer = spec.issuer === undefined ? subject : nameDer(spec.issuer);
  const algorithm = derSequence(
    derOid(oidOf(SIGNATURE_ALGORITHMS, spec.signatureAlgorithm ?? 'SHA256withRSA')),
    derNull(),
  );
  const tbs = derSequence(
    derContext(0, derInteger(2)),
    derInteger(spec.serialNumber ?? 1),
    algorithm,
    issuer,
    derSequence(derTime(spec.notBefore ?? '2024-01-01T00:00:00Z'), derTime(spec.notAfter ?? '2054-01-01T00:00:00Z')),
    subject,
    spec.publicKey ?? dummyRsaKey(spec.keyBits ?? 2_048),
    ...extensionsDer(spec),
  );
  return derSequence(tbs, algorithm, derBits(spec.sign?.(tbs) ?? new Uint8Array(256).fill(0x5a)));
}

function extensionsDer({ subjectKeyId, extensions = {} }: CertificateSpec): Uint8Array[] {
  const all = Object.entries(extensions).map(([oid, { value, critical }]) =>
    derSequence(derOid(oid), ...(critical ? [der(1, Uint8Array.of(0xff))] : []), derOctets(value)),
  );
  if (subjectKeyId !== undefined) all.push(derSequence(derOid('2.5.29.14'), derOctets(derOctets(subjectKeyId))));
  return all.length === 0 ? [] : [derContext(3, derSequence(...all))];
}

/** DER of a Name, for those who name a certificate's issuer. */
export function nameDer(attributes: Readonly<Record<string, string>>): Uint8Array {
  return derSequence(
    ...Object.entries(attributes).map(([name, value]) =>
      derSet(derSequence(derOid(NAME_OIDS[name] ?? name), derUtf8(value))),
    ),
  );
}

/** An RSA key whose modulus is no product of two primes known to anyone. */
function dummyRsaKey(bits: number): Uint8Array {
  const modulus = new Uint8Array(Math.ceil(bits / 8)).fill(0xa5);
  modulus[0] = 1 << ((bits - 1) % 8);
  const algorithm = derSequence(derOid(oidOf(KEY_ALGORITHMS, 'RSA')), derNull());
  return derSequence(algorithm, derBits(derSequence(derInteger(modulus), derInteger(65_537))));
}

function oidOf(table: Readonly<Record<string, string>>, name: string): string {
  return Object.entries(table).find(([, value]) => value === name)?.[0] ?? name;
}

/** The bytes of an EC key on P-256 with a made-up point, as SubjectPublicKeyInfo. */
export function dummyEcKey(): Uint8Array {
  const algorithm = derSequence(derOid('1.2.840.10045.2.1'), derOid('1.2.840.10045.3.1.7'));
  return derSequence(algorithm, der(3, Uint8Array.of(0, 4), new Uint8Array(64).fill(0x5a)));
}
