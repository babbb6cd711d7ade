/** One packet of a protocol whose packets begin with a header of fixed size. Both parts are copies. */
export interface Frame {
  readonly header: DataView;
  readonly payload: Uint8Array;
}

export interface FrameShape {
  readonly headerBytes: number;
  /** Bytes that follow a header. */
  readonly payloadBytes: (header: DataView) => number;
  /** A header that announces more is refused, before anything is set aside for it. */
  readonly maxPayloadBytes: number;
}

/**
 * Cuts a stream of bytes into packets; never holds more than one packet and one chunk.
 * @throws RangeError when a header announces more than the shape allows
 */
export function createFrameReader(shape: FrameShape, onFrame: (frame: Frame) => void): (chunk: Uint8Array) => void {
  const { headerBytes, payloadBytes, maxPayloadBytes } = shape;
  let waiting = new Uint8Array();
  return (chunk) => {
    waiting = joined(waiting, chunk);
    let at = 0;
    while (waiting.length - at >= headerBytes) {
      const header = new DataView(waiting.slice(at, at + headerBytes).buffer);
      const length = payloadBytes(header);
      if (length > maxPayloadBytes)
        throw new RangeError(`the phone announced a packet of ${length} bytes; at most ${maxPayloadBytes} are allowed`);
      if (waiting.length - at < headerBytes + length) break;
      const payload = waiting.slice(at + headerBytes, at + headerBytes + length);
      at += headerBytes + length;
      onFrame({ header, payload });
    }
    waiting = waiting.slice(at);
  };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
