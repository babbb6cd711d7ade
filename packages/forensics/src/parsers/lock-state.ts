import { isDenial } from '../denial.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';

/**
 * `dumpsys lock_settings` (AOSP LockSettingsService.dump): per `User 0` a line `CredentialType: PIN`. `NONE` is a definite
 * statement that there is no PIN, pattern or password.
 */
export function createLockSettingsReader(builder: EvidenceBuilder, file: string): LineReader {
  let user: string | null = null;
  return {
    line(text, number) {
      const header = /^\s*User (\d+)\s*$/.exec(text);
      if (header !== null) user = header[1] ?? null;
      const type = /^\s*CredentialType:\s*(\w+)/i.exec(text);
      if (type !== null && (user === null || user === '0')) {
        builder.observe('lock.credential', (type[1] ?? '').toUpperCase(), { file, line: number });
      } else if (isDenial(text)) builder.denied('lock', text, { file, line: number });
    },
    end() {},
  };
}

/**
 * `dumpsys trust`: ` User "Owner" (id=0, …): trusted=0, trustManaged=0, deviceLocked=1`. Android sets `deviceLocked` only
 * for a user with a PIN, pattern or password, so 1 proves a lock; 0 says only that the device is open now.
 */
export function createTrustReader(builder: EvidenceBuilder, file: string): LineReader {
  return {
    line(text, number) {
      if (/\(id=0,/.test(text) && /\bdeviceLocked=1\b/.test(text)) {
        builder.observe('lock.device-locked', '1', { file, line: number });
      }
    },
    end() {},
  };
}

/** `locksettings get-disabled`: `true` when the lock screen is set to "None". `false` covers "Swipe" too and proves nothing. */
export function createLockDisabledReader(builder: EvidenceBuilder, file: string): LineReader {
  let done = false;
  return {
    line(text, number) {
      const answer = text.trim();
      if (done || answer === '') return;
      done = true;
      const place = { file, line: number };
      if (answer === 'true' || answer === 'false') builder.observe('lock.disabled', answer, place);
      else builder.denied('lock', answer, place);
    },
    end() {},
  };
}
