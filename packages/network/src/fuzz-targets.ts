import { type FuzzTarget, mutate } from '@vedette/formats/builders';
import { ja3 } from './hello/ja3.ts';
import { readClientHello } from './hello/read-client-hello.ts';
import { summariseHello } from './hello/summarise-hello.ts';
import { buildHello } from './testing/build-hello.ts';

/** Readers of what strangers send, for the fuzzers (`npm run fuzz`). */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    reader: 'client-hello',
    seeds: () => [
      buildHello({
        cipherSuites: [0x1301, 0x1302, 0xc02b, 0x0a0a],
        extensions: [0, 10, 11, 13, 16, 43, 51, 0x1a1a],
        serverName: 'www.example.com',
        alpn: ['h2', 'http/1.1'],
        supportedVersions: [0x0304, 0x0303],
        groups: [29, 23],
        pointFormats: [0],
        signatureAlgorithms: [0x0403, 0x0804],
      }),
      buildHello({ extensions: [0, 43], serverName: 'a', supportedVersions: [0x0304] }, 7),
    ],
    generate(random) {
      const some = (most: number): number[] =>
        Array.from({ length: Math.floor(random() * most) }, () => Math.floor(random() * 65_536));
      const bytes = buildHello(
        {
          cipherSuites: some(200),
          extensions: [...some(20), ...[0, 10, 11, 13, 16, 43].filter(() => random() < 0.7)],
          serverName: 'x'.repeat(Math.floor(random() * 300)),
          alpn: some(5).map((value) => String.fromCharCode(value & 0xff).repeat(value % 260)),
          supportedVersions: some(10),
          groups: some(10),
          pointFormats: some(10).map((value) => value & 0xff),
          signatureAlgorithms: some(30),
        },
        1 + Math.floor(random() * 900),
      );
      return random() < 0.5 ? bytes : mutate(bytes, Math.floor(random() * 2 ** 31));
    },
    read(bytes) {
      const read = readClientHello(bytes);
      if (read.kind !== 'hello') return;
      summariseHello(read.hello);
      ja3(read.hello);
    },
  },
];
