/**
 * Who refers to what, in compressed rows: the sites that refer to target `t` are those from `starts[t]` up to
 * `starts[t + 1]`, in order of their place in the file.
 */
export interface CrossReferences {
  /** One more than there are targets. */
  readonly starts: Uint32Array;
  /** Which method refers: an index into the code table. */
  readonly methods: Uint32Array;
  /** Where in the method, in code units. */
  readonly offsets: Uint32Array;
  /** Opcode of the referring instruction: whether a call is virtual or static, a field is read or written. See `reference-kinds.ts`. */
  readonly opcodes: Uint8Array;
}
