import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessKinds, refang } from './guess-kinds.ts';
import type { IndicatorList } from './indicator.ts';
import { kindOfLabel, readCsvList, readFamilies, readPlainList } from './read-lists.ts';
import { readStix } from './read-stix.ts';

const flat = ({ indicators }: IndicatorList): string[] =>
  indicators.map(
    ({ all, name }) =>
      `${all.map(({ kind, value }) => `${kind} ${value}`).join(' & ')}${name === null ? '' : ` (${name})`}`,
  );

describe('plain lists', () => {
  it('take the kind from the name of the file, and leave comments out', () => {
    const { value, diagnostics } = readPlainList(
      '# a comment\nevil.test\n\n192.0.2.7\r\nhxxp://x[.]test/a\n',
      'domains.txt',
    );
    expect(flat(value)).toEqual(['domain evil.test', 'ip 192.0.2.7', 'url http://x.test/a']);
    expect(diagnostics).toEqual([]);
  });

  it('read hosts files', () => {
    expect(flat(readPlainList('127.0.0.1 evil.example.org # note\n0.0.0.0 bad.example.org', 'hosts').value)).toEqual([
      'domain evil.example.org',
      'domain bad.example.org',
    ]);
  });

  it('say which lines are nothing', () => {
    const { value, diagnostics } = readPlainList('evil.example.org\n???\n', 'domains.txt');
    expect(value.indicators).toHaveLength(1);
    expect(diagnostics).toMatchObject([{ id: 'list.value', message: expect.stringContaining('Line 2') }]);
  });
});

describe('tables', () => {
  it('read columns by their names', () => {
    const { value } = readCsvList(
      `SHA256,Package Name,Certificate,Version,App\n${'ab'.repeat(32)},com.evil,${'CD'.repeat(20)},9,Evil\n`,
      'samples.csv',
    );
    expect(flat(value)).toEqual([
      `sha256 ${'ab'.repeat(32)} (Evil)`,
      'app com.evil (Evil)',
      `certificate-sha1 ${'CD'.repeat(20)} (Evil)`,
    ]);
  });

  it('read a column of kinds, quotes and other separators', () => {
    expect(
      flat(readCsvList('type;indicator;app\n"domain";"evil.test";"A ""B"""\nip;192.0.2.1;C', 'network.csv').value),
    ).toEqual(['domain evil.test (A "B")', 'ip 192.0.2.1 (C)']);
  });
});

describe('families', () => {
  it('read all that a family has', () => {
    const { value } = readFamilies(
      [
        {
          name: 'Spy',
          packages: ['com.spy'],
          certificates: ['ab'.repeat(20)],
          websites: ['spy.test'],
          c2: { domains: ['c.spy.test'], ips: ['192.0.2.9'] },
        },
      ],
      'ioc.yaml',
    );
    expect(flat(value)).toEqual([
      'app com.spy (Spy)',
      `certificate-sha1 ${'ab'.repeat(20)} (Spy)`,
      'domain spy.test (Spy)',
      'domain c.spy.test (Spy)',
      'ip 192.0.2.9 (Spy)',
    ]);
  });
});

describe('guessing', () => {
  it.each([
    ['https://a.test/', ['url']],
    ['192.0.2.1', ['ip']],
    ['2001:db8::1', ['ip']],
    ['ab'.repeat(32), ['sha256', 'certificate-sha256']],
    ['someone@evil.org', ['email']],
    ['/data/local/tmp/x', ['path']],
    ['com.evil.app', ['app', 'domain']],
    ['evil.com', ['domain', 'app']],
    ['what is this', []],
  ])('%s', (value, kinds) => {
    expect(guessKinds(value)).toEqual(kinds);
  });

  it('undoes what makes addresses harmless to read', () => {
    expect(refang('hxxps[:]//evil[.]example(.)org/a')).toBe('https://evil.example.org/a');
    expect(refang('who[at]evil[dot]org')).toBe('who@evil.org');
  });

  it('knows labels', () => {
    expect(
      [
        'package_names.txt',
        'ip-addresses.txt',
        'v4_domains.txt',
        'sha256.txt',
        'file_paths.txt',
        'config_profiles.txt',
        'android_properties.txt',
        'processes.txt',
        'emails.txt',
        'notes.txt',
      ].map(kindOfLabel),
    ).toEqual(['app', 'ip', 'domain', 'sha256', 'path', 'profile', 'property', 'process', 'email', null]);
  });
});

describe('hostile lists', () => {
  it('never throw', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        readPlainList(text, 'x.txt');
        readCsvList(`type,value\n${text}`, 'x.csv');
        return true;
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        readStix(value, 'x');
        readStix({ objects: [value, { type: 'indicator', id: value, pattern: value }] }, 'x');
        readFamilies(value, 'x');
        readFamilies([value, { packages: value, c2: value }], 'x');
        return true;
      }),
    );
  });

  it('say what they are not', () => {
    expect(readStix({}, 'x').diagnostics).toMatchObject([{ id: 'stix.no-bundle' }]);
    expect(readFamilies({}, 'x').diagnostics).toMatchObject([{ id: 'families.none' }]);
  });
});
