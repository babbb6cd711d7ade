import { testRule } from '../../testing/test-rule.ts';
import { systemSharedUser } from './system-shared-user.ts';

testRule(systemSharedUser, {
  bad: {
    'android.uid.system': { manifest: { root: { sharedUserId: 'android.uid.system' } }, shows: 'android.uid.system' },
  },
  good: { 'a user id of the maker’s own': { manifest: { root: { sharedUserId: 'com.example.shared' } } } },
});
