import { testRule } from '../../testing/test-rule.ts';
import { contactsPermission } from './contacts.ts';

testRule(contactsPermission, {
  bad: {
    READ_CONTACTS: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.READ_CONTACTS'] },
      shows: 'READ_CONTACTS',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.READ_CONTACTS'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
