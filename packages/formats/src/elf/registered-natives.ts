import type { AddressMap } from './address-map.ts';
import { type ElfFields, elfText } from './elf-fields.ts';
import { MAX_RELOCATIONS, type Relocation } from './relocations.ts';

/** A row of a table of `JNINativeMethod` (jni.h): what `RegisterNatives` is given. */
export interface RegisteredNative {
  readonly method: string;
  /** e.g. `(Ljava/lang/String;)V`. */
  readonly descriptor: string;
  /** Address of the function. */
  readonly address: number;
  /** Address of the row. */
  readonly at: number;
}

/** Pointers that a file has in its data, as they are after loading: where each is, and where it leads, in file order of the relocations. */
export interface PointerTable {
  readonly count: number;
  add(relocation: Relocation): void;
  /** Where the pointer at `address` leads; undefined where no relocation makes one there. */
  at(address: number): number | undefined;
  /** Addresses that hold pointers, ascending. */
  addresses(): readonly number[];
}

/** Collects the pointers that relative relocations make. */
export function createPointerTable(fields: ElfFields, map: AddressMap, relativeType: number): PointerTable {
  const pointers = new Map<number, number>();
  return {
    get count() {
      return pointers.size;
    },
    add({ address, type, addend }) {
      if (type !== relativeType || pointers.size >= MAX_POINTERS) return;
      const offset = addend === null ? map.offsetOf(address) : null;
      pointers.set(address, addend ?? (offset === null ? 0 : fields.word(offset)));
    },
    at: (address) => pointers.get(address),
    addresses: () => [...pointers.keys()].sort((a, b) => a - b),
  };
}

/** Two million entries of a Map cost some 100 MB; a file with more pointers is not searched beyond. */
const MAX_POINTERS = MAX_RELOCATIONS / 4;
const MAX_NATIVES = 20_000;
/** The name of a Java method, and a descriptor: parameters in brackets, then one type. */
const METHOD_NAME = /^[\p{L}_$<][\p{L}\p{N}_$<>-]{0,250}$/u;
const DESCRIPTOR = /^\((?:\[*(?:[BCDFIJSZ]|L[^;()[]{1,250};)){0,255}\)(?:V|\[*(?:[BCDFIJSZ]|L[^;()[]{1,250};))$/u;

/**
 * Methods that a library registers by hand: three pointers in a row of which the first leads to a method's name and the second to a descriptor. This is how names that
 * no symbol shows are found without running `JNI_OnLoad`; tables that are put together at run time, or whose texts are encrypted, are not.
 */
export function findRegisteredNatives(fields: ElfFields, map: AddressMap, pointers: PointerTable): RegisteredNative[] {
  const { wordSize, bytes } = fields;
  const found: RegisteredNative[] = [];
  for (const at of pointers.addresses()) {
    const descriptorAt = pointers.at(at + wordSize);
    const address = pointers.at(at + 2 * wordSize);
    if (descriptorAt === undefined || address === undefined || found.length >= MAX_NATIVES) continue;
    const range = map.rangeOf(descriptorAt);
    if (range === null || bytes[range.offset] !== 0x28) continue; // "("
    const name = map.rangeOf(pointers.at(at) ?? -1);
    if (name === null) continue;
    const descriptor = elfText(bytes, range.offset, Math.min(range.end, range.offset + 1_024));
    const method = elfText(bytes, name.offset, Math.min(name.end, name.offset + 256));
    if (METHOD_NAME.test(method) && DESCRIPTOR.test(descriptor)) found.push({ method, descriptor, address, at });
  }
  return found;
}
