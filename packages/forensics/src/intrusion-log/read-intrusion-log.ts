import type { Observable } from '@vedette/contracts';
import type { EvidenceBuilder, RawPlace } from '../evidence-builder.ts';
import { forEachLine } from '../lines.ts';
import { fieldOf, parseJson, stringField } from '../parsers/json-records.ts';
import { SECURITY_TAGS } from './security-tags.ts';

const KNOWN_TAGS: ReadonlySet<string> = new Set(SECURITY_TAGS.values());
const MAX_VALUES = 30;

/**
 * Intrusion logs of Android 16 (Advanced Protection), as they are downloaded: one JSON object a line, `{"dns_event": {…}}`, `{"connect_event": {…}}` or `{"security_event": {…}}`.
 * Times of the first two are milliseconds, that of the last nanoseconds since 1970. Connections of the phone to itself are passed over. Tags nobody knows are kept and said.
 * @returns how many events were read
 */
export function readIntrusionLog(builder: EvidenceBuilder, file: string, bytes: Uint8Array): number {
  let events = 0;
  let broken = 0;
  const unknown = new Set<string>();
  forEachLine(bytes, (text, number) => {
    if (!text.startsWith('{')) return;
    const value = parseJson(text);
    const place = { file, line: number };
    if (value === undefined) broken += 1;
    else if (readDns(builder, fieldOf(value, 'dns_event'), place)) events += 1;
    else if (readConnect(builder, fieldOf(value, 'connect_event'), place)) events += 1;
    else if (readSecurity(builder, fieldOf(value, 'security_event'), place, unknown)) events += 1;
  });
  const warn = (id: string, message: string): void => builder.diagnose({ id, level: 'warning', message, where: file });
  if (broken > 0) warn('intrusion-log.broken', `${broken} lines are no JSON and were passed over.`);
  if (unknown.size > 0)
    warn('intrusion-log.unknown-tag', `Kept without knowing them: ${[...unknown].slice(0, 20).join(', ')}.`);
  return events;
}

function readDns(builder: EvidenceBuilder, event: unknown, place: RawPlace): boolean {
  const host = stringField(event, 'hostname');
  if (host === null) return false;
  const addresses = textsOf(fieldOf(event, 'ip_addresses')).map(addressOf);
  const app = stringField(event, 'package_name') ?? '';
  builder.record({
    artefact: 'android.dns-event',
    text: `${app === '' ? 'the phone' : app} asked for ${host}`,
    at: instant(fieldOf(event, 'event_time'), 1),
    place,
    fields: { host, package: app },
    observables: [
      { kind: 'domain', value: host },
      ...(app === '' ? [] : [{ kind: 'app' as const, value: app }]),
      ...addresses.map((value) => ({ kind: 'ip' as const, value })),
    ],
  });
  return true;
}

function readConnect(builder: EvidenceBuilder, event: unknown, place: RawPlace): boolean {
  const written = stringField(event, 'ip_address');
  if (written === null) return false;
  const address = addressOf(written);
  const host = written.includes('/') ? written.slice(0, written.indexOf('/')) : '';
  const app = stringField(event, 'package_name') ?? '';
  const port = fieldOf(event, 'port');
  if (/^127\.|^::1$/.test(address)) return true;
  builder.record({
    artefact: 'android.connect-event',
    text: `${app === '' ? 'the phone' : app} connected to ${address}${typeof port === 'number' ? ` port ${port}` : ''}`,
    at: instant(fieldOf(event, 'event_time'), 1),
    place,
    fields: { address, package: app },
    observables: [
      { kind: 'ip', value: address },
      ...(host === '' ? [] : [{ kind: 'domain' as const, value: host }]),
      ...(app === '' ? [] : [{ kind: 'app' as const, value: app }]),
    ],
  });
  return true;
}

function readSecurity(builder: EvidenceBuilder, event: unknown, place: RawPlace, unknown: Set<string>): boolean {
  if (typeof event !== 'object' || event === null) return false;
  const id = fieldOf(event, 'event_id');
  const named = Object.keys(event).find(
    (key) => key !== 'event_time' && key !== 'event_id' && typeof fieldOf(event, key) === 'object',
  );
  const tag = named ?? (typeof id === 'number' ? (SECURITY_TAGS.get(id) ?? `tag ${id}`) : null);
  if (tag === null) return false;
  if (!KNOWN_TAGS.has(tag)) unknown.add(tag.slice(0, 100));
  const values = valuesOf(fieldOf(event, tag));
  const words = Object.entries(values)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
  builder.record({
    artefact: 'android.security-event',
    text: `${tag.replaceAll('_', ' ')}${words === '' ? '' : `: ${words}`}`,
    at: instant(fieldOf(event, 'event_time'), 1_000_000),
    place,
    fields: { ...values, tag },
    observables: observablesOf(values),
  });
  return true;
}

/** By the names of the fields: packages, processes, commands and paths of the adb events. */
function observablesOf(values: Readonly<Record<string, string>>): readonly Observable[] {
  return Object.entries(values).flatMap(([key, value]): readonly Observable[] => {
    if (value === '') return [];
    if (/package|^apk$/.test(key)) return [{ kind: 'app', value }];
    if (/process/.test(key) && !/^\d+$/.test(value)) return [{ kind: 'process', value }];
    if (/cmd|command/.test(key)) return [{ kind: 'command', value }];
    if (/path|file/.test(key)) return [{ kind: 'path', value }];
    if (/sha_?256|hash/.test(key) && /^[0-9a-f]{64}$/i.test(value)) return [{ kind: 'sha256', value }];
    return [];
  });
}

function valuesOf(details: unknown): Record<string, string> {
  if (typeof details !== 'object' || details === null) return {};
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(details).slice(0, MAX_VALUES)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      values[key.slice(0, 100)] = String(value).slice(0, 2_000);
  }
  return values;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string').slice(0, 20) : [];
}

/** Java writes `host/1.2.3.4`, or `/1.2.3.4` where it has no name. */
function addressOf(written: string): string {
  return written.slice(written.lastIndexOf('/') + 1);
}

/** A time since 1970 as text or number; nanoseconds do not fit into a number, so the digits are cut. */
function instant(value: unknown, perMillisecond: 1 | 1_000_000): string | null {
  const digits =
    typeof value === 'number'
      ? BigInt(Number.isSafeInteger(Math.trunc(value)) || value > 0 ? Math.trunc(value) : 0).toString()
      : typeof value === 'string'
        ? value
        : '';
  if (!/^\d{10,20}$/.test(digits)) return null;
  const milliseconds = Number(BigInt(digits) / BigInt(perMillisecond));
  return milliseconds > 0 && milliseconds < 4e12 ? new Date(milliseconds).toISOString() : null;
}
