import type { HashAlgorithm, Host } from '@vedette/bytes';
import { buildSignedData, standardAttributes } from '../cms/signed-data-builder.ts';
import type { ZipEntrySpec } from '../zip/zip-builder.ts';
import type { SigningKey } from './signing-key.ts';

export interface JarSignerSpec {
  readonly key: SigningKey;
  /** Of its files in META-INF; default `CERT`, then `CERT1` and so on. */
  readonly name?: string;
  /** Of the signature file that is signed; default SHA-256. */
  readonly hash?: HashAlgorithm;
  /** Signs content type and digest instead of the signature file. */
  readonly signedAttributes?: boolean;
  /** Value of `X-Android-APK-Signed`. */
  readonly announces?: string;
  /** Paths that it does not sign. */
  readonly leavesOut?: readonly string[];
}

export interface JarSignatureSpec {
  readonly signers: readonly JarSignerSpec[];
  /** Of the entries and of the manifest; default SHA-256. */
  readonly digest?: 'sha1' | 'sha256';
}

const DIGEST_OIDS: Readonly<Partial<Record<HashAlgorithm, string>>> = {
  md5: '1.2.840.113549.2.5',
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha512: '2.16.840.1.101.3.4.2.3',
};
const KEY_OIDS = { rsa: '1.2.840.113549.1.1.1', ec: '1.2.840.10045.2.1', dsa: '1.2.840.10040.4.1' } as const;

/** The entries of a JAR signature over `entries`: manifest, and a signature file and block for each signer. */
export function jarSignatureFiles(
  entries: readonly ZipEntrySpec[],
  { signers, digest = 'sha256' }: JarSignatureSpec,
  host: Host,
): ZipEntrySpec[] {
  const attribute = digest === 'sha1' ? 'SHA1' : 'SHA-256';
  const digestOf = (text: Uint8Array): string => toBase64(hash(host, digest, text));
  const names = entries.map(({ name }) => name).filter((name) => !name.startsWith('META-INF/') && !name.endsWith('/'));
  const sections = new Map(
    entries
      .filter(({ name }) => names.includes(name))
      .map(({ name, data }) => [name, lines([`Name: ${name}`, `${attribute}-Digest: ${digestOf(data)}`])]),
  );
  const manifest = utf8(lines(['Manifest-Version: 1.0', 'Created-By: test']) + [...sections.values()].join(''));
  const files = signers.flatMap((signer, index): ZipEntrySpec[] => {
    const main = ['Signature-Version: 1.0', `${attribute}-Digest-Manifest: ${digestOf(manifest)}`];
    if (signer.announces !== undefined) main.push(`X-Android-APK-Signed: ${signer.announces}`);
    const signed = [...sections].filter(([name]) => signer.leavesOut?.includes(name) !== true);
    const own = signed.map(([name, section]) =>
      lines([`Name: ${name}`, `${attribute}-Digest: ${digestOf(utf8(section))}`]),
    );
    const file = utf8(lines(main) + own.join(''));
    const stem = `META-INF/${signer.name ?? `CERT${index === 0 ? '' : index}`}`;
    return [
      { name: `${stem}.SF`, data: file },
      { name: `${stem}.${signer.key.kind.toUpperCase()}`, data: block(signer, file, host) },
    ];
  });
  return [{ name: 'META-INF/MANIFEST.MF', data: manifest }, ...files];
}

function block(
  { key, hash: algorithm = 'sha256', signedAttributes }: JarSignerSpec,
  file: Uint8Array,
  host: Host,
): Uint8Array {
  const attributes = signedAttributes ? { attributes: standardAttributes(hash(host, algorithm, file)) } : {};
  const signer = {
    certificate: key.certificate,
    digestAlgorithm: DIGEST_OIDS[algorithm] ?? '',
    signatureAlgorithm: KEY_OIDS[key.kind],
    ...attributes,
    signature: signedAttributes ? (data: Uint8Array) => key.sign(data, algorithm) : key.sign(file, algorithm),
  };
  return buildSignedData({ certificates: [key.certificate], signers: [signer] });
}

function hash(host: Host, algorithm: HashAlgorithm, bytes: Uint8Array): Uint8Array {
  if (host.signatures === undefined) throw new Error('the host has no digests');
  return host.signatures.digest(algorithm, bytes);
}

function lines(texts: readonly string[]): string {
  return `${texts.join('\r\n')}\r\n\r\n`;
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
