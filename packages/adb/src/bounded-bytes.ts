/** Bytes gathered piece by piece, up to a limit. */
export interface BoundedBytes {
  /** False when the piece did not fit; what fits of it is kept. */
  add(piece: Uint8Array): boolean;
  bytes(): Uint8Array<ArrayBuffer>;
}

export function createBoundedBytes(maxBytes: number): BoundedBytes {
  const pieces: Uint8Array[] = [];
  let size = 0;
  return {
    add(piece) {
      const fitting = piece.subarray(0, maxBytes - size);
      if (fitting.length > 0) pieces.push(fitting);
      size += fitting.length;
      return fitting.length === piece.length;
    },
    bytes() {
      const all = new Uint8Array(size);
      let at = 0;
      for (const piece of pieces) {
        all.set(piece, at);
        at += piece.length;
      }
      return all;
    },
  };
}
