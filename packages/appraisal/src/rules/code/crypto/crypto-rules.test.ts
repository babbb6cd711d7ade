import { callOn, callOnText, callStatic, dalvik } from '../../../testing/dalvik.ts';
import { testTable } from '../../../testing/test-table.ts';
import { CIPHER_RULES } from './cipher-rules.ts';
import { KEY_RULES } from './key-rules.ts';
import { RANDOM_RULES } from './random-rules.ts';

const cipher = (name?: string) =>
  callStatic('javax.crypto.Cipher.getInstance(Ljava/lang/String;)Ljavax/crypto/Cipher;', name);
const factory = (name: string) =>
  callStatic('javax.crypto.SecretKeyFactory.getInstance(Ljava/lang/String;)Ljavax/crypto/SecretKeyFactory;', name);
const signature = (name: string) =>
  callStatic('java.security.Signature.getInstance(Ljava/lang/String;)Ljava/security/Signature;', name);
const mac = (name: string) => callStatic('javax.crypto.Mac.getInstance(Ljava/lang/String;)Ljavax/crypto/Mac;', name);

testTable(CIPHER_RULES, {
  'null-cipher': {
    bad: dalvik('new-instance v0, Ljavax/crypto/NullCipher;'),
    good: dalvik('new-instance v0, Ljavax/crypto/Mac;'),
  },
  'cipher-without-integrity': {
    bad: dalvik(cipher('AES/CBC/PKCS5Padding')),
    shows: 'AES/CBC/PKCS5Padding',
    good: [
      dalvik(cipher('AES/CBC/PKCS5Padding'), mac('HmacSHA256')),
      dalvik(cipher('AES/GCM/NoPadding')),
      dalvik(cipher()),
    ],
  },
  'rsa-without-oaep': {
    bad: [dalvik(cipher('RSA/ECB/PKCS1Padding')), dalvik(cipher('RSA')), dalvik(cipher('RSA/None/NoPadding'))],
    shows: 'RSA',
    good: dalvik(cipher('RSA/ECB/OAEPWithSHA-256AndMGF1Padding')),
  },
  'cipher-provider-named': {
    bad: dalvik(
      callStatic(
        'javax.crypto.Cipher.getInstance(Ljava/lang/String;Ljava/lang/String;)Ljavax/crypto/Cipher;',
        'AES/GCM/NoPadding',
        'BC',
      ),
    ),
    shows: 'BC',
    good: dalvik(
      callStatic(
        'javax.crypto.Cipher.getInstance(Ljava/lang/String;Ljava/lang/String;)Ljavax/crypto/Cipher;',
        'AES/GCM/NoPadding',
        'AndroidKeyStoreBCWorkaround',
      ),
    ),
  },
  'password-cipher-weak': {
    bad: [dalvik(factory('PBEWithMD5AndDES')), dalvik(factory('PBEWITHSHA1ANDRC2_40'))],
    good: dalvik(factory('PBKDF2WithHmacSHA256')),
  },
  'weak-signature-algorithm': {
    bad: [dalvik(signature('SHA1withRSA')), dalvik(signature('MD5WithRSA'))],
    good: [dalvik(signature('SHA256withRSA')), dalvik(signature('Ed25519'))],
  },
  'weak-mac': { bad: dalvik(mac('HmacMD5')), good: dalvik(mac('HmacSHA256')) },
});

const BYTES = 'getBytes()[B';
const key = callOn('javax.crypto.spec.SecretKeySpec.<init>([BLjava/lang/String;)V', undefined, 'AES');
const vector = callOn('javax.crypto.spec.IvParameterSpec.<init>([B)V', undefined);
const pbe = (iterations?: number) =>
  callOn('javax.crypto.spec.PBEKeySpec.<init>([C[BII)V', undefined, undefined, iterations, 256);
const initialize = (bits?: number) => callOn('java.security.KeyPairGenerator.initialize(I)V', bits);
const curve = (name: string) => callOn('java.security.spec.ECGenParameterSpec.<init>(Ljava/lang/String;)V', name);
const BUILDER = 'android.security.keystore.KeyGenParameterSpec$Builder';
const built = (method: string, parameters: string, ...passed: (number | boolean)[]) =>
  callOn(`${BUILDER}.${method}(${parameters})L${BUILDER.replaceAll('.', '/')};`, ...passed);
const OPEN =
  'net.sqlcipher.database.SQLiteOpenHelper.getWritableDatabase(Ljava/lang/String;)Lnet/sqlcipher/database/SQLiteDatabase;';
const put = callOn(
  'android.content.SharedPreferences$Editor.putString(Ljava/lang/String;Ljava/lang/String;)Landroid/content/SharedPreferences$Editor;',
  'k',
);
const load = callOn('java.security.KeyStore.load(Ljava/io/InputStream;[C)V', undefined, undefined);

testTable(KEY_RULES, {
  'key-from-constant': {
    bad: dalvik(callOnText('0123456789abcdef', BYTES), 'move-result-object v1', key),
    shows: '\\"01…\\" (16 characters)',
    good: [
      dalvik(key),
      dalvik(callOnText('0123456789abcdef', BYTES)),
      dalvik(callOnText('a', BYTES), ...Array<string>(30).fill('nop'), key),
    ],
  },
  'constant-initialisation-vector': {
    bad: dalvik(callOnText('0123456789abcdef', BYTES), vector),
    good: [dalvik(vector), dalvik(vector, callOnText('0123456789abcdef', BYTES))],
  },
  'constant-salt-or-password': {
    bad: dalvik(callOnText('open sesame', 'toCharArray()[C'), pbe(600_000)),
    good: dalvik(pbe(600_000)),
  },
  'few-password-iterations': {
    bad: dalvik(pbe(1_000)),
    shows: 'iterations: 1000',
    good: [dalvik(pbe(600_000)), dalvik(pbe())],
  },
  'short-asymmetric-key': {
    bad: [dalvik(initialize(1_024)), dalvik(built('setKeySize', 'I', 512))],
    good: [dalvik(initialize(2_048)), dalvik(initialize(256)), dalvik(initialize(521)), dalvik(initialize())],
  },
  'short-curve': {
    bad: [dalvik(curve('secp192r1')), dalvik(initialize(192))],
    good: [dalvik(curve('secp256r1')), dalvik(initialize(256)), dalvik(curve('sect283k1'))],
  },
  'short-symmetric-key': {
    bad: dalvik(callOn('javax.crypto.KeyGenerator.init(I)V', 56)),
    good: [
      dalvik(callOn('javax.crypto.KeyGenerator.init(I)V', 256)),
      dalvik(callOn('javax.crypto.KeyGenerator.init(I)V')),
    ],
  },
  'keystore-password-constant': {
    bad: dalvik(callOnText('changeit', 'toCharArray()[C'), load),
    shows: '(8 characters)',
    good: [dalvik(load), dalvik(callOnText('', 'toCharArray()[C'), load)],
  },
  'key-saved-in-preferences': {
    bad: dalvik(callOn('javax.crypto.SecretKey.getEncoded()[B'), put),
    good: dalvik(put),
  },
  'keystore-encryption-repeats': {
    bad: dalvik(built('setRandomizedEncryptionRequired', 'Z', false)),
    good: dalvik(built('setRandomizedEncryptionRequired', 'Z', true)),
  },
  'key-unlocked-for-long': {
    bad: dalvik(built('setUserAuthenticationValidityDurationSeconds', 'I', 3_600)),
    good: dalvik(built('setUserAuthenticationValidityDurationSeconds', 'I', 10)),
  },
  'key-without-owner': {
    bad: dalvik(built('setUserAuthenticationRequired', 'Z', false)),
    good: dalvik(built('setUserAuthenticationRequired', 'Z', true)),
  },
  'database-password-constant': {
    bad: dalvik(callOn(OPEN, 'correct horse')),
    shows: '(13 characters)',
    good: [dalvik(callOn(OPEN)), dalvik(callOn(OPEN, ''))],
  },
});

const seed = (value: number) => callOn('java.security.SecureRandom.setSeed(J)V', value);
const guess = callOn('java.util.Random.nextInt()I');

testTable(RANDOM_RULES, {
  'constant-seed': {
    bad: [
      dalvik(seed(42)),
      dalvik(callOnText('seed', BYTES), callOn('java.security.SecureRandom.setSeed([B)V', undefined)),
    ],
    good: [dalvik('invoke-virtual {v15, v14, v15}, Ljava/security/SecureRandom;->setSeed(J)V'), dalvik(guess)],
  },
  'outdated-random-algorithm': {
    bad: dalvik(
      callStatic('java.security.SecureRandom.getInstance(Ljava/lang/String;)Ljava/security/SecureRandom;', 'SHA1PRNG'),
    ),
    good: dalvik(callOn('java.security.SecureRandom.<init>()V')),
  },
  'guessable-random': {
    bad: dalvik(guess, key),
    good: [dalvik(guess), dalvik(key), dalvik(guess, key, callOn('java.security.SecureRandom.<init>()V'))],
  },
});
