import { decodeBase64 } from '../../secrets/base64.ts';
import { readPem, readPrivateKey } from '../../secrets/private-key.ts';
import type { SecretCheck, SecretPattern } from '../../secrets/secret-pattern.ts';
import type { SecretRow } from './secret-row.ts';

/** The heading of a block and the first line in it. Line ends may be written out. */
function pem(label: string): SecretPattern {
  return {
    keywords: [`-----BEGIN ${label}-----`],
    rest: /[\s\\nr"',]{0,12}(?<secret>[A-Za-z0-9+/=:,. -]{16,76})/,
    edges: { before: null, after: null },
  };
}

/** The block decodes to a private key. One with a password on it is of less use. */
const realKey: SecretCheck = ({ text, start }) => {
  const key = readPem(text, start);
  if (key === null) return null;
  return key.encrypted
    ? { severity: 'low', share: 0.2, note: `${key.form}, encrypted with a password` }
    : { note: key.form };
};

const OPENS = 'With it one passes for its owner, signs in their name or reads what is encrypted to them.';
const REMEDY = 'Revoke the key. Make keys on the device, in the keystore of the platform.';
const KEY = { masvs: ['MASVS-CRYPTO-2'], cwe: ['CWE-321'] };

/** Private keys. Sources: RFC 7468 (PEM), RFC 5958 (PKCS#8), RFC 8017 (PKCS#1), RFC 5915 (SEC 1), RFC 7517 (JWK), RFC 9580 (OpenPGP). */
export const KEY_SECRETS: readonly SecretRow[] = [
  {
    name: 'private-key',
    what: 'a private key',
    grade: 'account',
    opens: OPENS,
    remedy: REMEDY,
    pattern: pem('PRIVATE KEY'),
    check: realKey,
    mappings: KEY,
  },
  {
    name: 'rsa-private-key',
    what: 'an RSA private key',
    grade: 'account',
    opens: OPENS,
    remedy: REMEDY,
    pattern: pem('RSA PRIVATE KEY'),
    check: realKey,
    mappings: KEY,
  },
  {
    name: 'ec-private-key',
    what: 'an elliptic-curve private key',
    grade: 'account',
    opens: OPENS,
    remedy: REMEDY,
    pattern: pem('EC PRIVATE KEY'),
    check: realKey,
    mappings: KEY,
  },
  {
    name: 'dsa-private-key',
    what: 'a DSA private key',
    grade: 'account',
    opens: OPENS,
    remedy: REMEDY,
    pattern: pem('DSA PRIVATE KEY'),
    check: realKey,
    mappings: KEY,
  },
  {
    name: 'openssh-private-key',
    what: 'an OpenSSH private key',
    grade: 'account',
    opens: 'With it one signs in to every machine that trusts it.',
    remedy: 'Take the public key out of every authorized_keys, and the file out of the app.',
    pattern: pem('OPENSSH PRIVATE KEY'),
    check: realKey,
    mappings: KEY,
  },
  {
    name: 'encrypted-private-key',
    what: 'an encrypted private key',
    grade: 'limited',
    opens:
      'It needs a password, which is in the code where the app uses the key by itself, and which can be guessed at leisure.',
    remedy: REMEDY,
    pattern: pem('ENCRYPTED PRIVATE KEY'),
    check: ({ text, start }) => (readPem(text, start)?.encrypted === true ? {} : null),
    mappings: KEY,
  },
  {
    name: 'pgp-private-key',
    what: 'an OpenPGP private key',
    grade: 'account',
    opens: OPENS,
    remedy: 'Revoke the key and take it out of the app.',
    pattern: {
      keywords: ['-----BEGIN PGP PRIVATE KEY BLOCK-----'],
      rest: /(?:[\s\\nr]{0,6}(?:Version|Comment|Hash): [^\r\n\\]{0,80}[\r\n\\])?[\s\\nr]{0,12}(?<secret>[A-Za-z0-9+/=]{32,76})/,
      edges: { before: null, after: null },
    },
    // Packet 5, a secret key, in the old or the new form (RFC 9580, 4.2).
    check: ({ secret }) => {
      const first = decodeBase64(secret)?.[0] ?? 0;
      return (first & 0xfc) === 0x94 || first === 0xc5 ? {} : null;
    },
    mappings: KEY,
  },
  {
    name: 'putty-private-key',
    what: 'a PuTTY private key',
    grade: 'account',
    opens: 'With it one signs in to every machine that trusts it.',
    remedy: 'Take the public key out of every authorized_keys, and the file out of the app.',
    pattern: {
      keywords: ['PuTTY-User-Key-File-'],
      rest: /[23]: (?<secret>[a-z0-9-]{6,30}\r?\nEncryption: [a-z0-9-]{3,12}\r?\n)/,
      edges: { before: null, after: null },
    },
    check: ({ secret }) =>
      secret.includes('Encryption: none') ? {} : { severity: 'low', share: 0.2, note: 'encrypted with a password' },
    mappings: KEY,
  },
  {
    name: 'bare-private-key',
    what: 'a private key without a heading',
    grade: 'account',
    opens: OPENS,
    remedy: REMEDY,
    // How PKCS#8, PKCS#1 and SEC 1 begin in base64, for the usual sizes.
    pattern: {
      keywords: [
        'MIIEv',
        'MIIEu',
        'MIIEo',
        'MIIEp',
        'MIIJQ',
        'MIIJK',
        'MIIJJ',
        'MIICd',
        'MIICe',
        'MIICX',
        'MIICW',
        'MIIBV',
        'MIIBO',
        'MIGHAgEA',
        'MIGTAgEA',
        'MHcCAQEE',
        'MIGkAgEB',
      ],
      rest: /[A-Za-z0-9+/]{60,6000}={0,2}/,
      edges: { before: 'A-Za-z0-9+/', after: 'A-Za-z0-9+/=' },
    },
    check: ({ secret }) => {
      const bytes = decodeBase64(secret);
      const key = bytes === null ? null : readPrivateKey(bytes);
      return key === null || key.encrypted ? null : { note: key.form };
    },
    mappings: KEY,
  },
  {
    name: 'json-web-key',
    what: 'a private JSON web key',
    grade: 'account',
    opens: OPENS,
    remedy: REMEDY,
    pattern: {
      keywords: ['"kty"'],
      rest: /\s{0,2}:\s{0,2}"(?:RSA|EC|OKP)"[^{}]{0,3000}"d"\s{0,2}:\s{0,2}"(?<secret>[A-Za-z0-9_-]{40,700})"/,
      edges: { before: null, after: null },
    },
    check: ({ random }) => (/^(.)\1+$/.test(random) ? null : {}),
    mappings: KEY,
  },
  {
    name: 'age-key',
    what: 'an age secret key',
    grade: 'account',
    opens: 'With it one reads what is encrypted to its owner.',
    remedy: REMEDY,
    pattern: { keywords: ['AGE-SECRET-KEY-1'], rest: /[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}/ },
    mappings: KEY,
  },
  {
    name: 'wallet-key',
    what: 'an extended private key of a wallet',
    grade: 'account',
    opens: 'With it one spends everything in the wallet. Source of the form: BIP 32.',
    remedy: 'Move what is in the wallet to a new one.',
    pattern: { keywords: ['xprv9', 'tprv8', 'yprvA', 'zprvA'], rest: /[1-9A-HJ-NP-Za-km-z]{106}/ },
    mappings: KEY,
  },
];
