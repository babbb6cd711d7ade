import type { Host } from '@vedette/bytes';
import { type Certificate, decodeBase64, readDerNode } from '@vedette/formats';
import { readStrictCertificate } from '../strict-certificate.ts';

/** More bytes, or certificates, than any chain has. */
const MAX_BYTES = 256 * 1024;
const MAX_CERTIFICATES = 32;
const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g;

/**
 * Reads a chain of certificates, leaf first: PEM (RFC 7468) with any text around, certificates as DER one after another, or
 * a JSON array of them in base64, as agents send it.
 * @returns null where that is not what it is, or one of them is not strict DER
 */
export function readChain(input: Uint8Array, host: Host): readonly Certificate[] | null {
  const parts = input.length > MAX_BYTES ? null : (ofDer(input) ?? ofText(input));
  if (parts === null || parts.length === 0 || parts.length > MAX_CERTIFICATES) return null;
  const certificates = parts.map((der) => readStrictCertificate(der, host));
  return certificates.every((certificate) => certificate !== null) ? certificates : null;
}

function ofDer(input: Uint8Array): readonly Uint8Array[] | null {
  if (input[0] !== 0x30) return null;
  const parts: Uint8Array[] = [];
  for (let at = 0; at < input.length; ) {
    const node = readDerNode(input, at);
    if (node === null || !node.whole || parts.length > MAX_CERTIFICATES) return null;
    parts.push(input.subarray(at, node.end));
    at = node.end;
  }
  return parts;
}

function ofText(input: Uint8Array): readonly Uint8Array[] | null {
  const text = new TextDecoder().decode(input).trim();
  if (!text.startsWith('[')) return [...text.matchAll(PEM)].map(([, body = '']) => decodeBase64(body));
  try {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list)) return null;
    const parts = list.map((one) => (typeof one === 'string' ? decodeBase64(one) : null));
    return parts.every((one) => one !== null) ? parts : null;
  } catch {
    return null;
  }
}
