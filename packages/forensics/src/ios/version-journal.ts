import type { EvidenceBuilder } from '../evidence-builder.ts';
import { parseJson, stringField } from '../parsers/json-records.ts';

/** Journals of analytics: the first line says which system wrote them. */
export const VERSION_JOURNAL = /(?:^|\/)Analytics-(?:Journal-)?[^/]{0,200}\.ips(?:\.ca)?(?:\.synced)?$/;

/** Time as reports write it, `2026-11-03 08:00:01.00 +0100`, as ISO 8601; null for what is none. */
export function reportTime(text: string): string | null {
  const at = Date.parse(text.replace(/ ([+-]\d\d)(\d\d)$/, '$1:$2').replace(' ', 'T'));
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** Which system the phone ran when a journal was begun (`{"os_version":"iPhone OS 18.6 (22G86)","timestamp":…}`). */
export function readVersionJournal(builder: EvidenceBuilder, file: string, bytes: Uint8Array | null): void {
  const text = new TextDecoder().decode((bytes ?? new Uint8Array()).subarray(0, 65_536));
  const end = text.indexOf('\n');
  const head = parseJson(end < 0 ? text : text.slice(0, end));
  const version = stringField(head, 'os_version') ?? '';
  if (version === '') return;
  builder.record({
    artefact: 'ios.version-seen',
    text: `The phone ran ${version.slice(0, 100)}`,
    at: reportTime(stringField(head, 'timestamp') ?? ''),
    place: { file, line: 1 },
    fields: { version },
  });
}
