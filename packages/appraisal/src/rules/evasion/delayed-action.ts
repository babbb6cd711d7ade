import { CALLS } from '../../call-groups.ts';
import { evasionRule } from './evasion-rule.ts';

export const delayedAction = evasionRule({
  name: 'delayed-action',
  title: 'The app waits before it loads code, runs commands or sends messages',
  why: 'Analysis watches for minutes. What waits for hours, or for a date, is not seen by it.',
  remedy: 'Look at what happens after the wait, or let the clock run on in a sandbox.',
  severity: 'low',
  probes: [
    {
      calls: [
        { class: 'java.lang.Thread', name: 'sleep' },
        { class: 'android.os.SystemClock', name: 'sleep' },
        { class: 'android.os.Handler', name: 'postDelayed' },
        { class: 'android.os.Handler', name: 'sendEmptyMessageDelayed' },
        { class: 'java.util.Timer', name: 'schedule' },
        { class: 'android.app.AlarmManager', name: 'set' },
        { class: 'android.app.AlarmManager', name: 'setExact' },
        { class: 'android.app.AlarmManager', name: 'setRepeating' },
        { class: 'android.app.AlarmManager', name: 'setExactAndAllowWhileIdle' },
      ],
      note: 'waits',
    },
    {
      calls: [
        ...CALLS.loadsCode,
        ...CALLS.sendsSms,
        { class: 'java.lang.Runtime', name: 'exec' },
        { class: 'android.content.pm.PackageInstaller$Session', name: 'commit' },
      ],
      note: 'what is done in the same class',
    },
  ],
  atLeast: 2,
  malice: { base: 3 },
  mappings: { masvs: ['MASVS-RESILIENCE-1'], attack: ['T1633'] },
});
