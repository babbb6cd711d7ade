import { codeTable } from '../../../rule-table.ts';
import { anyOf, besideIn, number, passing, text } from '../find-calls.ts';
import { takingBytesOfText } from '../find-near.ts';

/** Random numbers. Sources: java.security.SecureRandom, java.util.Random (a linear congruential generator of 48 bits). */
export const RANDOM_RULES = codeTable([
  {
    name: 'constant-seed',
    title: 'The app seeds its random numbers with a constant',
    why: 'A generator that is given its seed before the first number can give the same numbers to everybody.',
    remedy: 'Do not seed SecureRandom at all.',
    severity: 'low',
    points: 2,
    classes: ['vulnerability'],
    masvs: ['CRYPTO-1'],
    cwe: [336],
    find: anyOf(
      passing(
        'java.security.SecureRandom.setSeed(J)V',
        0,
        number(() => true),
        'seeds with',
      ),
      takingBytesOfText(
        ['java.security.SecureRandom.setSeed([B)V', 'java.security.SecureRandom.<init>([B)V'],
        'seeds with the bytes of a constant text',
      ),
    ),
  },
  {
    name: 'outdated-random-algorithm',
    title: 'The app asks for the random numbers of SHA1PRNG',
    why: 'Old Androids let this algorithm be seeded completely, and many apps derived keys that way; the implementation is gone since Android 9.',
    remedy: 'Use new SecureRandom() without a name.',
    points: 0.5,
    masvs: ['CRYPTO-1'],
    cwe: [338],
    find: passing('java.security.SecureRandom.getInstance', 0, text(/^SHA1PRNG$/i), 'asks for'),
  },
  {
    name: 'guessable-random',
    title: 'Random numbers that can be guessed are drawn where keys are made',
    why: 'The numbers of java.util.Random and Math.random follow from a few of their numbers; a key or vector of them can be found.',
    remedy: 'Use java.security.SecureRandom.',
    severity: 'low',
    points: 2,
    classes: ['vulnerability'],
    masvs: ['CRYPTO-1'],
    cwe: [338],
    find: besideIn(
      [
        'java.util.Random.nextInt',
        'java.util.Random.nextBytes',
        'java.util.Random.nextLong',
        'java.lang.Math.random',
        'kotlin.random.Random.nextInt',
        'kotlin.random.Random.nextBytes',
      ],
      [
        'javax.crypto.spec.SecretKeySpec.<init>',
        'javax.crypto.spec.IvParameterSpec.<init>',
        'javax.crypto.spec.GCMParameterSpec.<init>',
        'javax.crypto.spec.PBEKeySpec.<init>',
        'javax.crypto.Cipher.init',
      ],
      'drawn beside the making of a key or vector',
      ['java.security.SecureRandom.<init>'],
    ),
  },
]);
