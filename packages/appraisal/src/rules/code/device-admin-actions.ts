import { callRule } from '../../call-rule.ts';

export const deviceAdminActions = callRule({
  name: 'device-admin-actions',
  title: 'The app locks the phone, changes its password or wipes it',
  why: 'In the hands of a management agent these are protection; in others, extortion and destruction.',
  remedy: 'Switch the administrator off before removing the app, unless it is the company’s agent.',
  calls: [
    { class: 'android.app.admin.DevicePolicyManager', name: 'lockNow' },
    { class: 'android.app.admin.DevicePolicyManager', name: 'resetPassword' },
    { class: 'android.app.admin.DevicePolicyManager', name: 'resetPasswordWithToken' },
    { class: 'android.app.admin.DevicePolicyManager', name: 'wipeData' },
    { class: 'android.app.admin.DevicePolicyManager', name: 'wipeDevice' },
  ],
  note: 'acts as device administrator',
  severity: 'medium',
  kind: 'behaviour',
  malice: { base: 6, step: 1, max: 9, inLibrary: 3 },
  dataRisk: { base: 4, inLibrary: 2 },
  mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1629.002', 'T1662', 'T1626.001'] },
});
