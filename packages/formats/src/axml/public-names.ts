import { entryNames, frameworkAttributeName } from './framework-attributes.ts';
import { PUBLIC_RESOURCES } from './public-resources.ts';

let byType: ReadonlyMap<number, { readonly type: string; readonly names: ReadonlyMap<number, string> }> | undefined;

/** `string/ok` of a public resource of the framework, by its id (0x01TTEEEE); null for an id that is not public. */
export function publicName(id: number): string | null {
  const attribute = frameworkAttributeName(id);
  if (attribute !== undefined) return `attr/${attribute}`;
  byType ??= new Map(PUBLIC_RESOURCES.map(([type, typeId, text]) => [typeId, { type, names: entryNames(text) }]));
  const type = byType.get(id >>> 16);
  const name = type?.names.get(id & 0xffff);
  return type === undefined || name === undefined ? null : `${type.type}/${name}`;
}
