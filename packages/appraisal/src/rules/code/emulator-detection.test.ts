import { testRule } from '../../testing/test-rule.ts';
import { emulatorDetection } from './emulator-detection.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(emulatorDetection, {
  bad: {
    '3 strings of the list': {
      code: codeOf('string goldfish', 'string ranchu', 'string google_sdk'),
      shows: 'goldfish',
    },
  },
  good: {
    'one too few': { code: codeOf('string goldfish', 'string ranchu') },
    'the same one again and again': { code: codeOf('string goldfish', 'string goldfish', 'string goldfish') },
  },
});
