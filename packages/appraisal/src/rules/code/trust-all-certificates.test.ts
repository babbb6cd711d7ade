import { testRule } from '../../testing/test-rule.ts';
import { trustAllCertificates } from './trust-all-certificates.ts';

const METHOD = 'checkServerTrusted([Ljava/security/cert/X509Certificate;Ljava/lang/String;)V';
const manager = (...body: readonly string[]) => ({
  name: 'com.example.app.Trust',
  implements: ['javax.net.ssl.X509TrustManager'],
  methods: { [METHOD]: body },
});

testRule(trustAllCertificates, {
  bad: {
    'an empty body': { code: [manager('return-void')], shows: 'checkServerTrusted' },
    'an empty body in a class that inherits': {
      code: [
        { ...manager('throw'), name: 'com.example.app.Base' },
        { ...manager('nop', 'return-void'), implements: [], extends: 'com.example.app.Base' },
      ],
      shows: 'com.example.app.Trust',
    },
  },
  good: {
    'asks another manager': {
      code: [
        manager(
          'iget-object',
          'call javax.net.ssl.X509TrustManager.checkServerTrusted([Ljava/security/cert/X509Certificate;Ljava/lang/String;)V',
          'return-void',
        ),
      ],
    },
    'always refuses': { code: [manager('new-instance', 'throw')] },
    'an empty method of that name elsewhere': {
      code: [{ name: 'com.example.app.A', methods: { [METHOD]: ['return-void'] } }],
    },
  },
});
