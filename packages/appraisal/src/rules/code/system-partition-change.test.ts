import { testRule } from '../../testing/test-rule.ts';
import { systemPartitionChange } from './system-partition-change.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(systemPartitionChange, {
  bad: {
    remount: { code: codeOf('string mount -o remount,rw /system'), shows: 'remount' },
    'set-user-id program': { code: codeOf('string chmod 06755 /system/bin/x') },
  },
  good: {
    'its own files': { code: codeOf('string chmod 755 /data/data/com.example.app/files/x') },
    'a word': { code: codeOf('string surmount the remounting') },
  },
});
