import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUrls } from './urls.ts';

/** Up to U+2FFF there is all that terminals obey and most of what hides text. (The arbitrary for whole Unicode is slow to set up.) */
const anyText = fc.array(fc.nat(0x2fff), { maxLength: 60 }).map((codes) => String.fromCodePoint(...codes));

const read = (...values: readonly string[]) => readUrls(values.map((value) => ({ file: 'classes.dex', value })));

describe('readUrls', () => {
  it('finds addresses inside of text, without the punctuation around them', () => {
    expect(read('See (https://a.vedette-test.org/x), or ws://b.vedette-test.co.uk:81/y.')).toMatchObject([
      { url: 'https://a.vedette-test.org/x', scheme: 'https', host: 'a.vedette-test.org', domain: 'vedette-test.org' },
      { url: 'ws://b.vedette-test.co.uk:81/y', scheme: 'ws', domain: 'vedette-test.co.uk' },
    ]);
  });

  it('tells numbers from names', () => {
    expect(read('http://45.33.32.156:8080/a')).toMatchObject([{ host: '45.33.32.156', isIp: true, domain: null }]);
  });

  it('leaves out names of XML vocabularies and hosts that cannot exist', () => {
    expect(
      read('http://schemas.android.com/apk/res/android', 'http://www.w3.org/2000/svg', 'https://a.b.nosuchtld/'),
    ).toEqual([]);
  });

  it('lower-cases hosts and takes user names off', () => {
    expect(read('HTTPS://somebody@API.Vedette-Test.ORG/')).toMatchObject([
      { host: 'api.vedette-test.org', scheme: 'https' },
    ]);
  });

  it('gives each address once per file', () => {
    expect(read('https://a.vedette-test.org/', 'https://a.vedette-test.org/')).toHaveLength(1);
  });

  it('is total and bounded on any text', () => {
    fc.assert(
      fc.property(anyText, (noise) => {
        for (const use of read(`http://${noise}`, noise)) expect(use.host.length).toBeLessThanOrEqual(253);
      }),
    );
    expect(read('http://'.repeat(100_000)).length).toBeLessThanOrEqual(20_000);
  });
});
