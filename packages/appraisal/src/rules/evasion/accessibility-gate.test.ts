import { testEvasionRule } from '../../testing/test-evasion-rule.ts';
import { accessibilityGate } from './accessibility-gate.ts';

testEvasionRule(accessibilityGate, {
  probes: ['string enabled_accessibility_services', 'string android.settings.ACCESSIBILITY_SETTINGS'],
  shows: 'opens the settings',
  tooFew: 1,
});
