import { isDenial } from '../denial.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';

const STATE = /^(?:User 0: ?)?Backup Manager (?:is|currently) (enabled|disabled|activated|deactivated)\b/;

/** `bmgr enabled` (AOSP Bmgr: `Backup Manager currently enabled`) and `dumpsys backup` (`Backup Manager is enabled / setup complete / …`): the first statement counts, which is the owner's. */
export function createBackupReader(builder: EvidenceBuilder, file: string): LineReader {
  let done = false;
  return {
    line(text, number) {
      if (done) return;
      const state = STATE.exec(text.trim())?.[1];
      if (state !== undefined) {
        done = true;
        builder.observe('backup.enabled', String(state === 'enabled' || state === 'activated'), { file, line: number });
      } else if (isDenial(text)) builder.denied('backup', text, { file, line: number });
    },
    end() {},
  };
}
