import type { ClientHello } from '../hello/read-client-hello.ts';

const u16 = (value: number): number[] => [(value >> 8) & 0xff, value & 0xff];
const vector16 = (content: readonly number[]): number[] => [...u16(content.length), ...content];
const vector8 = (content: readonly number[]): number[] => [content.length & 0xff, ...content];
const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0) & 0xff);

/** Writes a ClientHello (RFC 8446, 4.1.2) in records of at most `recordBytes`; extensions without content of their own are empty. */
export function buildHello(spec: Partial<ClientHello> = {}, recordBytes = 16_384): Uint8Array {
  const {
    legacyVersion = 0x0303,
    recordVersion = 0x0301,
    cipherSuites = [0x1301],
    extensions = [],
    serverName = null,
    alpn = [],
    supportedVersions = [],
    groups = [],
    pointFormats = [],
    signatureAlgorithms = [],
  } = spec;
  const contents: Readonly<Record<number, number[]>> = {
    0: serverName === null ? [] : vector16([0, ...vector16(ascii(serverName))]),
    10: vector16(groups.flatMap(u16)),
    11: vector8(pointFormats),
    13: vector16(signatureAlgorithms.flatMap(u16)),
    16: vector16(alpn.flatMap((protocol) => vector8(ascii(protocol)))),
    43: vector8(supportedVersions.flatMap(u16)),
  };
  const body = [
    ...u16(legacyVersion),
    ...Array.from({ length: 32 }, () => 7),
    0,
    ...vector16(cipherSuites.flatMap(u16)),
    1,
    0,
    ...vector16(extensions.flatMap((type) => [...u16(type), ...vector16(contents[type] ?? [])])),
  ];
  const message = [1, 0, ...u16(body.length), ...body];
  const records: number[] = [];
  for (let at = 0; at < message.length; at += recordBytes)
    records.push(22, ...u16(recordVersion), ...vector16(message.slice(at, at + recordBytes)));
  return Uint8Array.from(records);
}
