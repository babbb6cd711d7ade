import { testRule } from '../../testing/test-rule.ts';
import { cleartextUrl } from './cleartext-url.ts';

const codeOf = (...urls: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': urls.map((url) => `string ${url}`) } },
];

testRule(cleartextUrl, {
  bad: { http: { code: codeOf('http://api.vedette-test.org/v1'), shows: 'vedette-test.org' } },
  good: {
    https: { code: codeOf('https://api.vedette-test.org/v1') },
    'the name of an XML vocabulary': { code: codeOf('http://schemas.android.com/apk/res/android') },
    'a private network': { code: codeOf('http://192.168.1.1/setup') },
    documentation: { code: codeOf('http://www.example.com/') },
  },
});
