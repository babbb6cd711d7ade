import type { MachOEncryption, MachOImport, MachOSegment } from './mach-o-file.ts';
import { zeroText } from './texts.ts';
import type { Words } from './words.ts';

/** What a pointer in the file will hold once loaded: an address, or what is bound to it. */
export type LoadedPointer =
  | { readonly kind: 'address'; readonly address: number }
  | { readonly kind: 'bind'; readonly name: string };

/** A slice as it lies in memory. Everything read here may be in an encrypted range: `touchedEncrypted` counts those reads. */
export interface ImageMemory {
  readonly words: Words;
  /** Offset in the slice of an address as linked; null where no file content is mapped. */
  offsetOf(address: number): number | null;
  /** The pointer at an offset in the slice. */
  pointerAt(offset: number): LoadedPointer;
  /** The address at `offset`, 0 for binds. */
  addressAt(offset: number): number;
  /** The text at an address; null where there is none, or only encrypted bytes. */
  textAt(address: number): string | null;
  /** Whether `size` bytes at `offset` can be read; counts it when they are encrypted. */
  isPlain(offset: number, size: number): boolean;
  readonly touchedEncrypted: number;
}

export interface ImageSource {
  readonly words: Words;
  readonly segments: readonly MachOSegment[];
  readonly encryption: MachOEncryption | null;
  readonly imports: readonly MachOImport[];
  /** 0: pointers are plain addresses and `binds` says what is written where. */
  readonly pointerFormat: number;
  readonly binds: ReadonlyMap<number, string>;
  /** Address of the header. */
  readonly base: number;
}

const MAX_SEGMENTS = 64;

export function createImageMemory(source: ImageSource): ImageMemory {
  const { words, encryption } = source;
  const mapped = source.segments
    .filter(({ fileSize, name }) => fileSize > 0 && name !== '__LINKEDIT')
    .slice(0, MAX_SEGMENTS);
  const cipherStart = encryption !== null && encryption.id !== 0 ? encryption.offset : 0;
  const cipherEnd = encryption !== null && encryption.id !== 0 ? encryption.offset + encryption.size : 0;
  let touchedEncrypted = 0;
  // Text whose entries all point at one long text must not be read again and again.
  let textLeft = words.bytes.length * 4 + 65_536;

  const segmentAt = (address: number): MachOSegment | undefined =>
    mapped.find((segment) => address >= segment.address && address < segment.address + segment.fileSize);
  const offsetOf = (address: number): number | null => {
    const segment = segmentAt(address);
    if (segment === undefined) return null;
    const offset = segment.fileOffset + (address - segment.address);
    return offset < words.bytes.length ? offset : null;
  };
  const addressOf = (offset: number): number => {
    const segment = mapped.find(({ fileOffset, fileSize }) => offset >= fileOffset && offset < fileOffset + fileSize);
    return segment === undefined ? 0 : segment.address + (offset - segment.fileOffset);
  };
  const isPlain = (offset: number, size: number): boolean => {
    if (offset + size <= cipherStart || offset >= cipherEnd) return true;
    touchedEncrypted += 1;
    return false;
  };
  const pointerAt = (offset: number): LoadedPointer => {
    if (source.pointerFormat !== 0) return chainedPointer(source, offset);
    const bound = source.binds.size === 0 ? undefined : source.binds.get(addressOf(offset));
    return bound === undefined ? { kind: 'address', address: words.word(offset) } : { kind: 'bind', name: bound };
  };

  return {
    words,
    offsetOf,
    pointerAt,
    addressAt(offset) {
      const pointer = pointerAt(offset);
      return pointer.kind === 'address' ? pointer.address : 0;
    },
    textAt(address) {
      const offset = address === 0 ? null : offsetOf(address);
      if (offset === null || !isPlain(offset, 1) || textLeft <= 0) return null;
      const text = zeroText(words.bytes, offset);
      textLeft -= (text?.length ?? 0) + 1;
      return text;
    },
    isPlain,
    get touchedEncrypted() {
      return touchedEncrypted;
    },
  };
}

/** Pointers of chained fixups as they stand in the file (mach-o/fixup-chains.h, DYLD_CHAINED_PTR_…). */
function chainedPointer({ words, imports, pointerFormat, base }: ImageSource, offset: number): LoadedPointer {
  const low = words.u32(offset + (words.bigEndian ? 4 : 0));
  const high = words.u32(offset + (words.bigEndian ? 0 : 4));
  const bind = (ordinal: number): LoadedPointer => ({ kind: 'bind', name: imports[ordinal]?.name ?? '' });
  const at = (address: number): LoadedPointer => ({ kind: 'address', address });
  switch (pointerFormat) {
    case 1: // ARM64E: addresses
    case 7: // ARM64E_KERNEL
    case 9: // ARM64E_USERLAND: offsets from the header
    case 12: {
      // ARM64E_USERLAND24: as 9, with wider ordinals
      const isAuthenticated = high >>> 31 !== 0;
      const isBind = ((high >>> 30) & 1) !== 0;
      if (isBind) return bind(pointerFormat === 12 ? low & 0xff_ffff : low & 0xffff);
      if (isAuthenticated) return at(base + low);
      const target = low + (high & 0x7ff) * 0x1_0000_0000;
      return at(pointerFormat === 1 ? target : base + target);
    }
    case 2: // 64: addresses
    case 6: {
      // 64_OFFSET
      if (high >>> 31 !== 0) return bind(low & 0xff_ffff);
      const target = low + (high & 0xf) * 0x1_0000_0000;
      return at(pointerFormat === 2 ? target : base + target);
    }
    case 3: // 32
      return low >>> 31 !== 0 ? bind(low & 0xf_ffff) : at(low & 0x3ff_ffff);
    default:
      return at(words.word(offset));
  }
}
