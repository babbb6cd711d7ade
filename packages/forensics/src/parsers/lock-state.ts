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
 * `dumpsys trust` (AOSP TrustManagerService.dump): ` User "Owner" (id=0, …): trusted=0, trustManaged=0, deviceLocked=1`, then
 * `   Enabled agents:` with one component a line and its state below it. Android sets `deviceLocked` only for a user with a
 * PIN, pattern or password, so 1 proves a lock; 0 says only that the device is open now.
 */
export function createTrustReader(builder: EvidenceBuilder, file: string): LineReader {
  let owner = false;
  let listing = false;
  let listed: { readonly line: number } | null = null;
  const agents = new Set<string>();
  return {
    line(text, number) {
      if (text.startsWith(' User "')) {
        owner = /\(id=0,/.test(text);
        listing = false;
        if (owner && /\bdeviceLocked=1\b/.test(text))
          builder.observe('lock.device-locked', '1', { file, line: number });
      } else if (/^ {3}\S/.test(text)) {
        listing = owner && text.trim() === 'Enabled agents:';
        if (listing) listed ??= { line: number };
      } else if (listing) {
        const component = /^ {4}([A-Za-z][\w.]{1,200}\/[\w.$]{1,200})\s*$/.exec(text)?.[1];
        if (component === undefined || agents.size >= 100) return;
        agents.add(component);
        builder.observe('trust.agent', component, { file, line: number });
      } else if (isDenial(text)) builder.denied('trust', text, { file, line: number });
    },
    end() {
      if (listed !== null) builder.observe('trust.agent.count', String(agents.size), { file, line: listed.line });
    },
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
