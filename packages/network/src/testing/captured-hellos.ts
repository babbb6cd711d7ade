import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One connection's first bytes from the client, put together from a capture. */
export interface CapturedHello {
  /** Path below the folder. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

const ETHERNET_HEAD = 14;

/** What clients sent first, in all captures (`.pcap`, Ethernet, IPv4 or IPv6) below a folder. For tests: it trusts the captures to be well-formed. */
export function capturedHellos(folder: string): CapturedHello[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.pcap'))
    .toSorted()
    .flatMap((file) => firstBytes(readFileSync(join(folder, file))).map((bytes) => ({ file, bytes })));
}

function firstBytes(capture: Buffer): Uint8Array[] {
  const streams = new Map<string, { next: number; pieces: Buffer[] }>();
  for (let at = 24; at + 16 <= capture.length; ) {
    const length = capture.readUInt32LE(at + 8);
    const frame = capture.subarray(at + 16, at + 16 + length);
    at += 16 + length;
    const segment = tcpOf(frame);
    if (segment === null || segment.data.length === 0) continue;
    const { key, sequence, data } = segment;
    const stream = streams.get(key);
    if (stream === undefined) {
      if (data[0] === 22 && data[5] === 1) streams.set(key, { next: (sequence + data.length) >>> 0, pieces: [data] });
    } else if (sequence === stream.next) {
      stream.pieces.push(data);
      stream.next = (stream.next + data.length) >>> 0;
    }
  }
  return [...streams.values()].map(({ pieces }) => new Uint8Array(Buffer.concat(pieces)));
}

function tcpOf(frame: Buffer): { readonly key: string; readonly sequence: number; readonly data: Buffer } | null {
  const type = frame.length < ETHERNET_HEAD ? 0 : frame.readUInt16BE(12);
  const packet = frame.subarray(ETHERNET_HEAD);
  if (type === 0x0800) {
    const head = ((packet[0] ?? 0) & 15) * 4;
    if (packet[9] !== 6) return null;
    // Cards that cut segments themselves leave the length out.
    const length = packet.readUInt16BE(2) || packet.length;
    return segmentOf(packet.subarray(head, length), packet.toString('hex', 12, 20));
  }
  if (type !== 0x86dd || packet[6] !== 6) return null;
  return segmentOf(packet.subarray(40, 40 + packet.readUInt16BE(4)), packet.toString('hex', 8, 40));
}

function segmentOf(tcp: Buffer, ends: string) {
  if (tcp.length < 20) return null;
  const head = ((tcp[12] ?? 0) >> 4) * 4;
  return { key: `${ends} ${tcp.toString('hex', 0, 4)}`, sequence: tcp.readUInt32BE(4), data: tcp.subarray(head) };
}
