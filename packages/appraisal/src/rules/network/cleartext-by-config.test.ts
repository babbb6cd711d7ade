import { appWithNetworkConfig } from '../../testing/fake-network-config.ts';
import { testRule } from '../../testing/test-rule.ts';
import { cleartextByConfig } from './cleartext-by-config.ts';

testRule(cleartextByConfig, {
  bad: {
    'allowed everywhere': {
      ...appWithNetworkConfig({ name: 'base-config', attributes: { cleartextTrafficPermitted: true } }),
      shows: 'res/a1.xml',
    },
    'allowed for one host': {
      ...appWithNetworkConfig({ name: 'domain-config', attributes: { cleartextTrafficPermitted: true } }),
      shows: '<domain-config>',
    },
  },
  good: {
    forbidden: appWithNetworkConfig({ name: 'base-config', attributes: { cleartextTrafficPermitted: false } }),
    'not mentioned': appWithNetworkConfig({ name: 'base-config' }),
    'a file that the manifest does not refer to': {
      ...appWithNetworkConfig({ name: 'base-config', attributes: { cleartextTrafficPermitted: true } }),
      manifest: {},
    },
  },
});
