import { testRule } from '../../testing/test-rule.ts';
import { installsApps } from './installs-apps.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(installsApps, {
  bad: {
    'a call': {
      code: codeOf('call android.content.pm.PackageInstaller$Session.commit(Landroid/content/IntentSender;)V'),
      shows: 'com.example.app.A',
    },
  },
  good: {
    'a method of the same class that is fine': {
      code: codeOf('call android.content.pm.PackageInstaller.getAllSessions()Ljava/util/List;'),
    },
    'the name in a string': {
      code: codeOf('string android.content.pm.PackageInstaller$Session.commit(Landroid/content/IntentSender;)V'),
    },
  },
});
