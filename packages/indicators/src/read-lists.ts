import type { Diagnostic, ObservableKind } from '@vedette/contracts';
import { guessKinds, refang } from './guess-kinds.ts';
import { createListBuilder, type IndicatorList } from './indicator.ts';
import { normalise } from './normalise.ts';

type Read = { readonly value: IndicatorList; readonly diagnostics: readonly Diagnostic[] };

/** Names of files and columns, and what stands there. */
const BY_LABEL: readonly (readonly [RegExp, ObservableKind])[] = [
  [/certificates?.*sha-?256|cert_?sha256/i, 'certificate-sha256'],
  [/certificates?|cert_?sha1|signer/i, 'certificate-sha1'],
  [/sha-?256|samples/i, 'sha256'],
  [/sha-?1\b/i, 'sha1'],
  [/\bmd5\b/i, 'md5'],
  [/package|app_?id|bundle_?id/i, 'app'],
  [/ip[-_ ]?addr|\bips?\b|ipv[46]/i, 'ip'],
  [/domain|\bhosts?\b|hosts_full|website|blocklist/i, 'domain'],
  [/\burls?\b/i, 'url'],
  [/e-?mail/i, 'email'],
  [/file_?paths?|\bpaths?\b/i, 'path'],
  [/file_?names?|\bfiles?\b/i, 'file-name'],
  [/process/i, 'process'],
  [/config_?profile|\bprofile/i, 'profile'],
  [/propert/i, 'property'],
];

/** The kind that a file's or a column's name tells; null where it tells none. */
export function kindOfLabel(label: string): ObservableKind | null {
  const words = label.replace(/\.[a-z0-9]+$/i, '');
  return BY_LABEL.find(([shape]) => shape.test(words))?.[1] ?? null;
}

/**
 * A list with one value a line: comments after `#`, `//` or `;` at the beginning of a line, addresses as reports disarm them, and the lines of a hosts file
 * (`0.0.0.0 name`). The kind is told, or that of the file's name, or guessed for each line.
 */
export function readPlainList(text: string, name: string, told?: ObservableKind): Read {
  const list = createListBuilder(name);
  const kind = told ?? kindOfLabel(name);
  let number = 0;
  for (let from = 0; from <= text.length; ) {
    let to = text.indexOf('\n', from);
    if (to < 0) to = text.length;
    number += 1;
    const line = text.slice(from, Math.min(to, from + 4_200)).trim();
    from = to + 1;
    if (line === '' || line.startsWith('#') || line.startsWith('//') || line.startsWith(';')) continue;
    const value = refang(line.replace(/^(?:0\.0\.0\.0|127\.0\.0\.1|::1?)\s+/, '').replace(/\s+#.*$/, ''));
    const found = kindOf(value, kind);
    if (found === null) list.skip('list.value', `Line ${number} is no value that can be compared.`, name);
    else list.add({ all: [{ kind: found, value }], name: null, reference: `line ${number}`, at: null });
  }
  return list.finish();
}

/** Of a told kind where the value can be of it. Lists of domains hold addresses, too. */
function kindOf(value: string, told: ObservableKind | null): ObservableKind | null {
  if (told === 'domain' && normalise('ip', value) !== null) return 'ip';
  if (told !== null && normalise(told, value) !== null) return told;
  return guessKinds(value)[0] ?? null;
}

/**
 * A table with commas, semicolons or tabs and a header (RFC 4180). Columns count by their names; a column `type` or `kind` says what the column `indicator` or `value` holds.
 */
export function readCsvList(text: string, name: string): Read {
  const list = createListBuilder(name);
  const rows = csvRows(text);
  const header = rows.next().value;
  if (header === undefined) return list.finish();
  const columns = header.map((label) => label.trim().toLowerCase());
  const typeAt = columns.findIndex((label) => label === 'type' || label === 'kind');
  const valueAt = columns.findIndex((label) => /^(?:indicator|value|ioc|observable)$/.test(label));
  const nameAt = columns.findIndex((label) => /^(?:app|family|malware|campaign|name)$/.test(label));
  let number = 1;
  for (const row of rows) {
    number += 1;
    const family = row[nameAt]?.trim();
    const common = {
      name: family === undefined || family === '' ? null : family.slice(0, 300),
      reference: `row ${number}`,
      at: null,
    };
    if (valueAt >= 0) {
      const value = refang(row[valueAt]?.trim() ?? '');
      const label = row[typeAt] ?? '';
      const kind = kindOf(value, kindOfLabel(label));
      if (kind !== null) list.add({ all: [{ kind, value }], ...common });
      else if (value !== '') list.skip('list.value', `Row ${number} is no value that can be compared.`, name);
      continue;
    }
    for (const [index, label] of columns.entries()) {
      if (index === nameAt) continue;
      const kind = kindOfLabel(label);
      const value = refang(row[index]?.trim() ?? '');
      if (kind !== null && value !== '' && normalise(kind, value) !== null)
        list.add({ all: [{ kind, value }], ...common });
    }
  }
  return list.finish();
}

/** Rows of a table, one at a time. Quoted cells may hold separators and line ends. */
function* csvRows(text: string): Generator<readonly string[], undefined> {
  const separator = ([',', ';', '\t'] as const)
    .map((sign) => ({ sign, count: (text.slice(0, 2_000).split('\n', 1)[0] ?? '').split(sign).length }))
    .sort((a, b) => b.count - a.count)[0]?.sign;
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (quoted) {
      if (sign === '"' && text[at + 1] === '"') at += 1;
      else if (sign === '"') {
        quoted = false;
        continue;
      }
      if (cell.length < 4_096) cell += sign;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === separator || sign === '\n') {
      if (row.length < 200) row.push(cell.replace(/\r$/, ''));
      cell = '';
      if (sign === '\n') {
        yield row;
        row = [];
      }
    } else if (cell.length < 4_096) cell += sign;
  }
  if (cell !== '' || row.length > 0) yield [...row, cell];
  return undefined;
}

/**
 * Families of stalkerware as the AssoEchap list has them (a parsed YAML value): names, packages, certificates (SHA-1), websites, and addresses that the apps talk to.
 */
export function readFamilies(value: unknown, name: string): Read {
  const list = createListBuilder(name);
  if (!Array.isArray(value)) {
    list.skip('families.none', 'This is no list of families.', name);
    return list.finish();
  }
  for (const [index, entry] of value.entries()) {
    const family = stringAt(entry, 'name');
    const common = { name: family?.slice(0, 300) ?? null, reference: `entry ${index + 1}`, at: null };
    const add = (kind: ObservableKind, values: unknown): void => {
      if (!Array.isArray(values)) return;
      for (const text of values) {
        if (typeof text !== 'string') continue;
        const fitting = kind === 'domain' ? kindOfPlace(text) : kind;
        if (normalise(fitting, text) === null)
          list.skip('families.value', `${text.slice(0, 100)} is no ${kind}.`, name);
        else list.add({ all: [{ kind: fitting, value: text }], ...common });
      }
    };
    add('app', fieldAt(entry, 'packages'));
    add('certificate-sha1', fieldAt(entry, 'certificates'));
    add('domain', fieldAt(entry, 'websites'));
    add('domain', fieldAt(entry, 'distribution'));
    const c2 = fieldAt(entry, 'c2');
    add('domain', fieldAt(c2, 'domains'));
    add('ip', fieldAt(c2, 'ips'));
  }
  return list.finish();
}

/** Lists of websites hold addresses and whole URLs, too. */
function kindOfPlace(text: string): ObservableKind {
  if (normalise('ip', text) !== null) return 'ip';
  return /^https?:\/\//i.test(text) || text.includes('/') ? 'url' : 'domain';
}

function fieldAt(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
}

function stringAt(value: unknown, key: string): string | null {
  const field = fieldAt(value, key);
  return typeof field === 'string' ? field : null;
}
