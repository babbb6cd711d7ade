import type { AssembledCode } from './code-assembly.ts';
import type { Instruction } from './dex-instructions.ts';

export interface MethodSpec {
  readonly name: string;
  readonly descriptor: string;
  /** Of `assemble`, or instructions as they are. Null: abstract or native, without code. Default: `return-void` alone. */
  readonly code?: readonly Instruction[] | AssembledCode | null;
  readonly static?: boolean;
  /** Default public, with `static`, `constructor`, or `abstract` as it follows. */
  readonly accessFlags?: number;
  /** Points to the code of the method of this name in the same class, which stands before. */
  readonly sharesCodeOf?: string;
  /** Fields of the `code_item` as they are, for code that lies about itself. */
  readonly codeHeader?: {
    readonly registers?: number;
    readonly ins?: number;
    readonly outs?: number;
    readonly tries?: number;
    readonly debugOffset?: number;
    readonly units?: number;
  };
}

export interface FieldSpec {
  readonly name: string;
  /** Type descriptor. */
  readonly type: string;
  readonly static?: boolean;
}

export interface ClassSpec {
  /** Java name, e.g. `com.example.Main`. */
  readonly name: string;
  /** Java name; default `java.lang.Object`. */
  readonly superclass?: string;
  readonly interfaces?: readonly string[];
  readonly methods?: readonly MethodSpec[];
  readonly fields?: readonly FieldSpec[];
  /** Points to the members of the class of this name, which stands before. */
  readonly sharesMembersOf?: string;
}

/** An entry of the map list. */
export type MapEntry = readonly [type: number, count: number, offset: number];

/** Where things stand in a DEX that was built, in bytes from the start of the file. */
export interface DexPlaces {
  readonly strings: number;
  readonly types: number;
  readonly protos: number;
  readonly fields: number;
  readonly methods: number;
  readonly classes: number;
  /** `string_data_item` of each string, in the order of the pool. */
  readonly stringData: readonly number[];
  /** `class_data_item` of each class; 0 for none. */
  readonly classData: readonly number[];
  /** `code_item`s, by class and method in the order of the specification; 0 for none. */
  readonly code: readonly (readonly number[])[];
  readonly map: number;
  /** Of `extraData`. */
  readonly extra: number;
}

/** The finished bytes, to be changed before the checksum is made. */
export interface DexPatch {
  readonly bytes: Uint8Array;
  readonly places: DexPlaces;
  u8(offset: number, value: number): void;
  u16(offset: number, value: number): void;
  u32(offset: number, value: number): void;
}

export interface DexTricks {
  /** Default `035`. */
  readonly version?: string;
  /** Strings of the pool that no instruction loads. */
  readonly extraStrings?: readonly string[];
  /** Bytes within the file behind everything else, for `patch` to point to. */
  readonly extraData?: Uint8Array;
  /** Bytes appended behind the file. */
  readonly trailing?: Uint8Array;
  /** The map list as it should be. */
  readonly map?: (entries: readonly MapEntry[]) => readonly MapEntry[];
  readonly patch?: (file: DexPatch) => void;
}
