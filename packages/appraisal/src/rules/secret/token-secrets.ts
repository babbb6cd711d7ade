import { latin1Text } from '@vedette/bytes';
import { decodeBase64 } from '../../secrets/base64.ts';
import { readJsonWebToken } from '../../secrets/json-web-token.ts';
import { isPlaceholder } from '../../secrets/placeholder.ts';
import type { SecretCheck, SecretPattern } from '../../secrets/secret-pattern.ts';
import type { SecretRow } from './secret-row.ts';

const JWT: SecretPattern = {
  keywords: ['eyJ'],
  rest: /[A-Za-z0-9_-]{10,400}\.eyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{20,700}/,
};

/** The key of a Supabase project that rules do not bind. */
const serviceRole: SecretCheck = ({ secret }) =>
  readJsonWebToken(secret)?.claims['role'] === 'service_role' ? {} : undefined;

/** Header and claims are JSON and name an algorithm. One that has run out opens nothing any more; one for `anon` is made to be public. */
const jsonWebToken: SecretCheck = ({ secret }, nowMs) => {
  const token = readJsonWebToken(secret);
  if (token === null || token.algorithm.toLowerCase() === 'none') return null;
  const { claims, expiresMs } = token;
  // The sample of jwt.io, and keys of Supabase for everybody.
  if (claims['sub'] === '1234567890' || claims['role'] === 'anon') return null;
  if (expiresMs !== null && expiresMs < nowMs) return { severity: 'info', share: 0.2, note: 'which has run out' };
  return expiresMs === null ? { note: 'which never runs out' } : {};
};

/** Tokens and sign-ins that are bound to no one issuer. Sources: RFC 7519 (JWT), RFC 7617 (Basic), RFC 6750 (Bearer). */
export const TOKEN_SECRETS: readonly SecretRow[] = [
  {
    name: 'supabase-service-key',
    what: 'the service key of a Supabase project',
    grade: 'account',
    opens: 'With it one reads and changes the whole database: the rules for rows do not hold for it.',
    pattern: JWT,
    check: serviceRole,
  },
  {
    name: 'json-web-token',
    what: 'a signed JSON web token',
    grade: 'limited',
    opens: 'As long as it holds, one is let in as whom it names.',
    pattern: JWT,
    check: jsonWebToken,
  },
  {
    name: 'basic-authorization',
    what: 'a name and a password for HTTP',
    grade: 'service',
    opens: 'With them one is let in where the app is.',
    pattern: {
      keywords: ['Basic '],
      rest: /(?<secret>[A-Za-z0-9+/]{12,200}={0,2})/,
      edges: { before: 'A-Za-z', after: 'A-Za-z0-9+/=' },
    },
    check: ({ secret }) => {
      const bytes = decodeBase64(secret);
      const pair = bytes === null ? '' : latin1Text(bytes);
      // What is decoded must be text: many words have the form of base64.
      return /^[\x21-\x7e]{1,80}:[\x21-\x7e]{4,120}$/.test(pair) &&
        !isPlaceholder(pair) &&
        !/:(?:pass(?:word)?|secret|test)$/i.test(pair)
        ? {}
        : null;
    },
    mappings: { masvs: ['MASVS-AUTH-1'], cwe: ['CWE-259', 'CWE-798'] },
  },
  {
    name: 'bearer-authorization',
    what: 'a bearer token for HTTP',
    grade: 'service',
    opens: 'With it one is let in where the app is.',
    pattern: {
      keywords: ['Bearer '],
      rest: /(?<secret>[A-Za-z0-9_.~+/-]{24,200}={0,2})/,
      edges: { before: 'A-Za-z', after: 'A-Za-z0-9+/=' },
    },
  },
];
