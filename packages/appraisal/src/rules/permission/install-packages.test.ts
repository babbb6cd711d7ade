import { testRule } from '../../testing/test-rule.ts';
import { installPackagesPermission } from './install-packages.ts';

testRule(installPackagesPermission, {
  bad: {
    REQUEST_INSTALL_PACKAGES: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.REQUEST_INSTALL_PACKAGES'] },
      shows: 'REQUEST_INSTALL_PACKAGES',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.REQUEST_INSTALL_PACKAGES'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
