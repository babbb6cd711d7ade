import { looksRandom } from '../../secrets/checks.ts';
import { isPlaceholder } from '../../secrets/placeholder.ts';
import type { SecretCheck } from '../../secrets/secret-pattern.ts';
import { assigned, UUID } from './assigned.ts';
import type { SecretRow } from './secret-row.ts';

/** Values that a program gives to such names and that are no secrets: names of classes and files, keys of preferences, colours, words put together. */
const NO_SECRET =
  /^(?:[a-z][a-z0-9]*(?:[._/-][a-z][a-z0-9]*)+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z]+(?:[A-Z][a-z]+)+|(?:[A-Z][a-z]+)+\d{0,3}|[a-zA-Z]+|[\d.]+)$/;

/** Letters and digits mixed as chance does it. */
const unnamed: SecretCheck = ({ secret }) => {
  if (isPlaceholder(secret) || NO_SECRET.test(secret) || UUID.test(secret)) return null;
  if (!/\d/.test(secret) || !/[A-Za-z]/.test(secret)) return null;
  // Words are mostly of small letters, and vowels are in each.
  if ((secret.match(/[a-z]{6,}/g) ?? []).some((run) => /[aeiou].?.?[aeiou]/.test(run))) return null;
  return looksRandom(secret) ? {} : null;
};

/** What people choose as a password: hard to tell from a label, so it must have a digit and a letter and no word of a form. */
const password: SecretCheck = ({ text, start, secret, secretStart }) => {
  // Labels of a form.
  if (
    /hint|label|title|error|message|text|prompt|desc|help|invalid|regex|pattern|length|min|max/i.test(
      text.slice(start, secretStart),
    )
  )
    return null;
  if (isPlaceholder(secret) || NO_SECRET.test(secret)) return null;
  // Names and addresses of something else, or a form to fill in.
  if (/pass|pwd|secret|text|string|===|^(?:@|\/|https?:|android|com\.|R\.)|[(){}[\]|\\^*?<>]/i.test(secret))
    return null;
  // `password:e.value1` is code.
  if (/[\w)\]]:$/.test(text.slice(Math.max(0, secretStart - 2), secretStart))) return null;
  return /\d/.test(secret) && /[A-Za-z]/.test(secret) && new Set(secret).size >= 6 ? {} : null;
};

const TOKEN = /[A-Za-z0-9_+/.-]{20,128}={0,2}/;

/** What is known only by the name it is given to. Must stand last: every other kind knows more. */
export const GENERIC_SECRETS: readonly SecretRow[] = [
  {
    name: 'encryption-key',
    what: 'a key for encryption as text',
    grade: 'service',
    opens: 'What the app encrypts with it can be read and forged by everybody.',
    remedy: 'Make keys on the device, in the keystore of the platform.',
    pattern: assigned(
      [
        'encryption_key',
        'encryptionKey',
        'aes_key',
        'aesKey',
        'cipher_key',
        'cipherKey',
        'crypto_key',
        'cryptoKey',
        'hmac_key',
        'hmacKey',
        'signing_key',
        'signingKey',
      ],
      /[A-Za-z0-9+/=_-]{16,128}/,
    ),
    check: unnamed,
    mappings: { masvs: ['MASVS-CRYPTO-2'], cwe: ['CWE-321'] },
  },
  {
    name: 'client-secret',
    what: 'a client secret',
    grade: 'service',
    opens: 'With it others pass for the app, or for its server, before the service that gave it.',
    pattern: assigned(
      [
        'client_secret',
        'clientSecret',
        'app_secret',
        'appSecret',
        'consumer_secret',
        'consumerSecret',
        'api_secret',
        'apiSecret',
      ],
      TOKEN,
    ),
    check: unnamed,
  },
  {
    name: 'secret-key',
    what: 'a value called a secret key',
    grade: 'service',
    opens: 'What it opens is not known; its name and its randomness say that it is meant to be kept.',
    pattern: assigned(
      [
        'secret_key',
        'secretKey',
        'private_key',
        'privateKey',
        'access_secret',
        'accessSecret',
        'master_key',
        'masterKey',
      ],
      TOKEN,
    ),
    check: unnamed,
  },
  {
    name: 'access-token',
    what: 'a value called an access token',
    grade: 'limited',
    opens: 'What it opens is not known; its name and its randomness say that it is meant to be kept.',
    pattern: assigned(
      [
        'access_token',
        'accessToken',
        'auth_token',
        'authToken',
        'api_token',
        'apiToken',
        'bearer_token',
        'refresh_token',
        'refreshToken',
      ],
      TOKEN,
    ),
    check: unnamed,
  },
  {
    name: 'api-key',
    what: 'a value called an API key',
    grade: 'limited',
    opens: 'What it opens is not known. Many such keys are made to be in apps, and only name who pays.',
    remedy: 'Find out what it opens. Limit it to this app where the service can do so, else put it on a server.',
    pattern: assigned(
      ['api_key', 'apiKey', 'api-key', 'access_key', 'accessKey', 'subscription_key', 'subscriptionKey'],
      TOKEN,
    ),
    check: unnamed,
  },
  {
    name: 'password',
    what: 'a value called a password',
    grade: 'limited',
    opens: 'What it opens is not known.',
    pattern: assigned(['password', 'passwd', 'passphrase'], /[^\s"'<>&;,]{8,64}/),
    check: password,
    mappings: { masvs: ['MASVS-AUTH-1'], cwe: ['CWE-259'] },
  },
];
