/**
 * DEX files of versions 035 to 041 (source.android.com, "Dalvik executable format"): ids, classes, methods and every
 * instruction's references, in flat typed arrays; strings are decoded when asked for.
 *
 * Deliberately not supported yet: annotations, debug information, try blocks, static values, call sites and method
 * handles, second and later headers of a version 041 container, optimised (`dey`) and compact (`cdex`) DEX.
 */
import { type Budget, createDiagnostics, u16At, u32At } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { type ClassDefs, type MethodTable, NO_INDEX, readClassDefs, readMethods, readTypeList } from './class-data.ts';
import { type DecodedCode, decodeCode } from './decode-code.ts';
import { type DexHeader, readDexHeader } from './dex-header.ts';
import { type DexStrings, readDexStrings } from './dex-strings.ts';
import { opcodeOf, payloadWidth } from './opcodes.ts';

/** Names are total: an index out of range gives an empty or a marked name, never an exception. */
export interface DexFile {
  readonly bytes: Uint8Array;
  readonly header: DexHeader;
  readonly strings: DexStrings;
  readonly classDefs: ClassDefs;
  /** Methods the file's classes define. */
  readonly methods: MethodTable;
  readonly code: DecodedCode;
  /** Descriptor of a type, e.g. `Lcom/example/Main;`. */
  typeDescriptor(type: number): string;
  /** Java name of a type, e.g. `com.example.Main`, `int[]`. */
  typeName(type: number): string;
  /** Class (a type index), name (a string index) and prototype of a `method_id`. */
  methodClass(methodId: number): number;
  methodNameIndex(methodId: number): number;
  methodName(methodId: number): string;
  /** Descriptor of a method's parameters and result, e.g. `(ILjava/lang/String;)V`. */
  methodDescriptor(methodId: number): string;
  fieldClass(fieldId: number): number;
  fieldName(fieldId: number): string;
  fieldType(fieldId: number): number;
  /** Type index of the superclass of a class definition; null for none. */
  superclass(classDef: number): number | null;
  /** Type indices of the interfaces of a class definition. */
  interfaces(classDef: number): readonly number[];
  /** Mnemonics of a defined method's instructions in order, at most `limit`. */
  mnemonics(method: number, limit?: number): readonly string[];
}

/** The platform's limits: parameters of a method, and (generously) interfaces of a class. */
const MAX_PARAMETERS = 255;
const MAX_INTERFACES = 1_024;
/** Longest descriptor of one type that is shown whole. */
const MAX_DESCRIPTOR = 1_024;

/**
 * Reads a DEX. The value is null only when there is no DEX header. Time and memory are linear in the input's size; the
 * bytes are kept (and copied once if they do not begin at an even address).
 */
export function readDex(input: Uint8Array, budget: Budget): Parsed<DexFile | null> {
  const diagnostics = createDiagnostics();
  const header = readDexHeader(input, diagnostics);
  if (header === null) return { value: null, diagnostics: diagnostics.list() };

  // Code units are read through a 16-bit view; all platforms this runs on are little-endian, as the format is.
  const bytes = input.byteOffset % 2 === 0 ? input : new Uint8Array(input);
  const units = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
  const strings = readDexStrings(bytes, header.strings, diagnostics);
  const classDefs = readClassDefs(bytes, header);
  const methods = readMethods(bytes, classDefs, header, budget, diagnostics);
  const code = decodeCode({ bytes, units, header, methods, budget, diagnostics });
  const value: DexFile = {
    bytes,
    header,
    strings,
    classDefs,
    methods,
    code,
    ...names(bytes, header, strings, classDefs, units, code),
  };
  return { value, diagnostics: diagnostics.list() };
}

type Names = Omit<DexFile, 'bytes' | 'header' | 'strings' | 'classDefs' | 'methods' | 'code'>;

function names(
  bytes: Uint8Array,
  header: DexHeader,
  strings: DexStrings,
  classDefs: ClassDefs,
  units: Uint16Array,
  code: DecodedCode,
): Names {
  const { types, protos, fields, methods } = header;
  const typeDescriptor = (type: number): string => {
    if (type >= types.count) return '';
    const text = strings.get(u32At(bytes, types.offset + type * 4));
    return text.length <= MAX_DESCRIPTOR ? text : `${text.slice(0, MAX_DESCRIPTOR)}…`;
  };
  const typeNames: (string | undefined)[] = [];
  const methodItem = (methodId: number): number =>
    methodId < methods.count ? methods.offset + methodId * 8 : bytes.length;
  const fieldItem = (fieldId: number): number => (fieldId < fields.count ? fields.offset + fieldId * 8 : bytes.length);

  return {
    typeDescriptor,
    typeName: (type) => (typeNames[type] ??= javaName(typeDescriptor(type))),
    methodClass: (methodId) => u16At(bytes, methodItem(methodId)),
    methodNameIndex: (methodId) => u32At(bytes, methodItem(methodId) + 4),
    methodName: (methodId) => strings.get(u32At(bytes, methodItem(methodId) + 4)),
    methodDescriptor(methodId) {
      const proto = u16At(bytes, methodItem(methodId) + 2);
      if (proto >= protos.count) return '()?';
      const item = protos.offset + proto * 12;
      const parameters = readTypeList(bytes, u32At(bytes, item + 8), MAX_PARAMETERS);
      return `(${parameters.map(typeDescriptor).join('')})${typeDescriptor(u32At(bytes, item + 4))}`;
    },
    fieldClass: (fieldId) => u16At(bytes, fieldItem(fieldId)),
    fieldType: (fieldId) => u16At(bytes, fieldItem(fieldId) + 2),
    fieldName: (fieldId) => strings.get(u32At(bytes, fieldItem(fieldId) + 4)),
    superclass(classDef) {
      const type = classDefs.superclasses[classDef] ?? NO_INDEX;
      return type < types.count ? type : null;
    },
    interfaces: (classDef) => readTypeList(bytes, classDefs.interfaceOffsets[classDef] ?? 0, MAX_INTERFACES),
    mnemonics(method, limit = 4_096) {
      const start = code.starts[method] ?? 0;
      const end = start + (code.lengths[method] ?? 0);
      const found: string[] = [];
      for (let at = start; at < end && found.length < limit; ) {
        const unit = units[at] ?? 0;
        const payload = unit > 0xff && (unit & 0xff) === 0 ? payloadWidth(units, at) : 0;
        const opcode = payload > 0 ? null : opcodeOf(unit & 0xff);
        if (opcode !== null) found.push(opcode.mnemonic);
        else if (payload === 0) found.push('unused');
        at += payload || opcode?.width || 1;
      }
      return found;
    },
  };
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  V: 'void',
  Z: 'boolean',
  B: 'byte',
  S: 'short',
  C: 'char',
  I: 'int',
  J: 'long',
  F: 'float',
  D: 'double',
};

/** `Lcom/example/Main;` as `com.example.Main`, `[I` as `int[]`. What is no descriptor is given back as it is. */
export function javaName(descriptor: string): string {
  let dimensions = 0;
  while (descriptor[dimensions] === '[') dimensions += 1;
  const element = descriptor.slice(dimensions);
  const isClass = element.startsWith('L') && element.endsWith(';');
  const name = isClass ? element.slice(1, -1).replaceAll('/', '.') : (PRIMITIVES[element] ?? element);
  return name + '[]'.repeat(Math.min(dimensions, 255));
}
