import type { Duplex } from 'node:stream';

/** Ends the reading; the stream is then free for another protocol. */
export type StopReading = () => void;

/** Most bytes a host may send in one piece. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;

/**
 * Cuts what a host sends into pieces and hands them on, one after the other. A host that announces too much is hung up on.
 * @param headerBytes bytes until the length is known
 * @param lengthOf whole length of a piece, header included
 */
export function readFrames(
  stream: Duplex,
  headerBytes: number,
  lengthOf: (header: DataView) => number,
  onFrame: (frame: Uint8Array) => void,
): StopReading {
  let waiting: Uint8Array = new Uint8Array();
  const reading = { stopped: false };
  const take = (chunk: Buffer): void => {
    waiting = Buffer.concat([waiting, chunk]);
    while (!reading.stopped && waiting.length >= headerBytes) {
      const length = lengthOf(new DataView(waiting.buffer, waiting.byteOffset, headerBytes));
      if (length < headerBytes || length > MAX_FRAME_BYTES) {
        stream.destroy();
        return;
      }
      if (waiting.length < length) return;
      const frame = Uint8Array.from(waiting.subarray(0, length));
      waiting = waiting.subarray(length);
      onFrame(frame);
    }
  };
  stream.on('data', take);
  // Whoever read before has paused it.
  stream.resume();
  return () => {
    reading.stopped = true;
    stream.off('data', take);
    stream.pause();
    if (waiting.length > 0) stream.unshift(waiting);
  };
}
