import { fieldUseOf, invokeKindOf, type TypeUse, typeUseOf, writesField } from '@vedette/formats';
import type {
  CalleeSite,
  CallSite,
  CodeIndex,
  CodeSite,
  FieldQuery,
  FieldSite,
  StringSite,
  TypeSite,
} from './app-image.ts';
import { findText } from './xref/byte-table.ts';
import { createCallArguments } from './xref/call-arguments.ts';
import { createCodeNames } from './xref/code-names.ts';
import { createMemberFinder } from './xref/find-members.ts';
import { type ForwardReferences, forwardReferences } from './xref/forward-references.ts';
import type { DexUnit } from './xref/link-pools.ts';
import type { LinkedReferences } from './xref/link-references.ts';
import { linkCode } from './xref/linked-code.ts';
import { listClasses, listFields, listHiddenClasses, listMethods } from './xref/list-definitions.ts';
import { methodsReaching } from './xref/methods-reaching.ts';
import { resolveMethod } from './xref/resolve-method.ts';
import { secondOf } from './xref/triple-table.ts';

export type { DexUnit } from './xref/link-pools.ts';

const DEFAULT_LIMIT = 1_000;

/**
 * Cross references over all DEX files of an app as one space of classes. Where several files define a class, the first
 * wins, as on the device: the code of the others is dead and is not reported.
 *
 * Nothing is linked before the first query that needs it. From then on a query costs a few look-ups and what it finds;
 * names are decoded for answers only.
 */
export function createCodeIndex(units: readonly DexUnit[]): CodeIndex {
  const code = linkCode(units);
  const names = createCodeNames(code);
  let finder: ReturnType<typeof createMemberFinder> | undefined;
  const find = (): ReturnType<typeof createMemberFinder> => (finder ??= createMemberFinder(code.pools));
  const argumentsOf = createCallArguments(code);
  let forward: ForwardReferences | undefined;

  /** Sites that refer to any of the targets, as `make` describes them; what it gives null for is left out. */
  const collect = <T>(
    references: LinkedReferences,
    targets: readonly number[],
    limit: number,
    make: (target: number, site: number) => T | null,
  ): T[] => {
    const found: T[] = [];
    for (const target of targets) {
      const end = references.starts[target + 1] ?? 0;
      for (let site = references.starts[target] ?? 0; site < end; site++) {
        if (found.length >= limit) return found;
        const made = make(target, site);
        if (made !== null) found.push(made);
      }
    }
    return found;
  };

  const callSite = (target: number, site: number): CallSite => ({
    ...names.site(code.calls, site),
    target: names.method(target),
    kind: invokeKindOf(code.calls.opcodes[site] ?? 0) ?? 'virtual',
  });
  const callsOf = (targets: readonly number[], limit: number): CallSite[] =>
    collect(code.calls, targets, limit, callSite);

  const fieldSites = (query: FieldQuery, isWrite: boolean, limit: number): FieldSite[] =>
    collect(code.fieldUses, find().fields(query), limit, (target, site) => {
      const opcode = code.fieldUses.opcodes[site] ?? 0;
      const use = fieldUseOf(opcode);
      if (use === null || writesField(opcode) !== isWrite) return null;
      return { ...names.site(code.fieldUses, site), target: names.field(target), use };
    });

  const typeSites = (name: string | null, uses: readonly TypeUse[], limit: number): TypeSite[] =>
    collect(code.typeUses, find().types(name), limit, (type, site) => {
      const use = typeUseOf(code.typeUses.opcodes[site] ?? 0);
      if (use === null || !uses.includes(use)) return null;
      return { ...names.site(code.typeUses, site), target: names.type(type), use };
    });

  const reaching = (query: Parameters<CodeIndex['calls']>[0]): readonly number[] => {
    const type = query.class === undefined ? -1 : find().type(query.class);
    return methodsReaching(code, find(), type, query);
  };

  return {
    linked: code,
    dexFiles: units.map(({ path, dex }) => ({
      path,
      version: dex.header.version,
      classes: dex.classDefs.count,
      methods: dex.header.methods.count,
      strings: dex.strings.count,
    })),

    calls: (query, limit = DEFAULT_LIMIT) =>
      callsOf(query.inherited === true ? reaching(query) : find().methods(query), limit),

    callers: ({ class: owner, name, descriptor }, limit = DEFAULT_LIMIT) =>
      callsOf(reaching({ class: owner, name, descriptor }), limit),

    callees({ class: owner, name, descriptor }, limit = DEFAULT_LIMIT) {
      const method = find().method(find().type(owner), name, descriptor);
      const row = method < 0 ? -1 : code.space.definition(method);
      if (row < 0) return [];
      const { starts, sites, targets } = (forward ??= forwardReferences(code.calls, code.space.rows));
      const found: CalleeSite[] = [];
      for (const site of sites.subarray(starts[row], starts[row + 1])) {
        if (found.length >= limit) break;
        const target = targets[site] ?? 0;
        const resolved = resolveMethod(code, target);
        const definition = resolved?.kind === 'defined' ? names.row(resolved.row) : null;
        found.push({ ...callSite(target, site), definition });
      }
      return found;
    },

    argumentsOf: (site) => argumentsOf(find(), site),
    fieldReads: (query, limit = DEFAULT_LIMIT) => fieldSites(query, false, limit),
    fieldWrites: (query, limit = DEFAULT_LIMIT) => fieldSites(query, true, limit),
    instantiations: (name, limit = DEFAULT_LIMIT) => typeSites(name, ['new-instance'], limit),
    classLiterals: (name, limit = DEFAULT_LIMIT) => typeSites(name, ['const-class'], limit),
    typeChecks: (name, limit = DEFAULT_LIMIT) => typeSites(name, ['check-cast', 'instance-of'], limit),

    stringLoads(matches, limit = DEFAULT_LIMIT) {
      const { literals, stringLoads } = code;
      const found: StringSite[] = [];
      for (let literal = 0; literal < literals.count && found.length < limit; literal++) {
        if (stringLoads.starts[literal] === stringLoads.starts[literal + 1]) continue;
        const value = names.literal(literal);
        if (!matches(value)) continue;
        const sites = collect(stringLoads, [literal], limit - found.length, (_, site) => names.site(stringLoads, site));
        for (const site of sites) found.push({ ...site, value });
      }
      return found;
    },

    *strings() {
      for (const { path, dex } of units) {
        for (let index = 0; index < dex.strings.count; index++) yield { file: path, value: dex.strings.get(index) };
      }
    },

    definesClass: (name) => code.space.unitOf(find().type(name)) >= 0,
    hiddenClasses: () => listHiddenClasses(code),
    classes: () => listClasses(code),
    methods: () => listMethods(code),
    fields: () => listFields(code),

    overrides(base, name) {
      const type = find().type(base);
      const wanted = type < 0 ? -1 : findText(code.pools.names, name);
      if (wanted < 0) return [];
      return code.space.subclasses(type).flatMap((child) => {
        const unit = code.space.unitOf(child);
        const { dex } = units[unit] ?? {};
        const map = code.pools.maps[unit]?.methods;
        const classDef = code.space.classDefOf(child);
        if (dex === undefined || map === undefined) return [];
        const { classStarts, codeOffsets, methodIds } = dex.methods;
        const found: { site: CodeSite; opcodes: readonly string[] }[] = [];
        for (let method = classStarts[classDef] ?? 0; method < (classStarts[classDef + 1] ?? 0); method++) {
          if ((codeOffsets[method] ?? 0) === 0) continue;
          if (secondOf(code.pools.methods, map[methodIds[method] ?? 0] ?? 0) !== wanted) continue;
          const row = (code.space.rowStarts[unit] ?? 0) + method;
          found.push({ site: names.place(row, 0), opcodes: dex.mnemonics(method) });
        }
        return found;
      });
    },

    referencesClass: (name) => find().type(name) > 0,
  };
}
