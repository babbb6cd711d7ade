import { testRule } from '../../testing/test-rule.ts';
import { cleartextTraffic } from './cleartext-traffic.ts';

const permissions = ['android.permission.INTERNET'];

testRule(cleartextTraffic, {
  bad: {
    'allowed by the attribute': {
      manifest: { permissions, application: { usesCleartextTraffic: 'true' } },
      shows: 'usesCleartextTraffic',
    },
    'allowed by the default of target SDK 27': { manifest: { permissions, targetSdk: 27 }, shows: 'target SDK 27' },
  },
  good: {
    'the default of target SDK 28': { manifest: { permissions, targetSdk: 28 } },
    'forbidden at a low target': {
      manifest: { permissions, targetSdk: 23, application: { usesCleartextTraffic: 'false' } },
    },
    'a configuration file overrides the attribute': {
      manifest: {
        permissions,
        application: { usesCleartextTraffic: 'true', networkSecurityConfig: '@xml/network_security_config' },
      },
    },
    'no network permission': { manifest: { application: { usesCleartextTraffic: 'true' } } },
    'the target SDK is not known': { manifest: { permissions, targetSdk: null } },
  },
});
