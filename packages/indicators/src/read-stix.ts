import type { Diagnostic, Observable, ObservableKind } from '@vedette/contracts';
import { createListBuilder, type IndicatorList } from './indicator.ts';
import { normalise } from './normalise.ts';
import { type Comparison, readStixPattern } from './stix-pattern.ts';

/** Object paths and what they name. The last ones are extensions that lists for phones use. */
const PATHS: Readonly<Record<string, ObservableKind>> = {
  'domain-name:value': 'domain',
  'ipv4-addr:value': 'ip',
  'ipv6-addr:value': 'ip',
  'url:value': 'url',
  'email-addr:value': 'email',
  'email-message:from_ref.value': 'email',
  'email-message:sender_ref.value': 'email',
  'process:name': 'process',
  'file:name': 'file-name',
  'file:path': 'path',
  'directory:path': 'path',
  'file:hashes.md5': 'md5',
  'file:hashes.sha1': 'sha1',
  'file:hashes.sha-1': 'sha1',
  'file:hashes.sha256': 'sha256',
  'file:hashes.sha-256': 'sha256',
  'x509-certificate:hashes.md5': 'certificate-md5',
  'x509-certificate:hashes.sha1': 'certificate-sha1',
  'x509-certificate:hashes.sha-1': 'certificate-sha1',
  'x509-certificate:hashes.sha256': 'certificate-sha256',
  'x509-certificate:hashes.sha-256': 'certificate-sha256',
  'app:id': 'app',
  'app:package': 'app',
  'app:cert.md5': 'certificate-md5',
  'app:cert.sha1': 'certificate-sha1',
  'app:cert.sha256': 'certificate-sha256',
  'configuration-profile:id': 'profile',
  'android-property:name': 'property',
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * Indicators of a STIX 2.0 or 2.1 bundle (a parsed JSON value), or of the objects of a TAXII answer. The name of an indicator is that of the malware, campaign or
 * intrusion set that a relationship leads to, or of the report that refers to it. Revoked ones are left out; `at` is `modified`, else `created`.
 */
export function readStix(
  value: unknown,
  name: string,
): { readonly value: IndicatorList; readonly diagnostics: readonly Diagnostic[] } {
  const list = createListBuilder(name);
  const objects = fieldsOf(value)['objects'];
  if (!Array.isArray(objects)) {
    list.skip('stix.no-bundle', 'This is no STIX bundle: it has no list of objects.', name);
    return list.finish();
  }
  const byId = new Map<string, Fields>();
  const nameOf = new Map<string, string>();
  for (const object of objects) {
    const fields = fieldsOf(object);
    const id = textOf(fields['id']);
    if (id !== null) byId.set(id, fields);
  }
  for (const fields of byId.values()) {
    if (fields['type'] !== 'relationship') continue;
    const [source, target] = [textOf(fields['source_ref']), textOf(fields['target_ref'])];
    const label = target === null ? null : labelOf(byId.get(target));
    if (source !== null && label !== null && !nameOf.has(source)) nameOf.set(source, label);
  }
  for (const fields of byId.values()) {
    if (fields['type'] !== 'report' && fields['type'] !== 'grouping') continue;
    const label = textOf(fields['name']);
    const refs = fields['object_refs'];
    if (label !== null && Array.isArray(refs))
      for (const ref of refs) if (typeof ref === 'string') nameOf.set(ref, label);
  }
  for (const [id, fields] of byId) {
    if (fields['type'] !== 'indicator' || fields['revoked'] === true) continue;
    const pattern = textOf(fields['pattern']);
    const language = textOf(fields['pattern_type']) ?? 'stix';
    if (pattern === null || language !== 'stix') {
      list.skip('stix.pattern.language', `The pattern is written in ${language}, not in STIX.`, id);
      continue;
    }
    const read = readStixPattern(pattern);
    if (!read.ok) {
      list.skip('stix.pattern.unsupported', `The pattern ${read.reason}.`, id);
      continue;
    }
    for (const alternative of read.alternatives) {
      const all = alternative.map(observableOf);
      const unknown = alternative.find((_, index) => all[index] === null);
      if (unknown !== undefined) {
        list.skip(
          'stix.pattern.path',
          `Nothing here is compared with ${unknown.path} = ${unknown.value.slice(0, 100)}.`,
          id,
        );
        continue;
      }
      list.add({
        all: all.flatMap((observable) => (observable === null ? [] : [observable])),
        name: nameOf.get(id) ?? null,
        reference: id.slice(0, 300),
        at: dateOf(fields['modified']) ?? dateOf(fields['created']),
      });
    }
  }
  return list.finish();
}

/** What a comparison names; null for paths that nothing here has, and values that cannot be. */
function observableOf({ path, value }: Comparison): Observable | null {
  const kind = PATHS[path] ?? (path === 'network-traffic:dst_ref.value' ? kindOfAddress(value) : undefined);
  return kind === undefined || normalise(kind, value) === null ? null : { kind, value };
}

function kindOfAddress(value: string): ObservableKind {
  return normalise('ip', value) === null ? 'domain' : 'ip';
}

function labelOf(fields: Fields | undefined): string | null {
  const type = fields?.['type'];
  const names = ['malware', 'campaign', 'intrusion-set', 'threat-actor', 'tool'];
  return typeof type === 'string' && names.includes(type) ? textOf(fields?.['name']) : null;
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 100_000) : null;
}

function dateOf(value: unknown): string | null {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(time) ? new Date(time).toISOString() : null;
}
