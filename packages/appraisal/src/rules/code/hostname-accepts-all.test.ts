import { testRule } from '../../testing/test-rule.ts';
import { hostnameAcceptsAll } from './hostname-accepts-all.ts';

const verifier = (...body: readonly string[]) => ({
  name: 'com.example.app.Verifier',
  implements: ['javax.net.ssl.HostnameVerifier'],
  methods: { 'verify(Ljava/lang/String;Ljavax/net/ssl/SSLSession;)Z': body },
});

testRule(hostnameAcceptsAll, {
  bad: {
    'returns a constant': { code: [verifier('const/4', 'return')], shows: 'com.example.app.Verifier' },
    'uses the ready-made one': {
      code: [
        {
          name: 'com.example.app.A',
          methods: { 'run()V': ['call org.apache.http.conn.ssl.AllowAllHostnameVerifier.<init>()V'] },
        },
      ],
    },
  },
  good: {
    compares: { code: [verifier('call java.lang.String.equals(Ljava/lang/Object;)Z', 'move-result', 'return')] },
    'looks before it answers': { code: [verifier('if-eqz', 'const/4', 'return', 'const/4', 'return')] },
  },
});
