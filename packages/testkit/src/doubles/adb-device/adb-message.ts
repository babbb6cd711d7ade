/**
 * The messages of ADB between a host and a device: a header of 24 bytes (command, two arguments, length of the payload, sum of its bytes, command inverted; all
 * little-endian) and the payload. Source: protocol.txt of Android's packages/modules/adb. STLS, of wireless debugging, is known only to be refused.
 */
export const ADB_COMMANDS = {
  connect: 0x4e584e43, // 'CNXN'
  authenticate: 0x48545541, // 'AUTH'
  open: 0x4e45504f, // 'OPEN'
  okay: 0x59414b4f, // 'OKAY'
  write: 0x45545257, // 'WRTE'
  close: 0x45534c43, // 'CLSE'
  startTls: 0x534c5453, // 'STLS'
} as const;

export interface AdbMessage {
  readonly command: number;
  readonly first: number;
  readonly second: number;
  readonly payload: Uint8Array;
}

const HEADER_BYTES = 24;
/** What hosts since Android 9 send at most (MAX_PAYLOAD). */
export const MAX_PAYLOAD_BYTES = 1024 * 1024;

export function encodeMessage({ command, first, second, payload }: AdbMessage): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + payload.length);
  const view = new DataView(bytes.buffer);
  const sum = payload.reduce((total, byte) => (total + byte) >>> 0, 0);
  const words = [command, first, second, payload.length, sum, ~command];
  for (const [index, word] of words.entries()) view.setUint32(index * 4, word >>> 0, true);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

/**
 * Cuts a stream of bytes into messages.
 * @throws RangeError when a header is none, or announces a payload larger than a host may send
 */
export function createMessageReader(onMessage: (message: AdbMessage) => void): (chunk: Uint8Array) => void {
  let waiting = Buffer.alloc(0);
  return (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= HEADER_BYTES) {
      const command = waiting.readUInt32LE(0);
      const length = waiting.readUInt32LE(12);
      if (waiting.readUInt32LE(20) !== ~command >>> 0) throw new RangeError('This is no header of an ADB message.');
      if (length > MAX_PAYLOAD_BYTES)
        throw new RangeError(`A payload of ${length} bytes is more than a host may send.`);
      if (waiting.length < HEADER_BYTES + length) return;
      const payload = Uint8Array.from(waiting.subarray(HEADER_BYTES, HEADER_BYTES + length));
      const message = { command, first: waiting.readUInt32LE(4), second: waiting.readUInt32LE(8), payload };
      waiting = waiting.subarray(HEADER_BYTES + length);
      onMessage(message);
    }
  };
}
