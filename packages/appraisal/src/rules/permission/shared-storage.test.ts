import { testRule } from '../../testing/test-rule.ts';
import { sharedStoragePermission } from './shared-storage.ts';

testRule(sharedStoragePermission, {
  bad: {
    MANAGE_EXTERNAL_STORAGE: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.MANAGE_EXTERNAL_STORAGE'] },
      shows: 'MANAGE_EXTERNAL_STORAGE',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.MANAGE_EXTERNAL_STORAGE'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
