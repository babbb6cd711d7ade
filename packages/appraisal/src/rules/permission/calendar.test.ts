import { testRule } from '../../testing/test-rule.ts';
import { calendarPermission } from './calendar.ts';

testRule(calendarPermission, {
  bad: {
    READ_CALENDAR: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.READ_CALENDAR'] },
      shows: 'READ_CALENDAR',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.READ_CALENDAR'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
