import { boundServiceRule } from '../../bound-service-rule.ts';

export const notificationListener = boundServiceRule({
  name: 'notification-listener',
  title: 'The app offers to read all notifications',
  why: 'Switched on, it reads every notification: messages, one-time codes, who writes.',
  guard: 'BIND_NOTIFICATION_LISTENER_SERVICE',
  note: 'reads all notifications',
  severity: 'low',
  malice: { base: 2 },
  dataRisk: { base: 6 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1517'] },
  remedy: 'Switch it on only where the app’s purpose needs it, such as a watch.',
});
