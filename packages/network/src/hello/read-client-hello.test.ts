import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildHello } from '../testing/build-hello.ts';
import { capturedHellos } from '../testing/captured-hellos.ts';
import { ja3Text } from './ja3.ts';
import { ja4 } from './ja4.ts';
import { type ClientHello, MAX_HELLO_BYTES, readClientHello } from './read-client-hello.ts';

/** The example of FoxIO's description of JA4: Chrome, with GREASE put in. */
const CHROME: Partial<ClientHello> = {
  cipherSuites: [
    0x4a4a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c, 0x009d,
    0x002f, 0x0035,
  ],
  extensions: [
    0x3a3a, 0x001b, 0x0000, 0x0033, 0x0010, 0x4469, 0x0017, 0x002d, 0x000d, 0x0005, 0x0023, 0x0012, 0x002b, 0xff01,
    0x000b, 0x000a, 0x0015,
  ],
  serverName: 'example.com',
  alpn: ['h2', 'http/1.1'],
  supportedVersions: [0x6a6a, 0x0304, 0x0303],
  groups: [0x2a2a, 0x001d, 0x0017, 0x0018],
  pointFormats: [0],
  signatureAlgorithms: [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601],
};
const CAPTURES = fileURLToPath(new URL('../../../../../shared/data/network/tls-handshakes', import.meta.url));

function helloOf(bytes: Uint8Array): ClientHello {
  const read = readClientHello(bytes);
  if (read.kind !== 'hello') throw new Error(`no hello: ${JSON.stringify(read)}`);
  return read.hello;
}

describe('a greeting of TLS', () => {
  it('is read whole', () => {
    expect(helloOf(buildHello(CHROME))).toEqual({ legacyVersion: 0x0303, recordVersion: 0x0301, ...CHROME });
  });

  it('has the JA4 that its makers publish for it', () => {
    expect(ja4(helloOf(buildHello(CHROME)))).toBe('t13d1516h2_8daaf6152771_e5627efa2ab1');
  });

  it('has a JA3 without GREASE', () => {
    expect(ja3Text(helloOf(buildHello({ ...CHROME, extensions: [0x3a3a, 0, 10, 11] })))).toBe(
      '771,4865-4866-4867-49195-49199-49196-49200-52393-52392-49171-49172-156-157-47-53,0-10-11,29-23-24,0',
    );
  });

  it('is the same in however many records and pieces it comes', () => {
    const whole = helloOf(buildHello(CHROME));
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 600 }), fc.nat(), (recordBytes, cut) => {
        const bytes = buildHello(CHROME, recordBytes);
        expect(helloOf(bytes)).toEqual(whole);
        expect(readClientHello(bytes.subarray(0, cut % bytes.length))).toEqual({ kind: 'incomplete' });
      }),
    );
  });

  it('is not looked for in what follows it', () => {
    const bytes = Uint8Array.from([...buildHello(CHROME), 20, 3, 3, 0, 1, 1]);
    expect(helloOf(bytes).serverName).toBe('example.com');
  });

  it.each([
    ['HTTP', new TextEncoder().encode('GET / HTTP/1.1\r\n')],
    ['a record of data', Uint8Array.of(23, 3, 3, 0, 5, 1, 2, 3, 4, 5)],
    ['another message', Uint8Array.of(22, 3, 1, 0, 4, 2, 0, 0, 0)],
    ['SSL 2.0', Uint8Array.of(0x80, 0x2e, 1, 0, 2)],
    ['a record without content', Uint8Array.of(22, 3, 1, 0, 0)],
    ['one larger than any client sends', Uint8Array.of(22, 3, 1, 0x40, 0, 1, 0, 0x40, 0)],
    ['extensions that end too late', buildHello(CHROME).fill(0xff, 44, 46)],
  ])('is not seen in %s', (_name, bytes) => {
    expect(readClientHello(bytes).kind).toBe('foreign');
  });

  it('does not ask for more than a greeting can be', () => {
    // Records of one byte each would be one message of 16 KiB after 96 KiB.
    const bytes = buildHello({ cipherSuites: Array.from({ length: 8_000 }, () => 0x1301) }, 1);
    expect(readClientHello(bytes.subarray(0, MAX_HELLO_BYTES)).kind).toBe('foreign');
  });

  it('never breaks the reader, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(), fc.nat({ max: 255 }), (bytes, place, byte) => {
        const damaged = buildHello(CHROME);
        damaged[place % damaged.length] = byte;
        for (const one of [bytes, damaged, Uint8Array.of(22, 3, 1, 1, 0, 1, 0, 0, 250, ...bytes)]) {
          const read = readClientHello(one);
          if (read.kind === 'hello')
            expect(ja4(read.hello)).toMatch(/^t[0-9s]{2}[di]\d{4}.{2}_[0-9a-f]{12}_[0-9a-f]{12}$/s);
        }
      }),
    );
  });

  it.skipIf(!existsSync(CAPTURES))(
    `of every real client in the captures is read${existsSync(CAPTURES) ? '' : ' (SKIPPED: no shared data)'}`,
    () => {
      const kinds = capturedHellos(CAPTURES).map(({ bytes }) => readClientHello(bytes).kind);
      expect(kinds.length).toBeGreaterThan(190);
      expect(new Set(kinds)).toEqual(new Set(['hello']));
    },
  );
});
