import { boundServiceRule } from '../../bound-service-rule.ts';

export const deviceAdmin = boundServiceRule({
  name: 'device-admin',
  title: 'The app can become a device administrator',
  why: 'An administrator can lock the phone, change its password rules or wipe it, and cannot be removed before it is switched off.',
  guard: 'BIND_DEVICE_ADMIN',
  note: 'can become device administrator',
  severity: 'medium',
  malice: { base: 4 },
  dataRisk: { base: 5 },
  mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1626.001'] },
  remedy: 'Only management agents need it. Switch it off in the settings before removing the app.',
});
