import { testRule } from '../../testing/test-rule.ts';
import { weakDigestInCode } from './weak-digest.ts';

const codeOf = (name: string) => [
  {
    name: 'com.example.app.A',
    methods: {
      'run()V': [
        `string ${name}`,
        'call java.security.MessageDigest.getInstance(Ljava/lang/String;)Ljava/security/MessageDigest;',
      ],
    },
  },
];

testRule(weakDigestInCode, {
  bad: { MD5: { code: codeOf('MD5'), shows: 'MD5' }, 'SHA-1': { code: codeOf('SHA-1') } },
  good: { 'SHA-256': { code: codeOf('SHA-256') }, 'SHA-512': { code: codeOf('SHA512') } },
});
