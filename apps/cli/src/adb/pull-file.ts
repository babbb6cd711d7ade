import { createFrameReader, oneLine, type PhoneLink, type PhoneStream } from '@vedette/adb';

/** Of the file service (SYNC.TXT of Android's adb): four letters and a length or a number, little-endian. */
const SYNC_HEADER_BYTES = 8;
/** `SYNC_DATA_MAX`, in bytes. */
const MAX_DATA_BYTES = 64 * 1024;
const MAX_PATH_BYTES = 1024;

/**
 * Reads one file of the phone, piece by piece.
 * @throws Error when the phone refuses the file, breaks the protocol or ends before the file does
 */
export async function pullFile(
  link: PhoneLink,
  path: string,
  onPiece: (piece: Uint8Array) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const encoded = new TextEncoder().encode(path);
  if (encoded.length > MAX_PATH_BYTES) throw new RangeError('the path is too long');
  signal.throwIfAborted();
  const stream = await link.open('sync:');
  const stop = (): void => void stream.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const request = new Uint8Array(SYNC_HEADER_BYTES + encoded.length);
    request.set(new TextEncoder().encode('RECV'));
    new DataView(request.buffer).setUint32(4, encoded.length, true);
    request.set(encoded, SYNC_HEADER_BYTES);
    await stream.write(request);
    await receive(stream, onPiece, signal);
  } finally {
    signal.removeEventListener('abort', stop);
    void stream.close();
  }
}

async function receive(
  stream: PhoneStream,
  onPiece: (piece: Uint8Array) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const pieces: Uint8Array[] = [];
  const state = { done: false };
  const shape = {
    headerBytes: SYNC_HEADER_BYTES,
    // The number of DONE is a time, not a length.
    payloadBytes: (header: DataView) => (idOf(header) === 'DONE' ? 0 : header.getUint32(4, true)),
    maxPayloadBytes: MAX_DATA_BYTES,
  };
  const feed = createFrameReader(shape, ({ header, payload }) => {
    const id = idOf(header);
    if (id === 'DATA' && !state.done) pieces.push(payload);
    else if (id === 'DONE') state.done = true;
    else if (id === 'FAIL') throw new Error(oneLine(new TextDecoder().decode(payload.subarray(0, 200))));
    else throw new Error('the phone answered with something that is no part of a file');
  });
  while (!state.done) {
    const chunk = await stream.read();
    if (signal.aborted) throw new Error('took too long');
    if (chunk === null) throw new Error('broke off');
    feed(chunk);
    for (const piece of pieces.splice(0)) await onPiece(piece);
  }
}

function idOf(header: DataView): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((at) => header.getUint8(at)));
}
