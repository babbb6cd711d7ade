import type { SecretPattern } from '../../secrets/secret-pattern.ts';

/**
 * A value that is known by the name it is given to, since its own form says nothing: `name = "value"`, `"name": "value"`, `<string name="name">value</string>`, `name=value`.
 * @param keywords what the name contains; up to 30 characters may follow in it
 * @param value the value's form; upper and lower case do not count
 */
export function assigned(keywords: readonly string[], value: RegExp): SecretPattern {
  return {
    keywords,
    rest: new RegExp(String.raw`[\w.-]{0,30}\\?["']?\s{0,3}[=:>]\s{0,3}\\?["']?(?<secret>${value.source})`, 'i'),
    edges: { before: null, after: String.raw`\w+/=.:-` },
  };
}

/** A UUID (RFC 9562) in the usual form. */
export const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
