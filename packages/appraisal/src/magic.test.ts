import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { executableOf } from './magic.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('executableOf', () => {
  it.each([
    ['assets/a.bin', 'dex\n039\0', 'dex'],
    ['assets/a.bin', '\x7fELF\x02', 'elf'],
    ['assets/a.bin', 'PK\x03\x04....AndroidManifest.xml', 'apk'],
    ['assets/a.apk', 'PK\x03\x04', 'apk'],
    ['assets/a.jar', 'PK\x03\x04....classes.dex', 'archive-with-code'],
    ['assets/a.zip', 'PK\x03\x04....pictures/1.png', null],
    ['assets/a.txt', 'dex\nterity', null],
    ['assets/a.txt', '', null],
  ])('%s that begins with %j is %s', (path, text, expected) => {
    expect(executableOf(path, bytes(text))).toBe(expected);
  });

  it('is total', () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array({ maxLength: 64 }), (path, head) => {
        executableOf(path, head);
      }),
    );
  });
});
