import { testRule } from '../../testing/test-rule.ts';
import { vpnService } from './vpn-service.ts';

const component = { kind: 'service', name: 'com.example.app.Powerful', exported: true } as const;

testRule(vpnService, {
  bad: {
    'a service guarded by BIND_VPN_SERVICE': {
      manifest: { components: [{ ...component, permission: 'android.permission.BIND_VPN_SERVICE' }] },
      shows: 'com.example.app.Powerful',
    },
  },
  good: {
    'the same service without the guard': { manifest: { components: [component] } },
    'a service guarded by a permission of the app': {
      manifest: { components: [{ ...component, permission: 'com.example.app.BIND_VPN_SERVICE' }] },
    },
  },
});
