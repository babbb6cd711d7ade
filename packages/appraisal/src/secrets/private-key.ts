import { latin1Text } from '@vedette/bytes';
import { type DerNode, derChildren, derContent, isUniversal, readDerNode } from '@vedette/formats';
import { decodeBase64 } from './base64.ts';

/** A private key by its structure. */
export interface PrivateKey {
  readonly form: 'PKCS#8' | 'PKCS#1' | 'SEC 1' | 'DSA' | 'OpenSSH';
  /** True when a password is needed to use it. */
  readonly encrypted: boolean;
}

const INTEGER = 2;
const OCTET_STRING = 4;
const OID = 6;
const SEQUENCE = 16;
/** The longest real key in PEM form, RSA with 16,384 bits, takes some 13,000 characters. */
const MAX_PEM = 20_000;

/**
 * Reads the block that begins at `start` with `-----BEGIN … PRIVATE KEY-----` (RFC 7468; RFC 1421 headers for encrypted ones). Line ends may be written out as `\n`, as in JSON
 * and in source code.
 * @returns null when what follows does not have the structure of a private key: a heading that a parser looks for, a placeholder
 */
export function readPem(text: string, start: number): PrivateKey | null {
  const block = /^-----BEGIN [A-Z0-9 ]{0,40}-----([^]{16,}?)-----END/.exec(text.slice(start, start + MAX_PEM))?.[1];
  if (block === undefined) return null;
  const lines = block.replace(/\\[nr]|["',]/g, '\n');
  const oldStyle = /Proc-Type:\s{0,3}4,ENCRYPTED/.test(block);
  const body = oldStyle ? lines.slice(lines.search(/\n\s*\n[A-Za-z0-9+/]/)) : lines;
  const bytes = decodeBase64(body);
  if (bytes === null || bytes.length < 32) return null;
  // What is encrypted has no structure.
  if (oldStyle) return bytes.length % 8 === 0 ? { form: 'PKCS#1', encrypted: true } : null;
  return readPrivateKey(bytes);
}

/** Reads the bytes of a private key: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017 A.1.2), SEC 1 (RFC 5915), OpenSSL's form for DSA, OpenSSH; null for anything else. */
export function readPrivateKey(bytes: Uint8Array): PrivateKey | null {
  if (latin1Text(bytes, 0, Math.min(bytes.length, 14)) === 'openssh-key-v1') return readOpenSsh(bytes);
  const outer = readDerNode(bytes);
  if (outer === null || !isUniversal(outer, SEQUENCE) || !outer.whole) return null;
  const parts = derChildren(outer);
  const [first, second, third] = parts;
  if (isUniversal(first, SEQUENCE)) {
    const isEncrypted = isUniversal(derChildren(first)[0], OID) && isUniversal(second, OCTET_STRING);
    return isEncrypted && parts.length === 2 ? { form: 'PKCS#8', encrypted: true } : null;
  }
  if (!isUniversal(first, INTEGER)) return null;
  if (isUniversal(second, SEQUENCE) && isUniversal(third, OCTET_STRING)) {
    return isUniversal(derChildren(second)[0], OID) && sizeOf(third) >= 32
      ? { form: 'PKCS#8', encrypted: false }
      : null;
  }
  if (isUniversal(second, OCTET_STRING) && sizeOf(second) >= 16) return { form: 'SEC 1', encrypted: false };
  if (!parts.every((part) => isUniversal(part, INTEGER)) || sizeOf(second) < 32) return null;
  if (parts.length === 9) return { form: 'PKCS#1', encrypted: false };
  return parts.length === 6 ? { form: 'DSA', encrypted: false } : null;
}

function sizeOf(node: DerNode | undefined): number {
  return node === undefined ? 0 : derContent(node).length;
}

/** `openssh-key-v1\0`, then the cipher's name with its length in four bytes. Source: openssh-portable, PROTOCOL.key. */
function readOpenSsh(bytes: Uint8Array): PrivateKey | null {
  const length = bytes[18] ?? 0;
  if (bytes.length < 100 || length === 0 || length > 40) return null;
  return { form: 'OpenSSH', encrypted: latin1Text(bytes, 19, 19 + length) !== 'none' };
}
