import { testRule } from '../../testing/test-rule.ts';
import { debuggable } from './debuggable.ts';

testRule(debuggable, {
  bad: { 'debuggable="true"': { manifest: { application: { debuggable: 'true' } }, shows: 'android:debuggable' } },
  good: { 'debuggable="false"': { manifest: { application: { debuggable: 'false' } } } },
});
