import { readElf } from '@vedette/formats';
import { buildElf } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import { fakeApp } from '../testing/fake-app.ts';
import { runOn, testRule } from '../testing/test-rule.ts';
import { LIBRARY_ROWS } from './library-rows.ts';
import { LIBRARY_RULES } from './library-rules.ts';

const ruleOf = (id: string) => {
  const rule = LIBRARY_RULES.find((each) => each.id === `android.library.${id}`);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
};

for (const rule of LIBRARY_RULES.filter(({ id }) => id.includes('.tracker-'))) {
  const category = rule.id.slice(rule.id.indexOf('tracker-') + 8);
  const rows = LIBRARY_ROWS.filter((row) => row.category === category);
  testRule(rule, {
    bad: Object.fromEntries(
      rows.map((row) => [row.name, { code: [{ name: `${row.packages[0] ?? ''}A`, methods: {} }], shows: row.name }]),
    ),
    good: { 'a library for something else': { code: [{ name: 'okio.Buffer', methods: {} }] } },
  });
}

/** An app with one native library that carries the text, as far as rules look at it. */
function appWith(text: string) {
  const elf = readElf(buildElf()).value;
  if (elf === null) throw new Error('the builder made no ELF file');
  const strings = () => [{ text, offset: 0 }];
  return {
    ...fakeApp(),
    native: [{ path: 'lib/arm64-v8a/liba.so', abiFolder: 'arm64-v8a', size: 1, elf: { ...elf, strings } }],
  };
}

describe.each([
  ['openssl-heartbleed', 'OpenSSL 1.0.1f 6 Jan 2014', 'OpenSSL 1.0.1g 7 Apr 2014'],
  ['openssl-heartbleed', 'OpenSSL 1.0.1 14 Mar 2012', 'OpenSSL 1.0.0 29 Mar 2010'],
  ['openssl-old', 'OpenSSL 1.0.1q 3 Dec 2015', 'OpenSSL 1.0.1r 28 Jan 2016'],
  ['openssl-old', 'OpenSSL 1.0.2e 3 Dec 2015', 'OpenSSL 1.0.2f 28 Jan 2016'],
  ['openssl-old', 'OpenSSL 0.9.8zh 3 Dec 2015', 'OpenSSL 1.1.1k  25 Mar 2021'],
  ['zlib-deflate', ' deflate 1.2.11 Copyright 1995', ' deflate 1.2.12 Copyright 1995'],
  ['curl-socks', 'libcurl/8.3.0', 'libcurl/8.4.0'],
  ['curl-socks', 'libcurl/7.69.0', 'libcurl/7.68.0'],
  ['libpng-use-after-free', 'libpng version 1.6.36 - x', 'libpng version 1.6.37 - x'],
  ['libpng-use-after-free', 'libpng version 1.6.0 - x', 'libpng version 1.5.30 - x'],
  ['expat-encoding', 'expat_2.4.4', 'expat_2.4.5'],
])('%s', (id, flawed, sound) => {
  it(`finds ${flawed}, leaves ${sound} alone`, () => {
    expect(runOn(ruleOf(id), appWith(flawed))?.evidence).toMatchObject([{ path: 'lib/arm64-v8a/liba.so' }]);
    expect(runOn(ruleOf(id), appWith(sound))).toBeNull();
  });
});
