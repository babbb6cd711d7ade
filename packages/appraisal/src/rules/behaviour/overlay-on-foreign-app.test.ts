import { testRule } from '../../testing/test-rule.ts';
import { overlayOnForeignApp } from './overlay-on-foreign-app.ts';

const WATCH = 'call android.app.ActivityManager.getRunningTasks(I)Ljava/util/List;';
const WINDOW = 'call android.view.WindowManager.addView(Landroid/view/View;Landroid/view/ViewGroup$LayoutParams;)V';
const manifest = { permissions: ['android.permission.SYSTEM_ALERT_WINDOW'] };
const code = [{ name: 'com.example.app.Watch', methods: { 'a()V': [WATCH], 'b()V': [WINDOW] } }];

testRule(overlayOnForeignApp, {
  bad: { 'watches and covers': { manifest, code, shows: 'addView' } },
  good: {
    'may not draw over others': { code },
    'different classes': {
      manifest,
      code: [
        { name: 'com.example.app.Watch', methods: { 'a()V': [WATCH] } },
        { name: 'com.example.app.Toast', methods: { 'b()V': [WINDOW] } },
      ],
    },
  },
});
