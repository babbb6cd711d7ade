import { testRule } from '../../testing/test-rule.ts';
import { ipLiteralUrl } from './ip-literal-url.ts';

const codeOf = (...urls: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': urls.map((url) => `string ${url}`) } },
];

testRule(ipLiteralUrl, {
  bad: { 'a public number': { code: codeOf('http://45.33.32.156:8080/gate'), shows: '45.33.32.156' } },
  good: {
    'the phone itself': { code: codeOf('http://127.0.0.1:8080/') },
    'a router': { code: codeOf('http://192.168.0.1/') },
    'a number for documentation': { code: codeOf('http://203.0.113.9/') },
    'a name': { code: codeOf('https://vedette-test.org/1.2.3.4') },
  },
});
