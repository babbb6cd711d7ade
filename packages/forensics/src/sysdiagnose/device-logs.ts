import type { EvidenceBuilder, RecordNote } from '../evidence-builder.ts';
import { forEachLine } from '../lines.ts';
import type { LocalTime } from '../local-time.ts';
import type { Snapshot } from './snapshot.ts';

/** What reads one log. */
export type LogReader = (builder: EvidenceBuilder, snapshot: Snapshot, file: string, bytes: Uint8Array) => void;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** `Mon Aug 11 14:09:38 2025 [8567] <notice> (0x17002b000) message`. */
const ENTRY = /^\w{3} (\w{3}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4}) \[\d+\] <\w+> \(0x[0-9a-f]+\) (.*)$/;

function entryOf(text: string): { readonly local: LocalTime; readonly message: string } | null {
  const match = ENTRY.exec(text);
  const month = MONTHS.indexOf(match?.[1] ?? '') + 1;
  if (match === null || month === 0) return null;
  const [, , day, hour, minute, second, year, message = ''] = match;
  const local = {
    year: Number(year),
    month,
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  };
  return { local, message };
}

/** What a line of `mobile_installation.log` says of an app; the sentences are those of `installd` on iOS 16 to 18 in public logs and in the strings of the program. */
const SENTENCES: readonly { readonly event: string; readonly pattern: RegExp }[] = [
  {
    event: 'installed',
    pattern: /Install Successful for \((?<type>\w+):(?<app>[^)]{1,300})\)(?: \[Distributor: (?<by>[^\]]{1,200})\])?/i,
  },
  { event: 'failed to install', pattern: /Install Failed for \((?<type>\w+):(?<app>[^)]{1,300})\)/i },
  { event: 'uninstalled', pattern: /Uninstalling identifier (?<app>[\w.-]{1,300})/ },
  { event: 'asked for', pattern: /Install of "(?<app>[^"]{1,500})" type (?<type>\S+) .*requested by (?<by>\S{1,200})/ },
];

/** Apps that came and went (`mobile_installation.log`). No list of apps is made of it: the log forgets, and does not say from where each app came. */
const readInstallations: LogReader = (builder, snapshot, file, bytes) => {
  forEachLine(bytes, (text, line) => {
    const entry = entryOf(text);
    if (entry === null) return;
    for (const { event, pattern } of SENTENCES) {
      const said = pattern.exec(entry.message)?.groups;
      if (said === undefined) continue;
      const [app = '', type = '', by = ''] = [said['app'], said['type'], said['by']];
      const name = app.slice(app.lastIndexOf('/') + 1);
      builder.record({
        artefact: 'ios.app-event',
        text: `${name} was ${event}${type === '' ? '' : ` (${type})`}${by === '' ? '' : `, ${event === 'installed' ? 'from' : 'by'} ${by}`}`,
        at: snapshot.date(entry.local),
        place: { file, line },
        fields: { app: name, event, type, by },
        observables: [event === 'asked for' ? { kind: 'path', value: app } : { kind: 'app', value: name }],
      });
      return;
    }
  });
};

/** Facts that `mobileactivationd` writes down when it starts, and what is wrong with a phone that people carry: `key=value`. */
const ODD_FACTS: ReadonlyMap<string, string> = new Map([
  ['internal_build=true', 'The system is one of those that Apple uses inside'],
  ['is_prodfused_demoted=true', 'The phone was set back to a state for development'],
  ['is_devfused_undemoted=true', 'The phone is one of those that Apple develops with'],
  ['should_hactivate=true', 'The phone activates without Apple'],
]);

/** Activation and starts of the phone (`mobileactivationd.log`). */
const readActivation: LogReader = (builder, snapshot, file, bytes) => {
  forEachLine(bytes, (text, line) => {
    const entry = entryOf(text);
    if (entry === null) return;
    const [, key = '', value = ''] = /MA: main: (\w{1,60}): (\S{1,100})$/.exec(entry.message) ?? [];
    if (key === 'product_type') builder.observe('ios.model', value, { file, line });
    const odd = ODD_FACTS.get(`${key}=${value}`) ?? null;
    const state = /Activation State: (\w{1,60})/.exec(entry.message)?.[1] ?? null;
    const started = entry.message.includes('Mobile Activation Startup');
    if (odd === null && state === null && !started) return;
    builder.record({
      artefact: 'ios.activation',
      text: odd ?? (state === null ? 'Activation was started, as it is when the phone starts' : `Activation: ${state}`),
      at: snapshot.date(entry.local),
      place: { file, line },
      fields: { odd: odd === null ? '' : `${key}=${value}`, state: state ?? '' },
    });
  });
};

const LOCKDOWN = /^(\d\d)\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)\.\d+ pid=\d+ ([^:]{1,100}): (.*)$/;
const MAX_LINES = 20_000;

/**
 * Computers that the phone was paired with, or that asked for it (`lockdownd.log`: `05/24/23 13:55:38.410307 pid=76 name: message`, in local time). Any entry whose name or message speaks of
 * pairing counts: the words differ between systems and none is documented.
 */
const readPairing: LogReader = (builder, snapshot, file, bytes) => {
  let noted = 0;
  forEachLine(bytes, (text, line) => {
    const match = LOCKDOWN.exec(text);
    if (match === null || noted >= MAX_LINES) return;
    const [, month, day, year, hour, minute, second, name = '', message = ''] = match;
    if (!/\bpair|unpair|trusted host|host (?:id|certificate)|escrow/i.test(`${name} ${message}`)) return;
    noted += 1;
    const local = {
      year: 2000 + Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
    };
    const done =
      /\bpair/i.test(`${name} ${message}`) &&
      /success|paired|complete|created|saved/i.test(message) &&
      !/unpair|not paired|fail/i.test(message);
    const note: RecordNote = {
      artefact: 'ios.host-pairing',
      text: `${name}: ${message.slice(0, 300)}`,
      at: snapshot.date(local),
      place: { file, line },
      fields: { event: name, message: message.slice(0, 500), paired: String(done) },
    };
    builder.record(note);
  });
};

/** Which file is which log. */
export const LOG_READERS: readonly (readonly [RegExp, LogReader])[] = [
  [/(?:^|\/)MobileInstallation\/mobile_installation\.log(?:\.\d+)?$/, readInstallations],
  [/(?:^|\/)MobileActivation\/mobileactivationd\.log(?:\.\d+)?$/, readActivation],
  [/(?:^|\/)MobileLockdown\/lockdownd\.log(?:\.\d+)?$/, readPairing],
];
