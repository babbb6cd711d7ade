import { testRule } from '../../testing/test-rule.ts';
import { allowBackup } from './allow-backup.ts';

testRule(allowBackup, {
  bad: {
    'allowed by the attribute': {
      manifest: { targetSdk: 30, application: { allowBackup: 'true' } },
      shows: 'android:allowBackup',
    },
    'allowed by default': { manifest: { targetSdk: 30 }, shows: 'target SDK 30' },
  },
  good: {
    forbidden: { manifest: { targetSdk: 30, application: { allowBackup: 'false' } } },
    'restricted by rules': {
      manifest: { targetSdk: 30, application: { allowBackup: 'true', fullBackupContent: '@xml/backup' } },
    },
    'adb leaves data out from target SDK 31': { manifest: { targetSdk: 31, application: { allowBackup: 'true' } } },
  },
});
