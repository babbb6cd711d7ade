import { testRule } from '../../testing/test-rule.ts';
import { rootDetection } from './root-detection.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(rootDetection, {
  bad: {
    '3 strings of the list': {
      code: codeOf('string /system/app/Superuser.apk', 'string /system/xbin/su', 'string /system/bin/su'),
      shows: '/system/app/Superuser.apk',
    },
  },
  good: {
    'one too few': { code: codeOf('string /system/app/Superuser.apk', 'string /system/xbin/su') },
    'the same one again and again': {
      code: codeOf(
        'string /system/app/Superuser.apk',
        'string /system/app/Superuser.apk',
        'string /system/app/Superuser.apk',
      ),
    },
  },
});
