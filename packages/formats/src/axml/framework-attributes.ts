import { PUBLIC_ATTRIBUTES } from './public-attributes.ts';

export const ANDROID_NAMESPACE = 'http://schemas.android.com/apk/res/android';

const FIRST_ATTRIBUTE = 0x0101_0000;

/** Names by entry: `a b @10 c` is a, b, and c as the 17th. */
export function entryNames(text: string): Map<number, string> {
  const names = new Map<number, string>();
  let entry = 0;
  for (const word of text.split(/\s+/)) {
    if (word === '') continue;
    if (word.startsWith('@')) entry = Number.parseInt(word.slice(1), 16);
    else names.set(entry++, word);
  }
  return names;
}

/**
 * Resource ids of the framework's public attributes by name. The platform finds an attribute by its id; the name in the
 * string pool may be anything.
 */
export const FRAMEWORK_ATTRIBUTES: Readonly<Record<string, number>> = /* #__PURE__ */ attributeIds();

function attributeIds(): Record<string, number> {
  const ids: Record<string, number> = {};
  for (const [entry, name] of entryNames(PUBLIC_ATTRIBUTES)) ids[name] = FIRST_ATTRIBUTE + entry;
  return ids;
}

let names: ReadonlyMap<number, string> | undefined;

/** The framework's name for an attribute id; undefined for an id that is not public. */
export function frameworkAttributeName(resourceId: number): string | undefined {
  names ??= new Map(Object.entries(FRAMEWORK_ATTRIBUTES).map(([name, id]) => [id, name]));
  return names.get(resourceId);
}
