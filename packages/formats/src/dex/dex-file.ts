import type { ClassDefs, MethodTable } from './class-data.ts';
import type { DecodedCode } from './decode-code.ts';
import type { DexHeader } from './dex-header.ts';
import type { DexStrings } from './dex-strings.ts';
import type { MapItem } from './map-list.ts';

/** A prototype; types are indices. */
export interface Proto {
  /** E.g. `VIL`. */
  readonly shorty: string;
  readonly result: number;
  readonly parameters: readonly number[];
}

/** Names are total: an index out of range gives an empty or a marked name, never an exception. */
export interface DexFile {
  /** The whole file; of a container, with all its DEX. */
  readonly bytes: Uint8Array;
  /** The same bytes as 16-bit units. */
  readonly units: Uint16Array;
  readonly header: DexHeader;
  /** `map_list`: which sections the file has, and where. */
  readonly map: readonly MapItem[];
  readonly strings: DexStrings;
  readonly classDefs: ClassDefs;
  /** Methods the file's classes define. */
  readonly methods: MethodTable;
  readonly code: DecodedCode;
  /** Descriptor of a type, e.g. `Lcom/example/Main;`. */
  typeDescriptor(type: number): string;
  /** Java name of a type, e.g. `com.example.Main`, `int[]`. */
  typeName(type: number): string;
  /** A `proto_id`; null when there is none of that index. */
  proto(index: number): Proto | null;
  /** Descriptor of a prototype, e.g. `(ILjava/lang/String;)V`; `()?` when there is none of that index. */
  protoDescriptor(index: number): string;
  /** Class (a type index), name (a string index) and prototype of a `method_id`. */
  methodClass(methodId: number): number;
  methodNameIndex(methodId: number): number;
  methodName(methodId: number): string;
  /** Index of a method's prototype. */
  methodProto(methodId: number): number;
  /** Descriptor of a method's parameters and result, e.g. `(ILjava/lang/String;)V`. */
  methodDescriptor(methodId: number): string;
  fieldClass(fieldId: number): number;
  fieldName(fieldId: number): string;
  fieldType(fieldId: number): number;
  /** Type index of the superclass of a class definition; null for none. */
  superclass(classDef: number): number | null;
  /** Type indices of the interfaces of a class definition. */
  interfaces(classDef: number): readonly number[];
  /** String index of the source file's name of a class definition; null for none. */
  sourceFileIndex(classDef: number): number | null;
  /** Mnemonics of a defined method's instructions in order, at most `limit`. */
  mnemonics(method: number, limit?: number): readonly string[];
}
