/** Payload pseudo-instructions stand behind a method's code and begin with these units. */
export const PACKED_SWITCH_PAYLOAD = 0x0100;
export const SPARSE_SWITCH_PAYLOAD = 0x0200;
export const FILL_ARRAY_PAYLOAD = 0x0300;

/** Width in code units of the payload at `at`; 0 when there is none. May exceed the method. */
export function payloadWidth(units: Uint16Array, at: number): number {
  const size = units[at + 1] ?? 0;
  switch (units[at]) {
    case PACKED_SWITCH_PAYLOAD:
      return size * 2 + 4;
    case SPARSE_SWITCH_PAYLOAD:
      return size * 4 + 2;
    case FILL_ARRAY_PAYLOAD: {
      // Here `size` is the width of an element; their number follows as 32 bits.
      const count = (units[at + 2] ?? 0) + (units[at + 3] ?? 0) * 0x1_0000;
      return Math.ceil((count * size) / 2) + 4;
    }
    default:
      return 0;
  }
}

export interface SwitchPayload {
  readonly kind: 'packed-switch' | 'sparse-switch';
  readonly keys: readonly number[];
  /** Relative to the address of the switch instruction, in code units; one per key. */
  readonly targets: readonly number[];
}

export interface ArrayPayload {
  readonly kind: 'array';
  /** Bytes per element. */
  readonly elementWidth: number;
  readonly count: number;
  /** The elements' bytes, as far as they are in the method. */
  readonly data: Uint8Array;
}

export type Payload = SwitchPayload | ArrayPayload;

const i32 = (units: Uint16Array, at: number): number => (units[at] ?? 0) | ((units[at + 1] ?? 0) << 16);

/** `packed-switch-payload` or `sparse-switch-payload` at `at`; entries beyond `end` are left out. */
export function switchPayload(units: Uint16Array, at: number, end: number): SwitchPayload {
  const size = units[at + 1] ?? 0;
  if (units[at] === PACKED_SWITCH_PAYLOAD) {
    const count = Math.max(0, Math.min(size, (end - at - 4) >> 1));
    const first = i32(units, at + 2);
    return {
      kind: 'packed-switch',
      keys: Array.from({ length: count }, (_, index) => (first + index) | 0),
      targets: Array.from({ length: count }, (_, index) => i32(units, at + 4 + index * 2)),
    };
  }
  const count = Math.max(0, Math.min(size, (end - at - 2) >> 2));
  return {
    kind: 'sparse-switch',
    keys: Array.from({ length: count }, (_, index) => i32(units, at + 2 + index * 2)),
    targets: Array.from({ length: count }, (_, index) => i32(units, at + 2 + (size + index) * 2)),
  };
}

/** `fill-array-data-payload` at `at`; data beyond `end` is left out. */
export function arrayPayload(units: Uint16Array, at: number, end: number): ArrayPayload {
  const elementWidth = units[at + 1] ?? 0;
  const count = (units[at + 2] ?? 0) + (units[at + 3] ?? 0) * 0x1_0000;
  const sizeBytes = Math.min(elementWidth * count, (end - at - 4) * 2, units.byteLength - (at + 4) * 2);
  // A head that is cut off at the end of the file has its elements beyond it, where no view can begin.
  const data =
    sizeBytes > 0 ? new Uint8Array(units.buffer, units.byteOffset + (at + 4) * 2, sizeBytes) : new Uint8Array(0);
  return { kind: 'array', elementWidth, count, data };
}
