/** What JSON holds once it is read. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

const MAX_DEPTH = 32;

/**
 * Reads a JSON object (RFC 8259) in which no key is there twice: who reads the first and who reads the last would otherwise
 * read two statements.
 * @returns null where it is anything else
 */
export function readJsonObject(text: string): JsonObject | null {
  let value: Json;
  try {
    // What JSON.parse answers is JSON.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- by definition of the function
    value = JSON.parse(text) as Json;
  } catch {
    return null;
  }
  return isObject(value) && !hasRepeatedKey(text) ? value : null;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of an object, its own only. */
export function fieldOf(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Goes once through text that is known to be JSON, with the keys of each open object. */
function hasRepeatedKey(text: string): boolean {
  const open: (Set<string> | null)[] = [];
  let expectsKey = false;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g)) {
    switch (token) {
      case '{':
      case '[':
        open.push(token === '{' ? new Set() : null);
        if (open.length > MAX_DEPTH) return true;
        expectsKey = token === '{';
        break;
      case '}':
      case ']':
        open.pop();
        expectsKey = false;
        break;
      case ',':
        expectsKey = open.at(-1) instanceof Set;
        break;
      case ':':
        expectsKey = false;
        break;
      default: {
        const keys = open.at(-1);
        if (!expectsKey || keys === null || keys === undefined) break;
        const key: unknown = JSON.parse(token);
        if (typeof key !== 'string' || keys.has(key)) return true;
        keys.add(key);
        expectsKey = false;
      }
    }
  }
  return false;
}
