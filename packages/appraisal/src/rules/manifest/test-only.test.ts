import { testRule } from '../../testing/test-rule.ts';
import { testOnly } from './test-only.ts';

testRule(testOnly, {
  bad: { 'testOnly="true"': { manifest: { application: { testOnly: 'true' } }, shows: 'android:testOnly' } },
  good: { 'testOnly="false"': { manifest: { application: { testOnly: 'false' } } } },
});
