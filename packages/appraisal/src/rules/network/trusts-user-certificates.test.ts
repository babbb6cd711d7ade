import { appWithNetworkConfig } from '../../testing/fake-network-config.ts';
import { testRule } from '../../testing/test-rule.ts';
import { trustsUserCertificates } from './trusts-user-certificates.ts';

const anchors = (src: string) => ({
  name: 'trust-anchors',
  children: [{ name: 'certificates', attributes: { src } }],
});

testRule(trustsUserCertificates, {
  bad: {
    'trusted everywhere': {
      ...appWithNetworkConfig({ name: 'base-config', children: [anchors('user')] }),
      shows: 'src=\\"user\\"',
    },
  },
  good: {
    'the certificates of the system': appWithNetworkConfig({ name: 'base-config', children: [anchors('system')] }),
    'in debug builds only': appWithNetworkConfig({ name: 'debug-overrides', children: [anchors('user')] }),
  },
});
