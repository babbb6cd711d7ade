import { topLevel } from '../../../call-groups.ts';
import { atCall } from '../../../evidence.ts';
import type { Finder } from '../../../rule-table.ts';
import { codeTable } from '../../../rule-table.ts';
import { argumentsAt, callsOf, passing, shownConstant, text } from '../find-calls.ts';
import { making } from '../find-fields.ts';

const CIPHER = 'javax.crypto.Cipher.getInstance';

/** CBC in classes that compute no authentication code. */
const cbcAlone: Finder = (image, ctx) => {
  const guarded = new Set(
    callsOf(ctx, ['javax.crypto.Mac.getInstance', 'javax.crypto.Mac.doFinal']).map((call) => topLevel(call.class)),
  );
  return callsOf(ctx, [CIPHER]).flatMap((call) => {
    const [mode = null] = argumentsAt(image, call)?.parameters ?? [];
    if (mode?.kind !== 'string' || !/^(?:AES|DESede|Blowfish)\/CBC\//i.test(mode.value)) return [];
    return guarded.has(topLevel(call.class)) ? [] : [atCall(call, `asks for ${shownConstant(mode)}, without a MAC`)];
  });
};

/** How ciphers are asked for. Sources: javax.crypto.Cipher; RFC 8017, section 7; Vaudenay, Security Flaws Induced by CBC Padding (2002). */
export const CIPHER_RULES = codeTable([
  {
    name: 'null-cipher',
    title: 'The app uses the cipher that does nothing',
    why: 'NullCipher hands out its input: what looks encrypted is in the clear.',
    remedy: 'Use AES/GCM/NoPadding.',
    severity: 'medium',
    points: 5,
    classes: ['vulnerability'],
    masvs: ['CRYPTO-1'],
    cwe: [327],
    find: making('a cipher that encrypts nothing', 'javax.crypto.NullCipher'),
  },
  {
    name: 'cipher-without-integrity',
    title: 'The app encrypts with CBC and computes no authentication code beside it',
    why: 'CBC hides data but does not notice changes to it; where padding errors can be told apart, it can even be decrypted.',
    remedy: 'Use AES/GCM/NoPadding, or an HMAC over the encrypted data.',
    points: 1,
    masvs: ['CRYPTO-1'],
    cwe: [353],
    find: cbcAlone,
  },
  {
    name: 'rsa-without-oaep',
    title: 'The app encrypts with RSA in the padding of PKCS #1 v1.5, or in none',
    why: 'A party that tells good padding from bad lets an attacker decrypt step by step (Bleichenbacher); without padding equal texts look equal.',
    remedy: 'Use RSA/ECB/OAEPWithSHA-256AndMGF1Padding.',
    severity: 'low',
    points: 2,
    classes: ['vulnerability'],
    masvs: ['CRYPTO-1'],
    cwe: [780],
    find: passing(CIPHER, 0, text(/^RSA(?:$|\/[^/]*\/(?:PKCS1Padding|NoPadding)$)/i), 'asks for'),
  },
  {
    name: 'cipher-provider-named',
    title: 'The app asks for a cryptographic provider by name',
    why: 'Android 9 and 12 took algorithms out of the provider BC and removed the provider Crypto: what asks for them fails, or falls back to something of its own.',
    remedy: 'Do not name a provider, but for the Android keystore.',
    masvs: ['CRYPTO-1'],
    find: passing(
      [
        'javax.crypto.Cipher.getInstance(Ljava/lang/String;Ljava/lang/String;)Ljavax/crypto/Cipher;',
        'javax.crypto.SecretKeyFactory.getInstance(Ljava/lang/String;Ljava/lang/String;)Ljavax/crypto/SecretKeyFactory;',
        'java.security.SecureRandom.getInstance(Ljava/lang/String;Ljava/lang/String;)Ljava/security/SecureRandom;',
      ],
      1,
      text(/^(?:BC|SC|Crypto|BouncyCastle)$/),
      'names the provider',
    ),
  },
  {
    name: 'password-cipher-weak',
    title: 'The app derives keys from passwords by an outdated scheme',
    why: 'PBE with MD5, SHA-1 and DES, RC2 or RC4 (PKCS #5 v1.5, PKCS #12) gives short keys that are quickly guessed.',
    remedy: 'Use PBKDF2WithHmacSHA256 with many iterations, or Argon2.',
    severity: 'low',
    points: 2.5,
    classes: ['vulnerability'],
    masvs: ['CRYPTO-1'],
    cwe: [916, 327],
    find: passing(
      ['javax.crypto.SecretKeyFactory.getInstance', CIPHER],
      0,
      text(/^PBEWith(?:MD[25]|SHA1?)And|^PBEWithHmacMD5/i),
      'asks for',
    ),
  },
  {
    name: 'weak-signature-algorithm',
    title: 'The app signs or verifies with MD5 or SHA-1',
    why: 'Both collide: somebody can have one document signed and show another.',
    remedy: 'Use SHA256withRSA/PSS, SHA256withECDSA or Ed25519.',
    severity: 'low',
    points: 2,
    classes: ['vulnerability'],
    masvs: ['CRYPTO-1'],
    cwe: [328, 347],
    find: passing('java.security.Signature.getInstance', 0, text(/^(?:MD[245]|SHA-?1)with|^NONEwith/i), 'asks for'),
  },
  {
    name: 'weak-mac',
    title: 'The app authenticates messages with MD5 or DES',
    why: 'The digest is broken or the key short; for HMAC-MD5 no attack is known yet, but nobody should build on it (RFC 6151).',
    remedy: 'Use HmacSHA256.',
    points: 1,
    masvs: ['CRYPTO-1'],
    cwe: [328],
    find: passing('javax.crypto.Mac.getInstance', 0, text(/^(?:HmacMD[245]|DES|DESede|DESMAC|HmacRC)/i), 'asks for'),
  },
]);
