import type { CallSite, CodeIndex, CodeSite, MethodQuery, StringSite } from '@vedette/program';

/**
 * One instruction of a method: `call a.b.C.d(I)V`, `string text`, or the mnemonic of anything else, e.g. `return-void`.
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
  for (const type of classes) {
    for (const [method, instructions] of Object.entries(type.methods)) {
      for (const [index, instruction] of instructions.entries()) {
        const site = siteOf(type, method, index);
        if (instruction.startsWith('call ')) calls.push({ ...site, target: instruction.slice(5) });
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
    stringLoads: (test, limit = 1_000) => strings.filter(({ value }) => test(value)).slice(0, limit),
    strings: () => strings.map(({ file, value }) => ({ file, value })),
    classes: () =>
      classes.map((type) => ({
        file: type.file ?? 'classes.dex',
        name: type.name,
        superclass: type.extends ?? 'java.lang.Object',
        interfaces: type.implements ?? [],
      })),
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

function siteOf(type: FakeClass, method: string, index: number): CodeSite {
  return { file: type.file ?? 'classes.dex', class: type.name, method, codeOffset: index * 3 };
}

function mnemonic(instruction: FakeInstruction): string {
  if (instruction.startsWith('call ')) return 'invoke-virtual';
  return instruction.startsWith('string ') ? 'const-string' : instruction;
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
