import type { DexFile } from '@vedette/formats';
import type { CallSite, CodeIndex, CodeSite, MethodQuery, StringSite } from './app-image.ts';
import { createClassHierarchy } from './class-hierarchy.ts';
import { createMethodFinder } from './method-finder.ts';

/** One DEX of the app, in the order in which the platform searches them. */
export interface DexUnit {
  /** Entry path, e.g. `classes2.dex`. */
  readonly path: string;
  readonly dex: DexFile;
}

const DEFAULT_LIMIT = 1_000;

/**
 * Cross references over all DEX files of an app. Where several files define a class, the first wins, as on the device:
 * the code of the others is dead and is not reported.
 *
 * Queries by class or name go through per-file tables that are made on first use; strings are decoded as far as asked.
 */
export function createCodeIndex(units: readonly DexUnit[]): CodeIndex {
  const hierarchy = createClassHierarchy(units);
  const finders = units.map(({ dex }) => createMethodFinder(dex));

  const site = ({ path, dex }: DexUnit, method: number, codeOffset: number): CodeSite => {
    const methodId = dex.methods.methodIds[method] ?? 0;
    return {
      file: path,
      class: dex.typeName(dex.classDefs.types[dex.methods.classes[method] ?? 0] ?? 0),
      method: dex.methodName(methodId) + dex.methodDescriptor(methodId),
      codeOffset,
    };
  };
  const isLive = (unit: number, dex: DexFile, method: number): boolean =>
    hierarchy.isLive(unit, dex.methods.classes[method] ?? 0);

  return {
    dexFiles: units.map(({ path, dex }) => ({
      path,
      version: dex.header.version,
      classes: dex.classDefs.count,
      methods: dex.header.methods.count,
      strings: dex.strings.count,
    })),

    calls(query: MethodQuery, limit = DEFAULT_LIMIT) {
      const found: CallSite[] = [];
      for (const [index, unit] of units.entries()) {
        const { dex } = unit;
        const { starts, methods, offsets } = dex.code.calls;
        for (const target of finders[index]?.find(query) ?? []) {
          const first = starts[target] ?? 0;
          const last = starts[target + 1] ?? 0;
          if (first === last) continue;
          const name = `${dex.typeName(dex.methodClass(target))}.${dex.methodName(target)}${dex.methodDescriptor(target)}`;
          for (let row = first; row < last; row++) {
            if (found.length >= limit) return found;
            const method = methods[row] ?? 0;
            if (isLive(index, dex, method)) found.push({ ...site(unit, method, offsets[row] ?? 0), target: name });
          }
        }
      }
      return found;
    },

    stringLoads(matches, limit = DEFAULT_LIMIT) {
      const found: StringSite[] = [];
      for (const [index, unit] of units.entries()) {
        const { dex } = unit;
        const { starts, methods, offsets } = dex.code.strings;
        for (let string = 0; string < dex.strings.count; string++) {
          const first = starts[string] ?? 0;
          const last = starts[string + 1] ?? 0;
          if (first === last) continue;
          const value = dex.strings.get(string);
          if (!matches(value)) continue;
          for (let row = first; row < last; row++) {
            if (found.length >= limit) return found;
            const method = methods[row] ?? 0;
            if (isLive(index, dex, method)) found.push({ ...site(unit, method, offsets[row] ?? 0), value });
          }
        }
      }
      return found;
    },

    *strings() {
      for (const { path, dex } of units) {
        for (let index = 0; index < dex.strings.count; index++) yield { file: path, value: dex.strings.get(index) };
      }
    },

    *classes() {
      for (const { unit, classDef } of hierarchy.live()) {
        const { path, dex } = units[unit] ?? {};
        if (path === undefined || dex === undefined) continue;
        const superclass = dex.superclass(classDef);
        yield {
          file: path,
          name: dex.typeName(dex.classDefs.types[classDef] ?? 0),
          superclass: superclass === null ? null : dex.typeName(superclass),
          interfaces: dex.interfaces(classDef).map((type) => dex.typeName(type)),
        };
      }
    },

    overrides(base, name) {
      const found: { site: CodeSite; opcodes: readonly string[] }[] = [];
      for (const { unit: index, classDef } of hierarchy.subclasses(base)) {
        const unit = units[index];
        if (unit === undefined) continue;
        const { dex } = unit;
        const end = dex.methods.classStarts[classDef + 1] ?? 0;
        for (let method = dex.methods.classStarts[classDef] ?? 0; method < end; method++) {
          if ((dex.methods.codeOffsets[method] ?? 0) === 0) continue;
          if (dex.methodName(dex.methods.methodIds[method] ?? 0) !== name) continue;
          found.push({ site: site(unit, method, 0), opcodes: dex.mnemonics(method) });
        }
      }
      return found;
    },

    referencesClass: (name) => finders.some((finder) => finder.hasType(name)),
  };
}
