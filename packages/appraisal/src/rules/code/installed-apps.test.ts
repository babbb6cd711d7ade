import { testRule } from '../../testing/test-rule.ts';
import { installedApps } from './installed-apps.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(installedApps, {
  bad: {
    'a call': {
      code: codeOf('call android.content.pm.PackageManager.getInstalledPackages(I)Ljava/util/List;'),
      shows: 'com.example.app.A',
    },
  },
  good: {
    'a method of the same class that is fine': {
      code: codeOf(
        'call android.content.pm.PackageManager.getPackageInfo(Ljava/lang/String;I)Landroid/content/pm/PackageInfo;',
      ),
    },
    'the name in a string': {
      code: codeOf('string android.content.pm.PackageManager.getInstalledPackages(I)Ljava/util/List;'),
    },
  },
});
