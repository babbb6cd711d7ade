import { testRule } from '../../testing/test-rule.ts';
import { accessibilityGate } from './accessibility-gate.ts';

const ALL = ['string enabled_accessibility_services', 'string android.settings.ACCESSIBILITY_SETTINGS'];
const inClass = (name: string, ...instructions: readonly string[]) => ({ name, methods: { 'run()V': instructions } });

testRule(accessibilityGate, {
  bad: {
    'all in one class': { code: [inClass('com.example.app.A', ...ALL)], shows: 'opens the settings' },
    'some of it in an inner class': {
      code: [inClass('com.example.app.A', ...ALL.slice(0, 1)), inClass('com.example.app.A$1', ...ALL.slice(1))],
    },
  },
  good: {
    'one kind too few': { code: [inClass('com.example.app.A', ...ALL.slice(0, 1))] },
    'in classes that have nothing to do with each other': {
      code: ALL.map((instruction, index) => inClass(`com.example.app.C${index}`, instruction)),
    },
    'in a known library': { code: [inClass('androidx.work.A', ...ALL)] },
  },
});
