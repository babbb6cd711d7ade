import { testRule } from '../../testing/test-rule.ts';
import { debuggerCheck } from './debugger-check.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(debuggerCheck, {
  bad: {
    'a question to the runtime': {
      code: codeOf('call android.os.Debug.isDebuggerConnected()Z'),
      shows: 'isDebuggerConnected',
    },
    'a look into /proc': { code: codeOf('string TracerPid'), shows: 'TracerPid' },
  },
  good: { 'another question to the same class': { code: codeOf('call android.os.Debug.getNativeHeapSize()J') } },
});
