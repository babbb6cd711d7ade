import { isDenial } from '../denial.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';

const USER_KEY = /(?:^|[=\s])(QAAAA[A-Za-z0-9+/]{600,800}={0,2})(?: (\S{1,200}))?\s*$/;
const STORED_KEY = /<adbKey\b([^>]{1,4000})>/g;
const MAX_KEYS = 500;

/**
 * Computers that may debug the phone, from `dumpsys adb` (AOSP AdbDebuggingManager.dump): `user_keys=` with one public key a line and the name of who made it, and `keystore=` with
 * `<adbKey key="…" lastConnection="ms since 1970"/>`. A keystore in Android's binary XML is not read, and that is said.
 */
export function createAdbKeysReader(builder: EvidenceBuilder, file: string): LineReader {
  const told = new Set<string>();
  const keys = new Set<string>();
  let dumped: number | null = null;
  let binary: number | null = null;

  function tell(key: string, host: string, at: string | null, line: number): void {
    const identity = `${key} ${at}`;
    if (told.has(identity) || told.size >= MAX_KEYS) return;
    told.add(identity);
    if (!keys.has(key)) builder.observe('adb.trusted-host', host === '' ? 'a computer' : host, { file, line });
    keys.add(key);
    const who = host === '' ? 'a computer' : host;
    builder.record({
      artefact: 'android.adb-key',
      text: at === null ? `${who} may debug this phone` : `${who} last debugged this phone`,
      at,
      place: { file, line },
      // The head is the same for all keys; the end tells them apart.
      fields: { host, key: key.slice(-40) },
    });
  }

  return {
    line(text, number) {
      if (text.includes('debugging_manager={')) dumped ??= number;
      else if (isDenial(text)) builder.denied('adb', text, { file, line: number });
      if (text.includes('keystore=ABX')) binary ??= number;
      for (const [, attributes = ''] of text.matchAll(STORED_KEY)) {
        const [key = '', host = ''] = (/\bkey="([^"]{1,2000})"/.exec(attributes)?.[1] ?? '').split(' ');
        const last = Number(/\blastConnection="(\d{1,13})"/.exec(attributes)?.[1] ?? '0');
        if (key !== '') tell(key, host, last > 0 ? new Date(last).toISOString() : null, number);
      }
      const user = USER_KEY.exec(text);
      if (user !== null) tell(user[1] ?? '', user[2] ?? '', null, number);
    },
    end() {
      // Keys that only the binary store knows would be missing from the number.
      if (dumped !== null && (binary === null || keys.size > 0))
        builder.observe('adb.trusted-host.count', String(keys.size), { file, line: dumped });
      if (binary === null) return;
      builder.diagnose({
        id: 'adb.keystore.binary',
        level: 'note',
        message:
          'The store of ADB keys is binary XML and was not read: when each computer was last connected is unknown.',
        where: `${file}:${binary}`,
      });
    },
  };
}
