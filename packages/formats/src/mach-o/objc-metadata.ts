/**
 * Objective-C metadata of the modern runtime (objc4, objc-runtime-new.h): classes, their methods, protocols and
 * categories, out of the lists that the runtime itself reads. Names are given as the runtime sees them; Swift's mangled
 * class names are also given readable.
 */
import type { ImageMemory } from './image-memory.ts';
import type {
  MachOSegment,
  ObjcCategory,
  ObjcClass,
  ObjcMetadata,
  ObjcMethod,
  ObjcProtocol,
  Readable,
} from './mach-o-file.ts';
import { isZeroFill } from './segments.ts';
import { demangleTypeName } from './swift-names.ts';

/** Reads what the sections list. Nothing is read twice as often as the file could hold it. */
export function readObjc(memory: ImageMemory, segments: readonly MachOSegment[]): Readable<ObjcMetadata> {
  const reader = new ObjcReader(memory);
  const before = memory.touchedEncrypted;
  const list = (name: string): readonly number[] => pointerSections(memory, segments, name);
  const classes = list('__objc_classlist').flatMap((address) => reader.class(address) ?? []);
  const categories = list('__objc_catlist').flatMap((address) => reader.category(address) ?? []);
  const protocols = list('__objc_protolist').flatMap((address) => reader.protocol(address) ?? []);
  const selectors = list('__objc_selrefs').flatMap((address) => memory.textAt(address) ?? []);
  const found = classes.length + categories.length + protocols.length + selectors.length;
  const hidden = memory.touchedEncrypted > before;
  return {
    readable: hidden ? (found === 0 ? 'no' : 'partly') : 'yes',
    value: { classes, categories, protocols, selectors },
  };
}

/** Addresses that sections of this name hold, one per pointer. */
function pointerSections(memory: ImageMemory, segments: readonly MachOSegment[], name: string): readonly number[] {
  const { words } = memory;
  const addresses: number[] = [];
  let left = Math.ceil(words.bytes.length / words.pointerSize);
  for (const section of segments.flatMap((segment) => segment.sections)) {
    if (section.name !== name || isZeroFill(section)) continue;
    const end = Math.min(section.offset + section.size, words.bytes.length);
    for (let at = section.offset; at + words.pointerSize <= end && left > 0; at += words.pointerSize) {
      left -= 1;
      if (!memory.isPlain(at, words.pointerSize)) break;
      const address = memory.addressAt(at);
      if (address !== 0) addresses.push(address);
    }
  }
  return addresses;
}

class ObjcReader {
  readonly #memory: ImageMemory;
  readonly #width: number;
  /** Entries of lists that may still be read; honest lists do not overlap. */
  #left: number;

  constructor(memory: ImageMemory) {
    this.#memory = memory;
    this.#width = memory.words.pointerSize;
    this.#left = Math.ceil(memory.words.bytes.length / 4);
  }

  class(address: number): ObjcClass | null {
    const at = this.#place(address, this.#width * 5);
    if (at === null) return null;
    const ro = this.#readOnly(at);
    const rawName = ro === null ? null : this.#text(ro, 'name');
    if (ro === null || rawName === null) return null;
    const metaclass = this.#place(this.#memory.addressAt(at), this.#width * 5);
    const metaRo = metaclass === null ? null : this.#readOnly(metaclass);
    return {
      name: demangleTypeName(rawName),
      superclass: this.#className(at + this.#width),
      methods: [
        ...this.#methods(this.#field(ro, 'methods'), 'instance'),
        ...(metaRo === null ? [] : this.#methods(this.#field(metaRo, 'methods'), 'class')),
      ],
      protocols: this.#protocolNames(this.#field(ro, 'protocols')),
      variables: this.#variables(this.#field(ro, 'variables')),
      // Low bits of the data pointer: Swift's, before and since its ABI is stable.
      swift: (this.#memory.addressAt(at + this.#width * 4) & 3) !== 0 || rawName.startsWith('_Tt'),
    };
  }

  category(address: number): ObjcCategory | null {
    const width = this.#width;
    const at = this.#place(address, width * 4);
    const name = at === null ? null : this.#memory.textAt(this.#memory.addressAt(at));
    if (at === null || name === null) return null;
    return {
      name,
      target: this.#className(at + width),
      methods: [
        ...this.#methods(this.#memory.addressAt(at + width * 2), 'instance'),
        ...this.#methods(this.#memory.addressAt(at + width * 3), 'class'),
      ],
    };
  }

  protocol(address: number): ObjcProtocol | null {
    const width = this.#width;
    const at = this.#place(address, width * 8);
    const name = at === null ? null : this.#memory.textAt(this.#memory.addressAt(at + width));
    if (at === null || name === null) return null;
    const methods = [3, 5].flatMap((index) => this.#methods(this.#memory.addressAt(at + width * index), 'instance'));
    const classMethods = [4, 6].flatMap((index) => this.#methods(this.#memory.addressAt(at + width * index), 'class'));
    return { name: demangleTypeName(name), methods: [...methods, ...classMethods] };
  }

  /** Where a structure of `size` bytes is; null outside of the file, or where it is encrypted. */
  #place(address: number, size: number): number | null {
    const at = address === 0 ? null : this.#memory.offsetOf(address);
    if (at === null || at + size > this.#memory.words.bytes.length || this.#left <= 0) return null;
    this.#left -= 1;
    return this.#memory.isPlain(at, size) ? at : null;
  }

  /** class_ro_t of the class at `at`. */
  #readOnly(at: number): number | null {
    const data = this.#memory.addressAt(at + this.#width * 4);
    return this.#place(data - (data % this.#width), this.#width * 8 + 8);
  }

  #field(ro: number, field: 'name' | 'methods' | 'protocols' | 'variables'): number {
    const index = { name: 1, methods: 2, protocols: 3, variables: 4 }[field];
    const start = this.#width === 8 ? 16 : 12;
    return this.#memory.addressAt(ro + start + index * this.#width);
  }

  #text(ro: number, field: 'name'): string | null {
    return this.#memory.textAt(this.#field(ro, field));
  }

  /** Name of the class that the pointer at `at` leads to, in this file or by what is bound there. */
  #className(at: number): string | null {
    const pointer = this.#memory.pointerAt(at);
    if (pointer.kind === 'bind') return demangleTypeName(pointer.name.replace(/^_OBJC_CLASS_\$_/, '')) || null;
    const target = this.#place(pointer.address, this.#width * 5);
    const ro = target === null ? null : this.#readOnly(target);
    const name = ro === null ? null : this.#text(ro, 'name');
    return name === null ? null : demangleTypeName(name);
  }

  /** method_list_t: pointers, or since iOS 14 offsets relative to themselves. */
  #methods(address: number, kind: ObjcMethod['kind']): readonly ObjcMethod[] {
    const { words } = this.#memory;
    const head = this.#place(address, 8);
    if (head === null) return [];
    const flags = words.u32(head);
    const relative = flags >>> 31 !== 0;
    const direct = ((flags >>> 30) & 1) !== 0;
    const size = relative ? 12 : Math.max(flags & 0xfffc, this.#width * 3);
    const count = this.#count(words.u32(head + 4), head + 8, size);
    const methods: ObjcMethod[] = [];
    for (let index = 0; index < count; index++) {
      const at = head + 8 + index * size;
      if (!this.#memory.isPlain(at, size)) break;
      const listed = address + 8 + index * size;
      const text = (field: number): string | null => {
        if (!relative) return this.#memory.textAt(this.#memory.addressAt(at + field * this.#width));
        const target = listed + field * 4 + words.i32(at + field * 4);
        if (field !== 0 || direct) return this.#memory.textAt(target);
        // The name goes through a selector reference.
        const reference = this.#memory.offsetOf(target);
        return reference === null ? null : this.#memory.textAt(this.#memory.addressAt(reference));
      };
      const selector = text(0);
      if (selector === null) continue;
      const relativeCode = relative ? words.i32(at + 8) : 0;
      const code = relative
        ? relativeCode === 0
          ? 0
          : listed + 8 + relativeCode
        : this.#memory.addressAt(at + this.#width * 2);
      methods.push({ selector, types: text(1) ?? '', kind, implementation: code === 0 ? null : code });
    }
    return methods;
  }

  #protocolNames(address: number): readonly string[] {
    const head = this.#place(address, this.#width);
    if (head === null) return [];
    const count = this.#count(this.#memory.words.word(head), head + this.#width, this.#width);
    return Array.from({ length: count }, (_, index) => head + this.#width * (index + 1)).flatMap((at) => {
      const protocol = this.#place(this.#memory.addressAt(at), this.#width * 2);
      const name = protocol === null ? null : this.#memory.textAt(this.#memory.addressAt(protocol + this.#width));
      return name === null ? [] : [demangleTypeName(name)];
    });
  }

  #variables(address: number): readonly string[] {
    const { words } = this.#memory;
    const head = this.#place(address, 8);
    if (head === null) return [];
    const size = Math.max(words.u32(head) & 0xffff, this.#width * 3 + 8);
    const count = this.#count(words.u32(head + 4), head + 8, size);
    return Array.from({ length: count }, (_, index) => head + 8 + index * size).flatMap(
      (at) => this.#memory.textAt(this.#memory.addressAt(at + this.#width)) ?? [],
    );
  }

  #count(announced: number, start: number, size: number): number {
    const room = Math.floor((this.#memory.words.bytes.length - start) / size);
    const count = Math.max(0, Math.min(announced, room, this.#left));
    this.#left -= count;
    return count;
  }
}
