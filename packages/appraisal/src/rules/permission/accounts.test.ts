import { testRule } from '../../testing/test-rule.ts';
import { accountsPermission } from './accounts.ts';

testRule(accountsPermission, {
  bad: {
    GET_ACCOUNTS: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.GET_ACCOUNTS'] },
      shows: 'GET_ACCOUNTS',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.GET_ACCOUNTS'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
