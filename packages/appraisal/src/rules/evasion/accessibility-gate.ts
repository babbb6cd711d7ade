import { evasionRule } from './evasion-rule.ts';

export const accessibilityGate = evasionRule({
  name: 'accessibility-gate',
  title: 'The app sends its user to the accessibility settings and checks whether the service was switched on',
  why: 'Helping apps ask once. Malware asks until it has the service, does nothing before, and with it everything.',
  remedy: 'Do not switch the service on unless the app helps a person to use the phone.',
  severity: 'low',
  probes: [
    { strings: ['android.settings.ACCESSIBILITY_SETTINGS'], note: 'opens the settings' },
    {
      calls: [{ class: 'android.view.accessibility.AccessibilityManager', name: 'getEnabledAccessibilityServiceList' }],
      strings: ['enabled_accessibility_services', 'accessibility_enabled'],
      note: 'checks whether a service is on',
    },
  ],
  atLeast: 2,
  malice: { base: 3 },
  classes: ['riskware'],
  mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1453', 'T1627'] },
});
