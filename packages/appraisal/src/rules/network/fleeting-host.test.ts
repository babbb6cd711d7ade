import { testRule } from '../../testing/test-rule.ts';
import { fleetingHost } from './fleeting-host.ts';

const codeOf = (text: string) => [{ name: 'com.example.app.A', methods: { 'run()V': [`string ${text}`] } }];

testRule(fleetingHost, {
  bad: {
    'a dynamic name': { code: codeOf('tcp://somebody.duckdns.org:4444'), shows: 'duckdns.org' },
    'a tunnel': { code: codeOf('https://1a2b3c.ngrok.io/gate') },
    'a hidden service': { code: codeOf(`http://${'a'.repeat(56)}.onion/`) },
  },
  good: {
    'the service itself': { code: codeOf('https://www.duckdns.example/') },
    'a name of its own': { code: codeOf('https://api.vedette-test.org/') },
  },
});
