import { testRule } from '../../testing/test-rule.ts';
import { weakCipher } from './weak-cipher.ts';

const codeOf = (transformation: string) => [
  {
    name: 'com.example.app.A',
    methods: {
      'run()V': [
        `string ${transformation}`,
        'call javax.crypto.Cipher.getInstance(Ljava/lang/String;)Ljavax/crypto/Cipher;',
      ],
    },
  },
];

testRule(weakCipher, {
  bad: {
    DES: { code: codeOf('DES/CBC/PKCS5Padding'), shows: 'DES/CBC' },
    'AES in ECB': { code: codeOf('AES/ECB/PKCS5Padding') },
    'AES without a mode': { code: codeOf('AES') },
  },
  good: {
    'AES in GCM': { code: codeOf('AES/GCM/NoPadding') },
    'RSA, where ECB means nothing': { code: codeOf('RSA/ECB/OAEPWithSHA-256AndMGF1Padding') },
    'the name of a cipher that is not asked for': {
      code: [{ name: 'com.example.app.A', methods: { 'run()V': ['string DES'] } }],
    },
  },
});
