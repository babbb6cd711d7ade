import { testRule } from '../../testing/test-rule.ts';
import { downloadsCode } from './downloads-code.ts';

const LOAD = 'call dalvik.system.InMemoryDexClassLoader.<init>(Ljava/nio/ByteBuffer;Ljava/lang/ClassLoader;)V';
const FETCH = 'call java.net.URL.openStream()Ljava/io/InputStream;';

testRule(downloadsCode, {
  bad: {
    'fetches and loads': {
      code: [{ name: 'com.example.app.A', methods: { 'a()V': [FETCH], 'b()V': [LOAD] } }],
      shows: 'InMemoryDexClassLoader',
    },
  },
  good: {
    'different classes': {
      code: [
        { name: 'com.example.app.A', methods: { 'a()V': [FETCH] } },
        { name: 'com.example.app.B', methods: { 'b()V': [LOAD] } },
      ],
    },
    'a library': { code: [{ name: 'com.facebook.A', methods: { 'a()V': [FETCH, LOAD] } }] },
  },
});
