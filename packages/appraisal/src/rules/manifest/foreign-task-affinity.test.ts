import { testRule } from '../../testing/test-rule.ts';
import { foreignTaskAffinity } from './foreign-task-affinity.ts';

const activity = { kind: 'activity', name: 'com.example.app.Second' } as const;
const withAttributes = (attributes: Readonly<Record<string, string>>) => ({
  manifest: { components: [{ ...activity, attributes }] },
});

testRule(foreignTaskAffinity, {
  bad: {
    'reparenting into a bank': {
      ...withAttributes({ taskAffinity: 'org.bank.wallet', allowTaskReparenting: 'true' }),
      shows: 'org.bank.wallet',
    },
    'single task with the affinity of a bank': withAttributes({ taskAffinity: 'org.bank.wallet', launchMode: '2' }),
  },
  good: {
    'the empty affinity': withAttributes({ taskAffinity: '', launchMode: 'singleTask' }),
    'an affinity of its own': withAttributes({ taskAffinity: 'com.example.app.pip', launchMode: 'singleTask' }),
    'a sister app of the same maker': withAttributes({ taskAffinity: 'com.example.other', launchMode: 'singleTask' }),
    'a foreign affinity that never comes to the front': withAttributes({ taskAffinity: 'org.bank.wallet' }),
  },
});
