import { ByteWriter } from '@vedette/bytes';
import { WIRE_32_BITS, WIRE_LENGTH, WIRE_VARINT } from './proto-cursor.ts';

/** Writes a message field by field, for builders. What is undefined is left out. */
export class ProtoWriter {
  readonly #out = new ByteWriter();

  /** An unsigned number; a negative one as `int32` and `int64` have it: ten bytes. */
  varint(field: number, value: number | boolean | undefined): this {
    if (value === undefined) return this;
    this.#key(field, WIRE_VARINT);
    const number = Number(value);
    if (number >= 0) writeVarint(this.#out, number);
    else this.#out.u8(...negative(number));
    return this;
  }

  float(field: number, value: number | undefined): this {
    if (value === undefined) return this;
    this.#key(field, WIRE_32_BITS);
    this.#out.bytes(new Uint8Array(new Float32Array([value]).buffer));
    return this;
  }

  bytes(field: number, value: Uint8Array | undefined): this {
    if (value === undefined) return this;
    this.#key(field, WIRE_LENGTH);
    writeVarint(this.#out, value.length);
    this.#out.bytes(value);
    return this;
  }

  text(field: number, value: string | undefined): this {
    return this.bytes(field, value === undefined ? undefined : new TextEncoder().encode(value));
  }

  message(field: number, value: ProtoWriter | undefined): this {
    return this.bytes(field, value?.finish());
  }

  /** Bytes as they are: for what no honest writer writes. */
  raw(bytes: ArrayLike<number>): this {
    this.#out.bytes(bytes);
    return this;
  }

  finish(): Uint8Array {
    return this.#out.finish();
  }

  #key(field: number, wireType: number): void {
    writeVarint(this.#out, field * 8 + wireType);
  }
}

function writeVarint(out: ByteWriter, value: number): void {
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) out.u8((rest % 128) | 0x80);
  out.u8(rest);
}

/** Two's complement of 64 bits; the number must fit 32. */
function negative(value: number): number[] {
  let rest = BigInt.asUintN(64, BigInt(Math.trunc(value)));
  const bytes: number[] = [];
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest)];
}
