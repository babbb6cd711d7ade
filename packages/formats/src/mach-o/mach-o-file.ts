/** What a Mach-O file says about itself: thin files have one slice. */
export interface MachOFile {
  /** Whether a fat header stands before the slices, and how wide its offsets are. */
  readonly container: 'thin' | 'fat' | 'fat64';
  /** In the order of the fat header; slices that cannot be read are left out and reported. */
  readonly slices: readonly MachOSlice[];
}

export type MachOFileType =
  | 'object'
  | 'execute'
  | 'fvmlib'
  | 'core'
  | 'preload'
  | 'dylib'
  | 'dylinker'
  | 'bundle'
  | 'dylib-stub'
  | 'dsym'
  | 'kext'
  | 'fileset'
  | 'unknown';

export interface MachOSection {
  readonly segment: string;
  readonly name: string;
  readonly address: number;
  readonly size: number;
  /** In bytes from the start of the slice. */
  readonly offset: number;
  /** Low byte the type, the rest attributes (`S_…`, mach-o/loader.h). */
  readonly flags: number;
}

export interface MachOSegment {
  readonly name: string;
  readonly address: number;
  readonly size: number;
  /** In bytes from the start of the slice. */
  readonly fileOffset: number;
  readonly fileSize: number;
  /** Bits: 1 read, 2 write, 4 execute. */
  readonly maximumProtection: number;
  readonly initialProtection: number;
  readonly flags: number;
  readonly sections: readonly MachOSection[];
}

export interface MachOLibrary {
  /** `lazy` and `upward` are loaded too, later or by another. */
  readonly kind: 'load' | 'weak' | 'reexport' | 'lazy' | 'upward';
  /** Path as written, e.g. `@rpath/Extra.framework/Extra`. */
  readonly path: string;
  /** `1.2.3` */
  readonly currentVersion: string;
  readonly compatibilityVersion: string;
}

export interface MachOBuild {
  /** E.g. `ios`, `ios-simulator`, `macos`, or the number of one unknown. */
  readonly platform: string;
  /** `16.4` */
  readonly minimumOs: string;
  readonly sdk: string;
}

export interface MachOEncryption {
  /** In bytes from the start of the slice. */
  readonly offset: number;
  readonly size: number;
  /** 0 not encrypted, 1 FairPlay. */
  readonly id: number;
}

export interface MachOImport {
  readonly name: string;
  /** Path of the library it is bound to; null for flat look-up and when the ordinal leads nowhere. */
  readonly library: string | null;
  /** As written: 1 the first library; 0 itself, −1 the main program, −2 flat, −3 weak. */
  readonly ordinal: number;
  readonly weak: boolean;
  readonly from: 'symbols' | 'bind' | 'chained-fixups';
}

export interface MachOExport {
  readonly name: string;
  /** Address in memory as linked; null for those re-exported from another library. */
  readonly address: number | null;
  readonly from: 'symbols' | 'trie';
}

export interface MachOString {
  readonly value: string;
  /** In bytes from the start of the slice. */
  readonly offset: number;
  readonly section: string;
}

export interface ObjcMethod {
  readonly selector: string;
  readonly types: string;
  readonly kind: 'instance' | 'class';
  /** Address of its code as linked; null for a protocol's. */
  readonly implementation: number | null;
}

export interface ObjcClass {
  readonly name: string;
  /** Null for root classes and where it cannot be told. */
  readonly superclass: string | null;
  readonly methods: readonly ObjcMethod[];
  readonly protocols: readonly string[];
  /** Names of instance variables. */
  readonly variables: readonly string[];
  /** Whether the class is Swift's. */
  readonly swift: boolean;
}

export interface ObjcCategory {
  readonly name: string;
  /** Class it extends; null where it cannot be told. */
  readonly target: string | null;
  readonly methods: readonly ObjcMethod[];
}

export interface ObjcProtocol {
  readonly name: string;
  readonly methods: readonly ObjcMethod[];
}

export interface ObjcMetadata {
  readonly classes: readonly ObjcClass[];
  readonly categories: readonly ObjcCategory[];
  readonly protocols: readonly ObjcProtocol[];
  /** Selectors that code sends (`__objc_selrefs`), in order. */
  readonly selectors: readonly string[];
}

export interface SwiftType {
  readonly kind: 'class' | 'struct' | 'enum' | 'protocol' | 'other';
  /** With its module, e.g. `Shop.Cart.Item`. */
  readonly name: string;
  /** Field names from reflection metadata; empty without it. */
  readonly fields: readonly string[];
}

/**
 * What lies in a part of the file that is encrypted is never told from what is not there: `readable` says which.
 * `partly`: some of what was wanted lies in an encrypted range and is missing.
 */
export interface Readable<T> {
  readonly readable: 'yes' | 'partly' | 'no';
  readonly value: T;
}

export interface MachOHardening {
  /** Loaded at a random address: MH_PIE, and always for libraries. */
  readonly pie: boolean;
  /** Null where imports cannot tell: none were readable. */
  readonly stackCanary: boolean | null;
  readonly arc: boolean | null;
  /** No symbols of its own but those that are exported. */
  readonly stripped: boolean;
  /** A `__RESTRICT,__restrict` section: dyld ignores environment variables. */
  readonly restricted: boolean;
  /** MH_ALLOW_STACK_EXECUTION. */
  readonly executableStack: boolean;
  /** MH_NO_HEAP_EXECUTION, which only 32-bit Intel obeys: elsewhere the heap is never executable. */
  readonly noHeapExecution: boolean;
  /** Segments both writable and executable. */
  readonly writableCode: readonly string[];
}

export interface MachOSlice {
  /** In bytes from the start of the file. */
  readonly offset: number;
  readonly size: number;
  /** The slice alone; a view, no copy. */
  readonly bytes: Uint8Array;
  readonly bits: 32 | 64;
  readonly bigEndian: boolean;
  readonly cpuType: number;
  readonly cpuSubtype: number;
  /** E.g. `arm64`, `arm64e`, `armv7`, `x86_64`, or both numbers. */
  readonly architecture: string;
  readonly type: MachOFileType;
  /** `MH_…` flags. */
  readonly flags: number;
  readonly loadCommands: readonly { readonly command: number; readonly offset: number; readonly size: number }[];
  readonly segments: readonly MachOSegment[];
  /** In load order: ordinals of imports count them from 1. */
  readonly libraries: readonly MachOLibrary[];
  /** Of a library: how it wants to be named. */
  readonly installName: string | null;
  readonly runPaths: readonly string[];
  /** Lower-case hex with dashes. */
  readonly uuid: string | null;
  readonly builds: readonly MachOBuild[];
  readonly sourceVersion: string | null;
  /** In bytes from the start of the slice. */
  readonly entryPoint: number | null;
  /** `id` is 1 too where it says 0 of bytes that are as dense as encrypted ones. */
  readonly encryption: MachOEncryption | null;
  /** Whether code is encrypted (FairPlay): nothing may then be said about what it does. */
  readonly codeUnreadable: boolean;
  /** Where the code signature is, in bytes from the start of the slice; null without one. */
  readonly codeSignature: { readonly offset: number; readonly size: number } | null;
  readonly linkerOptions: readonly (readonly string[])[];
  readonly imports: readonly MachOImport[];
  readonly exports: readonly MachOExport[];
  readonly hardening: MachOHardening;
  /** Addresses where functions begin, as linked, at most `limit` (default 1,000,000). */
  functionStarts(limit?: number): readonly number[];
  /** Texts of C string sections, at most `limit` (default 1,000,000). Read when asked for. */
  strings(limit?: number): Readable<readonly MachOString[]>;
  objc(): Readable<ObjcMetadata>;
  swift(): Readable<readonly SwiftType[]>;
}
