import type { CallSite, CodeIndex, CodeSite, FieldSite, StringSite, TypeSite } from '@vedette/program';
import { CliError, EXIT } from '../exit-code.ts';
import { parseMember } from './member-name.ts';
import type { View } from './view.ts';

/** Sites of each kind that are given when the person sets no limit. */
const DEFAULT_LIMIT = 10_000;

interface References {
  readonly calls: readonly CallSite[];
  readonly fieldReads: readonly FieldSite[];
  readonly fieldWrites: readonly FieldSite[];
  readonly instantiations: readonly TypeSite[];
  readonly classLiterals: readonly TypeSite[];
  readonly typeChecks: readonly TypeSite[];
  readonly strings: readonly StringSite[];
}

const NONE: References = {
  calls: [],
  fieldReads: [],
  fieldWrites: [],
  instantiations: [],
  classLiterals: [],
  typeChecks: [],
  strings: [],
};

/** Who uses a method, a field, a class or a string. */
export const xrefs: View = {
  name: 'xrefs',
  argument: 'NAME',
  needs: ['code'],
  show({ image, what, limit }) {
    if (what === null)
      throw new CliError(
        EXIT.usage,
        'inspect xrefs needs a name: a class, class.method, class.field, or a string in quotes',
      );
    const found = find(image.code, what, limit ?? DEFAULT_LIMIT);
    const text = [
      ...section('called', found.calls),
      ...section('read', found.fieldReads),
      ...section('written', found.fieldWrites),
      ...section('made with new', found.instantiations),
      ...section('named as a class', found.classLiterals),
      ...section('checked or cast to', found.typeChecks),
      ...section('string loaded', found.strings),
    ].join('');
    return { data: { query: what, ...found }, text: text || `nothing in the code refers to ${what}\n` };
  },
};

function find(code: CodeIndex, what: string, limit: number): References {
  const quoted = /^(["'])(.*)\1$/s.exec(what)?.[2];
  if (quoted !== undefined) return { ...NONE, strings: code.stringLoads((value) => value.includes(quoted), limit) };
  const name = parseMember(what);
  const found: References = {
    ...NONE,
    calls: code.calls(name.method, limit),
    fieldReads: code.fieldReads(name.field, limit),
    fieldWrites: code.fieldWrites(name.field, limit),
  };
  if (name.whole === null) return found;
  return {
    ...found,
    instantiations: code.instantiations(name.whole, limit),
    classLiterals: code.classLiterals(name.whole, limit),
    typeChecks: code.typeChecks(name.whole, limit),
    // A class as a whole: every call of one of its methods too.
    calls: code.referencesClass(name.whole) ? code.calls({ class: name.whole }, limit) : found.calls,
    fieldReads: code.referencesClass(name.whole) ? code.fieldReads({ class: name.whole }, limit) : found.fieldReads,
    fieldWrites: code.referencesClass(name.whole) ? code.fieldWrites({ class: name.whole }, limit) : found.fieldWrites,
  };
}

function section(title: string, sites: readonly (CallSite | FieldSite | TypeSite | StringSite)[]): string[] {
  if (sites.length === 0) return [];
  const groups = new Map<string, CodeSite[]>();
  for (const site of sites) {
    const target = 'value' in site ? JSON.stringify(site.value) : site.target;
    const group = groups.get(target);
    if (group === undefined) groups.set(target, [site]);
    else group.push(site);
  }
  const lines = [`${title} (${sites.length})\n`];
  for (const [target, group] of groups) {
    lines.push(`  ${target}\n`);
    for (const { file, class: owner, method, codeOffset } of group)
      lines.push(`    ${owner}.${method} +${codeOffset.toString(16)}  ${file}\n`);
  }
  return lines;
}
