import { invokeKindOf } from '@vedette/formats';
import type { CallArguments, CodeSite, Constant } from '../app-image.ts';
import { type ConstantArguments, constantArguments } from './constant-arguments.ts';
import type { MemberFinder } from './find-members.ts';
import type { LinkedCode } from './linked-code.ts';
import { splitDescriptor } from './type-names.ts';

/**
 * What a call passes, by parameter. Null where the app has no call. The constants of the method asked for last are kept:
 * rules ask for several calls of one method in a row.
 */
export function createCallArguments(code: LinkedCode): (finder: MemberFinder, site: CodeSite) => CallArguments | null {
  let last: { readonly row: number; readonly constants: ConstantArguments } | undefined;

  return (finder, site) => {
    const bracket = site.method.indexOf('(');
    const { pools, space } = code;
    const method = finder.method(finder.type(site.class), site.method.slice(0, bracket), site.method.slice(bracket));
    const row = method < 0 ? -1 : space.definition(method);
    const unit = row < 0 ? -1 : space.unitOfRow(row);
    const { path, dex } = pools.units[unit] ?? {};
    if (dex === undefined || path !== site.file) return null;
    const index = row - (space.rowStarts[unit] ?? 0);
    if (last?.row !== row) last = { row, constants: constantArguments(dex, index) };
    const words = last.constants.get(site.codeOffset);
    if (words === undefined) return null;

    const at = (dex.code.starts[index] ?? 0) + site.codeOffset;
    const kind = invokeKindOf((dex.units[at] ?? 0) & 0xff);
    // `invoke-custom` names a call site, not a method, and has no receiver.
    const descriptor = kind === null ? null : splitDescriptor(dex.methodDescriptor(dex.units[at + 1] ?? 0));
    if (descriptor === null) return { receiver: null, parameters: words };
    const parameters: (Constant | null)[] = [];
    let word = kind === 'static' ? 0 : 1;
    for (const type of descriptor.parameters) {
      parameters.push(words[word] ?? null);
      word += type === 'J' || type === 'D' ? 2 : 1;
    }
    return { receiver: kind === 'static' ? null : (words[0] ?? null), parameters };
  };
}
