import type {
  CallSite,
  CodeIndex,
  CodeSite,
  FieldQuery,
  FieldSite,
  MethodQuery,
  StringSite,
  TypeSite,
} from '@vedette/program';

/**
 * One instruction of a method: `call a.b.C.d(I)V`, `string text`, `get a.b.C.f:I` and `put a.b.C.f:I` of static fields,
 * `new a.b.C`, or the mnemonic of anything else, e.g. `return-void`.
 */
export type FakeInstruction = string;

export interface FakeClass {
  readonly name: string;
  readonly extends?: string;
  readonly implements?: readonly string[];
  /** Name with descriptor → instructions. */
  readonly methods: Readonly<Record<string, readonly FakeInstruction[]>>;
  /** Types the class refers to besides those it calls. */
  readonly refers?: readonly string[];
  readonly file?: string;
}

/** Cross references over classes written by hand. Offsets are three code units per instruction, the size of an invoke. */
export function fakeCode(classes: readonly FakeClass[]): CodeIndex {
  const calls: CallSite[] = [];
  const strings: StringSite[] = [];
  const fields: FieldSite[] = [];
  const made: TypeSite[] = [];
  for (const type of classes) {
    for (const [method, instructions] of Object.entries(type.methods)) {
      for (const [index, instruction] of instructions.entries()) {
        const site = siteOf(type, method, index);
        if (instruction.startsWith('call ')) calls.push({ ...site, target: instruction.slice(5), kind: 'virtual' });
        if (instruction.startsWith('get ')) fields.push({ ...site, target: instruction.slice(4), use: 'static-read' });
        if (instruction.startsWith('put ')) fields.push({ ...site, target: instruction.slice(4), use: 'static-write' });
        if (instruction.startsWith('new ')) made.push({ ...site, target: instruction.slice(4), use: 'new-instance' });
        if (instruction.startsWith('string ')) strings.push({ ...site, value: instruction.slice(7) });
      }
    }
  }
  const files = [...new Set(classes.map((type) => type.file ?? 'classes.dex'))];
  const byName = new Map(classes.map((type) => [type.name, type]));
  const inherits = (type: FakeClass, base: string): boolean => {
    const parents = [...(type.extends === undefined ? [] : [type.extends]), ...(type.implements ?? [])];
    return parents.some((parent) => {
      const defined = byName.get(parent);
      return parent === base || (defined !== undefined && inherits(defined, base));
    });
  };
  return {
    dexFiles: files.map((path) => ({
      path,
      version: '035',
      classes: classes.length,
      methods: 1,
      strings: strings.length,
    })),
    calls: (query, limit = 1_000) => calls.filter((call) => matches(call.target, query)).slice(0, limit),
    callers: (method, limit = 1_000) => calls.filter((call) => matches(call.target, method)).slice(0, limit),
    callees: ({ class: owner, name, descriptor }, limit = 1_000) =>
      calls
        .filter((call) => call.class === owner && call.method === name + descriptor)
        .slice(0, limit)
        .map((call) => ({ ...call, definition: null })),
    argumentsOf: () => null,
    fieldReads: (query, limit = 1_000) =>
      fields.filter(({ target, use }) => use === 'static-read' && isField(target, query)).slice(0, limit),
    fieldWrites: (query, limit = 1_000) =>
      fields.filter(({ target, use }) => use === 'static-write' && isField(target, query)).slice(0, limit),
    instantiations: (name, limit = 1_000) => made.filter(({ target }) => target === name).slice(0, limit),
    classLiterals: () => [],
    typeChecks: () => [],
    stringLoads: (test, limit = 1_000) => strings.filter(({ value }) => test(value)).slice(0, limit),
    strings: () => strings.map(({ file, value }) => ({ file, value })),
    definesClass: (name) => byName.has(name),
    hiddenClasses: () => [],
    classes: () =>
      classes.map((type) => ({
        file: type.file ?? 'classes.dex',
        name: type.name,
        superclass: type.extends ?? 'java.lang.Object',
        interfaces: type.implements ?? [],
      })),
    methods: () =>
      classes.flatMap((type) =>
        Object.entries(type.methods).map(([method, instructions]) => ({
          file: type.file ?? 'classes.dex',
          class: type.name,
          name: method.slice(0, method.indexOf('(')),
          descriptor: method.slice(method.indexOf('(')),
          accessFlags: 1,
          codeUnits: instructions.length * 3,
        })),
      ),
    fields: () =>
      fields.map(({ target }) => {
        const { owner, name, type } = fieldParts(target);
        return { file: 'classes.dex', class: owner, name, type, accessFlags: 9 };
      }),
    overrides: (base, name) =>
      classes
        .filter((type) => inherits(type, base))
        .flatMap((type) =>
          Object.entries(type.methods)
            .filter(([method]) => method.startsWith(`${name}(`))
            .map(([method, instructions]) => ({
              site: siteOf(type, method, 0),
              opcodes: instructions.map(mnemonic),
            })),
        ),
    referencesClass: (name) =>
      calls.some(({ target }) => target.startsWith(`${name}.`)) ||
      classes.some((type) => type.name === name || type.extends === name || (type.refers ?? []).includes(name)),
  };
}

/** `a.b.C.f:I` */
function fieldParts(target: string): { readonly owner: string; readonly name: string; readonly type: string } {
  const colon = target.indexOf(':');
  const dot = target.lastIndexOf('.', colon);
  return { owner: target.slice(0, dot), name: target.slice(dot + 1, colon), type: target.slice(colon + 1) };
}

function isField(target: string, query: FieldQuery): boolean {
  const { owner, name, type } = fieldParts(target);
  return isWanted(query.class, owner) && isWanted(query.name, name) && isWanted(query.type, type);
}

function siteOf(type: FakeClass, method: string, index: number): CodeSite {
  return { file: type.file ?? 'classes.dex', class: type.name, method, codeOffset: index * 3 };
}

const MNEMONICS: ReadonlyMap<string, string> = new Map([
  ['call', 'invoke-virtual'],
  ['string', 'const-string'],
  ['get', 'sget'],
  ['put', 'sput'],
  ['new', 'new-instance'],
]);

function mnemonic(instruction: FakeInstruction): string {
  const [verb = ''] = instruction.split(' ', 1);
  return MNEMONICS.get(verb) ?? instruction;
}

/** `a.b.C.d(I)V` against class, name and descriptor. */
function matches(target: string, query: MethodQuery): boolean {
  const bracket = target.indexOf('(');
  const dot = target.lastIndexOf('.', bracket);
  return (
    isWanted(query.class, target.slice(0, dot)) &&
    isWanted(query.name, target.slice(dot + 1, bracket)) &&
    isWanted(query.descriptor, target.slice(bracket))
  );
}

function isWanted(wanted: string | undefined, actual: string): boolean {
  return wanted === undefined || wanted === actual;
}
