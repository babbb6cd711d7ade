import {
  encodeInstruction,
  type FieldRef,
  type Instruction,
  type InstructionPools,
  type MethodRef,
  splitDescriptor,
} from './dex-instructions.ts';

/** `com.example.Main` or `int[]` as a type descriptor; a descriptor is given back as it is. */
export function descriptorOf(name: string): string {
  if (/^\[*(?:L[^;]*;|[ZBSCIJFDV])$/.test(name)) return name;
  const element = name.replace(/(\[\])+$/, '');
  const dimensions = (name.length - element.length) / 2;
  return `${'['.repeat(dimensions)}${PRIMITIVES[element] ?? `L${element.replaceAll('.', '/')};`}`;
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  void: 'V',
  boolean: 'Z',
  byte: 'B',
  short: 'S',
  char: 'C',
  int: 'I',
  long: 'J',
  float: 'F',
  double: 'D',
};

interface Proto {
  readonly shorty: string;
  readonly result: string;
  readonly parameters: readonly string[];
}

/** Everything a DEX names, sorted as the format demands. */
export interface DexPools extends InstructionPools {
  readonly strings: readonly string[];
  readonly types: readonly string[];
  readonly protos: readonly Proto[];
  readonly fields: readonly FieldRef[];
  readonly methods: readonly MethodRef[];
}

/** What to collect before indices are known. */
export interface PoolCollector {
  string(value: string): void;
  type(className: string): void;
  field(field: FieldRef): void;
  method(method: MethodRef): void;
  proto(descriptor: string): void;
  instruction(instruction: Instruction): void;
  finish(): DexPools;
}

export function createPoolCollector(): PoolCollector {
  const strings = new Set<string>();
  const types = new Set<string>();
  const protos = new Map<string, Proto>();
  const fields = new Map<string, FieldRef>();
  const methods = new Map<string, MethodRef>();

  const addType = (className: string): void => {
    const descriptor = descriptorOf(className);
    types.add(descriptor);
    strings.add(descriptor);
  };
  const addField = (field: FieldRef): void => {
    addType(field.class);
    addType(field.type);
    strings.add(field.name);
    fields.set(fieldKey(field), field);
  };
  const addProto = (descriptor: string): void => {
    const { parameters, result } = splitDescriptor(descriptor);
    const shorty = [result, ...parameters].map((type) => (type.length > 1 ? 'L' : type)).join('');
    for (const type of [...parameters, result]) addType(type);
    strings.add(shorty);
    protos.set(descriptor, { shorty, result, parameters });
  };
  const addMethod = (method: MethodRef): void => {
    addProto(method.descriptor);
    addType(method.class);
    strings.add(method.name);
    methods.set(methodKey(method), method);
  };

  return {
    string: (value) => strings.add(value),
    type: addType,
    field: addField,
    method: addMethod,
    proto: addProto,
    instruction(instruction) {
      // The assembler itself says what it needs; the indices of this first pass are thrown away.
      encodeInstruction(instruction, {
        string: (value) => (strings.add(value), 0),
        type: (name) => (addType(name), 0),
        field: (field) => (addField(field), 0),
        method: (method) => (addMethod(method), 0),
        proto: (descriptor) => (addProto(descriptor), 0),
      });
    },
    finish: () => sortPools({ strings, types, protos, fields, methods }),
  };
}

function fieldKey({ class: className, name, type }: FieldRef): string {
  return `${descriptorOf(className)}->${name}:${descriptorOf(type)}`;
}

function methodKey({ class: className, name, descriptor }: MethodRef): string {
  return `${descriptorOf(className)}->${name}${descriptor}`;
}

interface Collected {
  readonly strings: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
  readonly protos: ReadonlyMap<string, Proto>;
  readonly fields: ReadonlyMap<string, FieldRef>;
  readonly methods: ReadonlyMap<string, MethodRef>;
}

function sortPools(collected: Collected): DexPools {
  const strings = [...collected.strings].sort(byCodeUnits);
  const stringIndex = indexOf(strings);
  const types = [...collected.types].sort(byCodeUnits);
  const typeIndex = indexOf(types);
  const typeOf = (name: string): number => typeIndex(descriptorOf(name));

  const protoKeys = [...collected.protos].sort(([, a], [, b]) =>
    compareAll([typeOf(a.result), ...a.parameters.map(typeOf)], [typeOf(b.result), ...b.parameters.map(typeOf)]),
  );
  const protoIndex = indexOf(protoKeys.map(([descriptor]) => descriptor));
  const fields = [...collected.fields.values()].sort((a, b) =>
    compareAll(
      [typeOf(a.class), stringIndex(a.name), typeOf(a.type)],
      [typeOf(b.class), stringIndex(b.name), typeOf(b.type)],
    ),
  );
  const fieldIndex = indexOf(fields.map(fieldKey));
  const methods = [...collected.methods.values()].sort((a, b) =>
    compareAll(
      [typeOf(a.class), stringIndex(a.name), protoIndex(a.descriptor)],
      [typeOf(b.class), stringIndex(b.name), protoIndex(b.descriptor)],
    ),
  );
  const methodIndex = indexOf(methods.map(methodKey));
  return {
    strings,
    types,
    protos: protoKeys.map(([, proto]) => proto),
    fields,
    methods,
    string: stringIndex,
    type: typeOf,
    proto: protoIndex,
    field: (field) => fieldIndex(fieldKey(field)),
    method: (method) => methodIndex(methodKey(method)),
  };
}

/** The order of the format: by UTF-16 code units, which is JavaScript's own. */
function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareAll(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function indexOf(values: readonly string[]): (value: string) => number {
  const indices = new Map(values.map((value, index) => [value, index]));
  return (value) => {
    const index = indices.get(value);
    if (index === undefined) throw new Error(`"${value}" was not collected`);
    return index;
  };
}
