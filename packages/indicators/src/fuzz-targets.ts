import type { FuzzTarget } from '@vedette/formats/builders';
import type { IndicatorList } from './indicator.ts';
import { createIndicatorSet } from './indicator-set.ts';
import { readCsvList, readFamilies, readPlainList } from './read-lists.ts';
import { readStix } from './read-stix.ts';
import { readStixPattern } from './stix-pattern.ts';

const PATTERNS = [
  "[domain-name:value = 'evil.test']",
  "[file:hashes.'SHA-256' = 'ab'] OR [url:value = 'https://a.test/?q=1']",
  "[app:id = 'com.evil' AND process:name IN ('a', 'b')] WITHIN 5 SECONDS",
  "[ipv4-addr:value ISSUBSET '198.51.100.0/24'] FOLLOWEDBY [x:y NOT LIKE '%\\'z']",
];
const LISTS = [
  'bad.example.test\n198.51.100.7\n# note\nhxxps://a[.]test/x\n',
  'type,value\ndomain,evil.test\n"sha-256","' + 'ab'.repeat(32) + '"\n',
];
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function use(list: IndicatorList): void {
  const set = createIndicatorSet([list]);
  for (const value of ['evil.test', 'https://w3.evil.test/x', 'com.evil.app', '198.51.100.7'])
    set.match({ kind: 'command', value: `run ${value}` });
}

function mixed(random: () => number, texts: readonly string[]): string {
  const below = (limit: number): number => Math.floor(random() * limit);
  return Array.from({ length: 1 + below(12) }, () => {
    const text = texts[below(texts.length)] ?? '';
    const from = below(text.length);
    return text.slice(from, from + below(40));
  }).join(["'", ' ', '[', '\\', '\n', ',', '"', ''][below(8)]);
}

/** Readers of lists of indicators, for the fuzzers (`npm run fuzz`). */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    reader: 'stix-pattern',
    seeds: () => PATTERNS.map(encode),
    generate: (random) => encode(mixed(random, PATTERNS)),
    read(bytes) {
      const pattern = new TextDecoder().decode(bytes);
      readStixPattern(pattern);
      use(readStix({ type: 'bundle', objects: [{ type: 'indicator', id: 'indicator--1', pattern }] }, 'x').value);
    },
  },
  {
    reader: 'indicator-lists',
    seeds: () => LISTS.map(encode),
    generate: (random) => encode(mixed(random, LISTS)),
    read(bytes) {
      const text = new TextDecoder().decode(bytes);
      use(readPlainList(text, 'domains.txt').value);
      use(readPlainList(text, 'list').value);
      use(readCsvList(text, 'list.csv').value);
      use(
        readFamilies(
          {
            [text]: { packages: [text], certificates: [text], websites: [text], c2: { domains: [text], ips: [text] } },
          },
          'x',
        ).value,
      );
    },
  },
];
