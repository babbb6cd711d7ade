import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstUnsupportedSdk } from './jar-algorithm-support.ts';
import { digestsToVerify, fromBase64 } from './jar-digests.ts';
import { jarAttribute, readJarManifest } from './jar-manifest.ts';

const read = (text: string): ReturnType<typeof readJarManifest> => readJarManifest(new TextEncoder().encode(text));

describe('readJarManifest', () => {
  it('joins lines that go on, and takes every kind of line end', () => {
    for (const end of ['\r\n', '\n', '\r']) {
      const text = ['Manifest-Version: 1.0', '', 'Name: assets/a', '  long name', 'SHA1-Digest: x', ''].join(end) + end;
      const { main, sections } = read(text);
      expect([jarAttribute(main, 'manifest-version'), sections[0]?.name]).toEqual(['1.0', 'assets/a long name']);
    }
  });

  it('gives sections with the empty line behind them, and names only where the name comes first', () => {
    const { main, sections } = read('A: 1\n\n\n\nB: 2\nName: x\n\nName: y\nno colon');
    expect([main.start, main.end]).toEqual([0, 6]);
    expect(sections.map(({ name, start, end }) => [name, start, end])).toEqual([
      [null, 8, 22],
      ['y', 22, 38],
    ]);
    expect(sections[1]?.attributes[1]).toEqual(['no colon', '']);
  });

  it('stops after 600,000 lines and says so', () => {
    expect(read('a\n'.repeat(1_000)).complete).toBe(true);
    const { main, complete } = read('a\n'.repeat(700_000));
    expect([main.attributes.length, main.end, complete]).toEqual([600_000, 1_200_000, false]);
  });

  it('covers every byte that is no empty line between sections, once, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', ': ', ' ', '\r', '\n', 'Name: b', '\0')), (parts) => {
        const text = parts.join('');
        const { main, sections } = read(text);
        const all = [main, ...sections].filter(({ attributes }) => attributes.length > 0);
        let at = 0;
        for (const { start, end } of all) {
          expect(text.slice(at, start)).toMatch(/^[\r\n]*$/);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(text.slice(at)).toMatch(/^[\r\n]*$/);
      }),
    );
  });
});

describe('digestsToVerify', () => {
  const section = read('SHA1-Digest: AAAA\nSHA-256-Digest: AQID\nMD5-Digest: BBBB\nDigest-Algorithms: MD5 SHA1\n').main;
  const hashes = (minSdk: number, maxSdk: number): string[] =>
    digestsToVerify(section, '-Digest', { minSdk, maxSdk }).map(({ hash }) => hash);

  it('takes the strongest since Android 4.3, the first listed before, both for a range over both', () => {
    expect([hashes(18, 30), hashes(1, 17), hashes(1, 30)]).toEqual([['sha256'], ['md5'], ['md5', 'sha256']]);
    expect(digestsToVerify(read('SHA-256-Digest: AQID\n').main, '-Digest', { minSdk: 1, maxSdk: 30 })).toEqual([]);
  });

  it('decodes Base64 and refuses what is none', () => {
    expect([fromBase64('AQID'), fromBase64('AQ=='), fromBase64('AQ')]).toEqual([
      Uint8Array.of(1, 2, 3),
      Uint8Array.of(1),
      Uint8Array.of(1),
    ]);
    expect([fromBase64('A'), fromBase64('A*=='), fromBase64('A'.repeat(500))]).toEqual([null, null, null]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect([...(fromBase64(Buffer.from(bytes).toString('base64')) ?? [])]).toEqual([...bytes]);
      }),
    );
  });
});

describe('firstUnsupportedSdk', () => {
  const [sha1, sha256, sha384] = ['1.3.14.3.2.26', '2.16.840.1.101.3.4.2.1', '2.16.840.1.101.3.4.2.2'];
  const [rsa, sha1Rsa, dsa] = ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.5', '1.2.840.10040.4.1'];
  const first = (digest: string, signature: string, minSdk: number, maxSdk = 99): number | null =>
    firstUnsupportedSdk(digest, signature, { minSdk, maxSdk });

  it('knows the gaps between the platforms', () => {
    expect([first(sha1, rsa, 0), first(sha256, rsa, 18), first(sha256, rsa, 0)]).toEqual([null, null, 9]);
    expect([first(sha256, sha1Rsa, 21, 21), first(sha256, sha1Rsa, 21, 22)]).toEqual([null, 22]);
    expect([first(sha384, dsa, 30), first('1.2.3', rsa, 30), first(sha1, '1.2.3', 30)]).toEqual([30, 30, 30]);
  });
});
