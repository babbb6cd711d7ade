import { testRule } from '../../testing/test-rule.ts';
import { borrowedName } from './borrowed-name.ts';

const permissions = ['android.permission.RECEIVE_SMS'];
const called = (label: string) => ({ application: { label } });

testRule(borrowedName, {
  bad: { 'a false update': { manifest: { permissions, ...called('System Update') }, shows: 'System Update' } },
  good: {
    'a name of its own': { manifest: { permissions, ...called('Update reminder') } },
    'no powers': { manifest: called('System Update') },
    'the maker’s own': { manifest: { package: 'com.android.systemupdate', permissions, ...called('System Update') } },
  },
});
