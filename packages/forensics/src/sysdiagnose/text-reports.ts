import type { Observable } from '@vedette/contracts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import { stateIphone } from '../ios/state-iphone.ts';
import { forEachLine } from '../lines.ts';
import { fieldOf, parseJson, stringField } from '../parsers/json-records.ts';

/** What reads one text that a tool of the phone wrote. */
export type TextReader = (builder: EvidenceBuilder, file: string, bytes: Uint8Array) => void;

/** Entries of one file. */
const MAX_ENTRIES = 50_000;

/** A time as such texts write it: `2026-11-03 08:00:01 +0000`, also `2026-11-03 8:00:01 AM +0000`; null for what is none. */
export function textTime(text: string): string | null {
  const match = /(\d{4}-\d\d-\d\d) +(\d{1,2}):(\d\d):(\d\d)(?:[\s\u202f]*([AP])M)? +([+-]\d\d):?(\d\d)/i.exec(text);
  if (match === null) return null;
  const [, day, hour = '', minute, second, half, hours, minutes] = match;
  const h = half === undefined ? Number(hour) : (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0);
  const at = Date.parse(`${day}T${String(h).padStart(2, '0')}:${minute}:${second}${hours}:${minutes}`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** Apps and the sites that say they belong together (`swcutil_show.txt`): blocks of `Service:`, `App ID:`, `Domain:`, `Last Checked:` between lines of dashes. */
const readAssociations: TextReader = (builder, file, bytes) => {
  let open = new Map<string, string>();
  let from = 0;
  let noted = 0;
  function close(): void {
    // `ABCDE12345.com.example.app`: the team before the identifier.
    const app = (open.get('app id') ?? '').replace(/^[A-Z0-9]{10}\./, '');
    const domain = (open.get('domain') ?? '').replace(/^\*\./, '').replace(/\?.*$/, '');
    if (app !== '' && domain !== '' && noted++ < MAX_ENTRIES)
      builder.record({
        artefact: 'ios.associated-domain',
        text: `${app} belongs with ${domain.slice(0, 200)} (${(open.get('service') ?? '').slice(0, 60)})`,
        at: textTime(open.get('last checked') ?? ''),
        place: { file, line: from },
        fields: { app, domain },
        observables: [
          { kind: 'app', value: app },
          { kind: 'domain', value: domain },
        ],
      });
    open = new Map();
  }
  forEachLine(bytes, (text, line) => {
    if (/^\s*[-=]{20,}/.test(text)) close();
    const match = /^\s*([A-Za-z][A-Za-z ]{1,40}):\s+(\S.*)$/.exec(text);
    if (match === null) return;
    if (open.size === 0) from = line;
    open.set((match[1] ?? '').toLowerCase(), (match[2] ?? '').trim());
  });
  close();
};

/** What trust and keychain wrote down (`security-sysdiagnose.txt`): under `Client: trust`, lines `2026-11-03 08:00:01 +0000 EventHardFailure: Name - Attributes: {…`. */
const readSecurity: TextReader = (builder, file, bytes) => {
  let client = '';
  let noted = 0;
  forEachLine(bytes, (text, line) => {
    client = /^Client: (\S{1,100})/.exec(text)?.[1] ?? client;
    const match = /^(\d{4}-\d\d-\d\d .{8,16}? [+-]\d{4}) ([^:]{1,60}): (.{1,200}?) - Attributes: \{(.*)$/.exec(text);
    if (match === null || noted++ >= MAX_ENTRIES) return;
    const [, time = '', result = '', event = '', attributes = ''] = match;
    const words = attributes.match(/[\w-]+(?:\.[\w-]+)+/g) ?? [];
    builder.record({
      artefact: 'ios.keychain-event',
      text: `${client}: ${event} (${result})`,
      at: textTime(time),
      place: { file, line },
      fields: { event, result, client, attributes: attributes.slice(0, 1_000) },
      observables: [...new Set(words)].slice(0, 20).flatMap((value): Observable[] => [
        { kind: 'domain', value },
        { kind: 'process', value },
      ]),
    });
  });
};

/** Accounts that the phone’s check of iMessage keys knows (`transparency.log`, JSON): `registration` entries, each with times whose names hold `At`. */
const readTransparency: TextReader = (builder, file, bytes) => {
  const list = fieldOf(parseJson(new TextDecoder().decode(bytes)), 'registration');
  for (const [index, entry] of (Array.isArray(list) ? list.slice(0, 1_000) : []).entries()) {
    const app = stringField(entry, 'app') ?? '';
    const times = typeof entry === 'object' && entry !== null ? Object.entries(entry) : [];
    for (const [key, value] of times) {
      const at = key.includes('At') && typeof value === 'string' ? textTime(value) : null;
      if (at === null) continue;
      builder.record({
        artefact: 'ios.key-transparency',
        text: `Keys of ${app === '' ? 'an app' : app}: ${key}`,
        at,
        place: { file: `${file}#registration/${index}` },
        fields: { app, event: key },
        observables: [{ kind: 'app', value: app }],
      });
    }
  }
};

/** Networks whose passwords the phone keeps (`WiFi/security.txt`): blocks of `key : value`, of which `acct` is the name, `cdat` and `mdat` when it was made and changed. */
const readWifiKeys: TextReader = (builder, file, bytes) => {
  let open = new Map<string, string>();
  let from = 0;
  let noted = 0;
  function close(): void {
    const name = open.get('acct') ?? '';
    if (name !== '' && noted++ < MAX_ENTRIES)
      builder.record({
        artefact: 'ios.wifi-network',
        text: `The phone keeps the password of the network ${name.slice(0, 100)}`,
        at: textTime(open.get('cdat') ?? ''),
        place: { file, line: from },
        fields: { name, security: '' },
      });
    open = new Map();
  }
  forEachLine(bytes, (text, line) => {
    const match = /^\s*(\w{1,20}) : (.*)$/.exec(text);
    if (match === null) return close();
    if (open.size === 0) from = line;
    open.set(match[1] ?? '', (match[2] ?? '').trim());
  });
  close();
};

/** What the phone says of itself (`remotectl_dumpstate.txt`): `ProductType => iPhone15,2` in the part `Local device`, and names of the services that answer. */
const readRemote: TextReader = (builder, file, bytes) => {
  const said = new Map<string, string>();
  forEachLine(bytes, (text, line) => {
    const [, key = '', value = ''] = /^\s*(\w{1,60}) => (\S{1,200})\s*$/.exec(text) ?? [];
    // The phone itself comes first; computers that it talks to come after.
    if (key !== '' && !said.has(key)) said.set(key, value);
    const service = /^\s+((?:[a-z0-9_-]+\.){2,}[\w.-]{2,100})\s*$/.exec(text)?.[1];
    if (service === undefined) return;
    builder.record({
      artefact: 'ios.remote-service',
      text: `Service ${service} answers over the network of the phone`,
      place: { file, line },
      fields: { service },
      observables: [{ kind: 'process', value: service }],
      transient: true,
    });
  });
  const model = said.get('ProductType') ?? null;
  if (model === null || !/^(?:iPhone|iPad|iPod)\d/.test(model)) return;
  stateIphone(builder, file, {
    version: said.get('OSVersion') ?? null,
    model,
    name: null,
    build: said.get('BuildVersion') ?? null,
  });
};

/** Which file is which text. Formats: the sysdiagnose framework of CERT-EU; of `remotectl` public samples. */
export const TEXT_READERS: readonly (readonly [RegExp, TextReader])[] = [
  [/(?:^|\/)swcutil_show\.txt$/, readAssociations],
  [/(?:^|\/)security-sysdiagnose\.txt$/, readSecurity],
  [/(?:^|\/)transparency\.log$/, readTransparency],
  [/(?:^|\/)WiFi\/security\.txt$/, readWifiKeys],
  [/(?:^|\/)remotectl_dumpstate\.txt$/, readRemote],
];
