import { boundServiceRule } from '../../bound-service-rule.ts';

export const accessibilityService = boundServiceRule({
  name: 'accessibility-service',
  title: 'The app offers an accessibility service',
  why: 'Switched on, it reads what is on the screen in every app, passwords included, and can tap in the owner’s place.',
  guard: 'BIND_ACCESSIBILITY_SERVICE',
  note: 'reads the screen and can act on it',
  severity: 'medium',
  malice: { base: 4 },
  dataRisk: { base: 8 },
  mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1453'] },
  remedy: 'Switch it on only for an app that helps a person to use the phone, or that the company manages.',
});
