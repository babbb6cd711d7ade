import { u16At, u32At } from '@vedette/bytes';
import { type ClassDefs, NO_INDEX, readTypeList } from './class-data.ts';
import type { DexFile } from './dex-file.ts';
import type { DexHeader } from './dex-header.ts';
import type { DexStrings } from './dex-strings.ts';

/** The platform's limits: parameters of a method, and (generously) interfaces of a class. */
const MAX_PARAMETERS = 255;
export const MAX_INTERFACES = 1_024;
/** Longest descriptor of one type that is shown whole. */
const MAX_DESCRIPTOR = 1_024;

export type DexNames = Omit<
  DexFile,
  'bytes' | 'units' | 'header' | 'map' | 'strings' | 'classDefs' | 'methods' | 'code' | 'mnemonics'
>;

/** Look-ups in the id tables of a DEX. Total: what is out of range reads as zero, an empty or a marked name. */
export function createDexNames(
  bytes: Uint8Array,
  header: DexHeader,
  strings: DexStrings,
  classDefs: ClassDefs,
): DexNames {
  const { types, protos, fields, methods, classes } = header;
  const typeDescriptor = (type: number): string => {
    if (type >= types.count) return '';
    const text = strings.get(u32At(bytes, types.offset + type * 4));
    return text.length <= MAX_DESCRIPTOR ? text : `${text.slice(0, MAX_DESCRIPTOR)}…`;
  };
  const typeNames: (string | undefined)[] = [];
  const methodItem = (methodId: number): number =>
    methodId < methods.count ? methods.offset + methodId * 8 : bytes.length;
  const fieldItem = (fieldId: number): number => (fieldId < fields.count ? fields.offset + fieldId * 8 : bytes.length);
  const protoDescriptor = (index: number): string => {
    if (index >= protos.count) return '()?';
    const item = protos.offset + index * 12;
    const parameters = readTypeList(bytes, u32At(bytes, item + 8), MAX_PARAMETERS);
    return `(${parameters.map(typeDescriptor).join('')})${typeDescriptor(u32At(bytes, item + 4))}`;
  };
  const methodProto = (methodId: number): number => u16At(bytes, methodItem(methodId) + 2);

  return {
    typeDescriptor,
    typeName: (type) => (typeNames[type] ??= javaName(typeDescriptor(type))),
    proto(index) {
      if (index >= protos.count) return null;
      const item = protos.offset + index * 12;
      return {
        shorty: strings.get(u32At(bytes, item)),
        result: u32At(bytes, item + 4),
        parameters: readTypeList(bytes, u32At(bytes, item + 8), MAX_PARAMETERS),
      };
    },
    protoDescriptor,
    methodClass: (methodId) => u16At(bytes, methodItem(methodId)),
    methodNameIndex: (methodId) => u32At(bytes, methodItem(methodId) + 4),
    methodName: (methodId) => strings.get(u32At(bytes, methodItem(methodId) + 4)),
    methodProto,
    methodDescriptor: (methodId) => protoDescriptor(methodProto(methodId)),
    fieldClass: (fieldId) => u16At(bytes, fieldItem(fieldId)),
    fieldType: (fieldId) => u16At(bytes, fieldItem(fieldId) + 2),
    fieldName: (fieldId) => strings.get(u32At(bytes, fieldItem(fieldId) + 4)),
    superclass(classDef) {
      const type = classDefs.superclasses[classDef] ?? NO_INDEX;
      return type < types.count ? type : null;
    },
    interfaces: (classDef) => readTypeList(bytes, classDefs.interfaceOffsets[classDef] ?? 0, MAX_INTERFACES),
    sourceFileIndex(classDef) {
      if (classDef >= classes.count) return null;
      const index = u32At(bytes, classes.offset + classDef * 32 + 16);
      return index < strings.count ? index : null;
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
